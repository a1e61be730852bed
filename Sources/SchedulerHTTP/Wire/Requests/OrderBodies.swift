import Infusion

/// `POST /v1/patients/{id}/orders`: a signed prescription.
struct OrderBody: WireBody {
    static let members: BodyMembers = ["hemoglobin": "", "weight": ""]
    static let dosesMaximum = InfusionLimits.prescribedDosesPerOrder
    let id: OrderID?
    let product: ProductKey
    let dosingRow: DosingRowID
    let indication: ClinicalContext
    let prescribed: [Milligrams]
    let method: NeedMethod
    let targetHemoglobin: GramsPerDeciliter?
    let stores: Milligrams?
    let signature: Signature

    init(from reader: inout ObjectReader) throws(FieldProblems) {
        id = try reader.optional("id", .id())
        product = ProductKey(try reader.required("product", .name(1...64)))
        dosingRow = DosingRowID(try reader.required("dosingRow", .name(1...64)))
        indication = try reader.required("indication", .oneOf(ClinicalContext.self))
        prescribed = try reader.required(
            "prescribed", .array(of: .milligrams, count: 1...Self.dosesMaximum))
        method = try reader.required("method", .oneOf(NeedMethod.self))
        targetHemoglobin = try reader.optional("targetHemoglobin", .gramsPerDeciliter)
        stores = try reader.optional("stores", .milligrams)
        signature = try reader.required("signature", .object(SignatureBody.self)).signature
    }

    func command(id: OrderID) -> PatientCommand {
        .orderInfusion(
            OrderInfusion(
                id: id, product: product, dosingRow: dosingRow, indication: indication,
                prescribed: prescribed, method: method, targetHemoglobin: targetHemoglobin,
                stores: stores, signature: signature))
    }
}

/// `POST /v1/patients/{id}/transfusion-orders`: red cells, signed.
struct TransfusionOrderBody: WireBody {
    let id: OrderID?
    let units: Int
    let indication: ClinicalContext
    let signature: Signature

    init(from reader: inout ObjectReader) throws(FieldProblems) {
        id = try reader.optional("id", .id())
        units = try reader.required("units", .integer(InfusionLimits.transfusionUnits))
        indication = try reader.required("indication", .oneOf(ClinicalContext.self))
        signature = try reader.required("signature", .object(SignatureBody.self)).signature
    }

    func command(id: OrderID) -> PatientCommand {
        .orderTransfusion(
            OrderTransfusion(id: id, units: units, indication: indication, signature: signature))
    }
}

private struct SignatureBody: WireBody {
    let signature: Signature
    init(from reader: inout ObjectReader) throws(FieldProblems) {
        signature = Signature(
            prescriber: try reader.required(
                "prescriber", .text(1...InfusionLimits.signerCharacters)),
            signedAt: try reader.required("signedAt", .instant))
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

/// `POST /v1/overrides`: one gate, one order, for a limited time. The role is the token's.
struct OverrideBody: WireBody {
    let id: OverrideID?
    let gate: Gate
    let order: OrderID
    let reason: OverrideReason
    let justification: String
    let coSigner: String?
    let expiresAt: Instant

    init(from reader: inout ObjectReader) throws(FieldProblems) {
        id = try reader.optional("id", .id())
        gate = try reader.required("gate", .oneOf(Gate.self))
        order = try reader.required("order", .id())
        reason = try reader.required("reason", .oneOf(OverrideReason.self))
        justification = try reader.required(
            "justification", .text(InfusionLimits.justificationCharacters))
        coSigner = try reader.optional("coSigner", .text(1...InfusionLimits.signerCharacters))
        expiresAt = try reader.required("expiresAt", .instant)
    }

    func command(id: OverrideID, role: ClinicalRole) -> PatientCommand {
        .overrideGate(
            OverrideGate(
                id: id, gate: gate, order: order, reason: reason, justification: justification,
                role: role, coSigner: coSigner, expiresAt: expiresAt))
    }
}

/// `POST /v1/queues/recheck/{id}/close`
struct RecheckCloseBody: WireBody {
    let reason: RecheckCloseReason
    init(from reader: inout ObjectReader) throws(FieldProblems) {
        reason = try reader.required("reason", .oneOf(RecheckCloseReason.self))
    }
}
