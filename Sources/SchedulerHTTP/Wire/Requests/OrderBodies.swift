import Faults
import Infusion
import InfusionWire

/// `POST /v1/patients/{id}/orders`: a signed prescription.
struct OrderBody: WireBody {
    static let members: BodyMembers = ["height": "", "hemoglobin": "", "weight": ""]
    static let dosesMaximum = InfusionLimits.prescribedDosesPerOrder
    let id: OrderID?
    let product: ProductKey
    let dosingRow: DosingRowID
    let indication: ClinicalContext
    let prescribed: [Milligrams]
    let method: NeedMethod
    let targetHemoglobin: GramsPerDeciliter?
    let stores: Milligrams?
    let bloodLoss: BloodLoss?
    let whyIntravenous: IntravenousReason?
    let signature: Signature

    init(from reader: inout ObjectReader) throws(FieldProblems) {
        (
            id, product, dosingRow, indication, prescribed, method, targetHemoglobin, stores,
            bloodLoss, whyIntravenous, signature
        ) = try allRead(
            reading(try reader.optional("id", .id())),
            reading(ProductKey(try reader.required("product", .name(1...64)))),
            reading(DosingRowID(try reader.required("dosingRow", .name(1...64)))),
            reading(try reader.required("indication", .oneOf(ClinicalContext.self))),
            reading(
                try reader.required(
                    "prescribed", .array(of: .milligrams, count: 1...Self.dosesMaximum))),
            reading(try reader.required("method", .oneOf(NeedMethod.self))),
            reading(try reader.optional("targetHemoglobin", .gramsPerDeciliter)),
            reading(try reader.optional("stores", .milligramsOrNone)),
            reading(try reader.optional("bloodLoss", .object(BloodLossBody.self))?.loss),
            reading(try reader.optional("whyIntravenous", .oneOf(IntravenousReason.self))),
            reading(try reader.required("signature", .object(SignatureBody.self)).signature))
    }

    func command(id: OrderID) -> PatientCommand {
        .orderInfusion(
            OrderInfusion(
                id: id, product: product, dosingRow: dosingRow, indication: indication,
                prescribed: prescribed, method: method, targetHemoglobin: targetHemoglobin,
                stores: stores, bloodLoss: bloodLoss, whyIntravenous: whyIntravenous,
                signature: signature))
    }
}

/// Units, or a volume with its haematocrit.
private struct BloodLossBody: WireBody {
    let loss: BloodLoss

    init(from reader: inout ObjectReader) throws(FieldProblems) {
        let (units, volume, hematocrit) = try allRead(
            reading(try reader.optional("units", .decimal)),
            reading(try reader.optional("volume", .milliliters)),
            reading(try reader.optional("hematocrit", .percent)))
        switch (units, volume, hematocrit) {
        case (let units?, nil, nil): loss = .units(units)
        case (nil, let volume?, let hematocrit?): loss = .volume(volume, hematocrit: hematocrit)
        case (nil, _, _), (.some, _, _):
            throw FieldProblems(
                reader.pointer, "is neither", accepted: "units, or a volume and its hematocrit")
        }
    }
}

/// `POST /v1/patients/{id}/transfusion-orders`: red cells, signed.
struct TransfusionOrderBody: WireBody {
    let id: OrderID?
    let units: Int
    let indication: ClinicalContext
    let signature: Signature

    init(from reader: inout ObjectReader) throws(FieldProblems) {
        (id, units, indication, signature) = try allRead(
            reading(try reader.optional("id", .id())),
            reading(try reader.required("units", .integer(InfusionLimits.transfusionUnits))),
            reading(try reader.required("indication", .oneOf(ClinicalContext.self))),
            reading(try reader.required("signature", .object(SignatureBody.self)).signature))
    }

    func command(id: OrderID) -> PatientCommand {
        .orderTransfusion(
            OrderTransfusion(id: id, units: units, indication: indication, signature: signature))
    }
}

private struct SignatureBody: WireBody {
    let signature: Signature
    init(from reader: inout ObjectReader) throws(FieldProblems) {
        let (prescriber, signedAt) = try allRead(
            reading(
                try reader.required("prescriber", .text(1...InfusionLimits.signerCharacters))),
            reading(try reader.required("signedAt", .instant)))
        signature = Signature(prescriber: prescriber, signedAt: signedAt)
    }
}

/// `POST /v1/orders/{id}/hold`
struct HoldBody: WireBody {
    let reason: HoldReason
    init(from reader: inout ObjectReader) throws(FieldProblems) {
        reason = try reader.required("reason", .oneOf(HoldReason.self))
    }
}

/// `POST /v1/orders/{id}/cancel` and `POST /v1/appointments/{id}/cancel`
struct CancellationBody: WireBody {
    let reason: CancellationReason
    init(from reader: inout ObjectReader) throws(FieldProblems) {
        reason = try reader.required("reason", .oneOf(CancellationReason.self))
    }
}

/// A command that says everything by its path: the body is `{}` or empty.
struct EmptyBody: WireBody {
    init(from reader: inout ObjectReader) throws(FieldProblems) {}
}

/// `POST /v1/overrides`: one gate, one order, for a limited time. The role is the token's, and the second
/// signature the subject of the second person's token.
struct OverrideBody: WireBody {
    static let members: BodyMembers = ["coSigner": ""]
    let id: OverrideID?
    let gate: Gate
    let order: OrderID
    let reason: OverrideReason
    let justification: String
    let expiresAt: Instant
    let patientRisk: PatientRisk?
    let evidenceRef: String?
    let at: Instant?
    let dose: Milligrams?

    init(from reader: inout ObjectReader) throws(FieldProblems) {
        (
            id, gate, order, reason, justification, expiresAt, patientRisk, evidenceRef, at, dose,
            _
        ) = try allRead(
            reading(try reader.optional("id", .id())),
            reading(try reader.required("gate", .oneOf(Gate.self))),
            reading(try reader.required("order", .id())),
            reading(try reader.required("reason", .oneOf(OverrideReason.self))),
            reading(
                try reader.required("justification", .text(InfusionLimits.justificationCharacters))),
            reading(try reader.required("expiresAt", .instant)),
            reading(try reader.optional("patientRisk", .oneOf(PatientRisk.self))),
            reading(
                try reader.optional("evidenceRef", .text(InfusionLimits.evidenceRefCharacters))),
            reading(try reader.optional("at", .instant)),
            reading(try reader.optional("dose", .milligrams)),
            reading(
                try reader.misplaced(
                    "coSigner",
                    accepted: "the header Ferrovia-Co-Signer: Bearer <token of the second person>"))
        )
    }

    func command(id: OverrideID, role: ClinicalRole, coSigner: String?) -> PatientCommand {
        .overrideGate(
            OverrideGate(
                id: id, gate: gate, order: order, reason: reason, justification: justification,
                role: role, coSigner: coSigner, expiresAt: expiresAt, patientRisk: patientRisk,
                evidenceRef: evidenceRef, at: at, dose: dose))
    }
}

/// `POST /v1/queues/recheck/{id}/close`
struct RecheckCloseBody: WireBody {
    let reason: RecheckCloseReason
    init(from reader: inout ObjectReader) throws(FieldProblems) {
        reason = try reader.required("reason", .oneOf(RecheckCloseReason.self))
    }
}
