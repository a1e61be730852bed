import Faults
import Infusion
import InfusionWire

/// `POST /v1/patients`
struct RegistrationBody: WireBody {
    let id: PatientID?
    let identity: Identity
    let gender: AdministrativeGender
    let site: SiteID

    init(from reader: inout ObjectReader) throws(FieldProblems) {
        (id, identity, gender, site) = try allRead(
            reading(try reader.optional("id", .id())),
            reading(try reader.required("identity", .object(IdentityBody.self)).identity),
            reading(try reader.required("gender", .oneOf(AdministrativeGender.self))),
            reading(try reader.required("site", .site)))
    }
}

/// `POST /v1/patients/{id}/identity`: the whole of it is restated.
struct IdentityCorrectionBody: WireBody {
    let identity: Identity
    let gender: AdministrativeGender

    init(from reader: inout ObjectReader) throws(FieldProblems) {
        (identity, gender) = try allRead(
            reading(try reader.required("identity", .object(IdentityBody.self)).identity),
            reading(try reader.required("gender", .oneOf(AdministrativeGender.self))))
    }
}

/// `POST /v1/patients/{id}/erase`
struct ErasureBody: WireBody {
    let reason: ErasureReason

    init(from reader: inout ObjectReader) throws(FieldProblems) {
        reason = try reader.required("reason", .oneOf(ErasureReason.self))
    }
}

/// `POST /v1/patients/{id}/merge`
struct MergeBody: WireBody {
    let patient: PatientID

    init(from reader: inout ObjectReader) throws(FieldProblems) {
        patient = try reader.required("patient", .id())
    }
}

/// `POST /v1/patients/{id}/unmerge`
struct UnmergeBody: WireBody {
    let patient: PatientID
    let reason: UnmergeReason

    init(from reader: inout ObjectReader) throws(FieldProblems) {
        (patient, reason) = try allRead(
            reading(try reader.required("patient", .id())),
            reading(try reader.required("reason", .oneOf(UnmergeReason.self))))
    }
}

/// `POST /v1/patients/{id}/attributions`
struct AttributionBody: WireBody {
    let attribution: RecordAttribution

    init(from reader: inout ObjectReader) throws(FieldProblems) {
        let (patient, event, owner) = try allRead(
            reading(try reader.required("patient", Field<PatientID>.id())),
            reading(try reader.required("event", .integer(1...Int(Int32.max)))),
            reading(try reader.required("owner", .oneOf(RecordOwner.self))))
        attribution = RecordAttribution(
            patient: patient, event: EventVersion(Int64(event)), owner: owner)
    }
}

struct IdentityBody: WireBody {
    static let givenNamesMaximum = InfusionLimits.givenNamesPerPatient
    static let identifiersMaximum = InfusionLimits.identifiersPerPatient
    let identity: Identity

    init(from reader: inout ObjectReader) throws(FieldProblems) {
        let (name, birthDate, identifiers) = try allRead(
            reading(try reader.required("name", .object(NameBody.self))),
            reading(try reader.required("birthDate", .date)),
            reading(
                try reader.required(
                    "identifiers",
                    .array(of: .object(IdentifierBody.self), count: 0...Self.identifiersMaximum))))
        identity = Identity(
            name: PersonName(family: name.family, given: name.given), birthDate: birthDate,
            identifiers: identifiers.map(\.identifier))
    }
}

private struct NameBody: WireBody {
    let family: String
    let given: [String]
    init(from reader: inout ObjectReader) throws(FieldProblems) {
        (family, given) = try allRead(
            reading(try reader.required("family", .text(1...InfusionLimits.nameCharacters))),
            reading(
                try reader.required(
                    "given",
                    .array(
                        of: .text(1...InfusionLimits.nameCharacters),
                        count: 0...IdentityBody.givenNamesMaximum))))
    }
}

/// A business identifier; also the body of `POST /v1/patients/search`.
struct IdentifierBody: WireBody {
    let identifier: PatientIdentifier
    init(from reader: inout ObjectReader) throws(FieldProblems) {
        let (system, value) = try allRead(
            reading(try reader.required("system", .name(1...200))),
            reading(
                try reader.required("value", .text(1...InfusionLimits.identifierCharacters))))
        identifier = PatientIdentifier(system: system, value: value)
    }
}

/// `POST /v1/patients/{id}/measurements`
struct MeasurementsBody: WireBody {
    static let members: BodyMembers = ["at": "measuredAt", "measurements": ""]
    let weight: Kilograms?
    let height: Centimeters?
    let measuredAt: Instant

    init(from reader: inout ObjectReader) throws(FieldProblems) {
        (weight, height, measuredAt) = try allRead(
            reading(try reader.optional("weight", .kilograms)),
            reading(try reader.optional("height", .centimeters)),
            reading(try reader.required("measuredAt", .instant)))
        guard weight != nil || height != nil else {
            throw FieldProblems(
                reader.pointer, "has neither weight nor height", accepted: "either or both")
        }
    }
}

/// `POST /v1/patients/{id}/transfusions`
struct TransfusionBody: WireBody {
    static let members: BodyMembers = ["at": "transfusedAt"]
    let id: TransfusionID?
    let units: Int
    let transfusedAt: Instant

    init(from reader: inout ObjectReader) throws(FieldProblems) {
        (id, units, transfusedAt) = try allRead(
            reading(try reader.optional("id", .id())),
            reading(try reader.required("units", .integer(InfusionLimits.transfusionUnits))),
            reading(try reader.required("transfusedAt", .instant)))
    }
}
