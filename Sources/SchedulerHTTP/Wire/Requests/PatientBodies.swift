import Infusion

/// `POST /v1/patients`
struct RegistrationBody: WireBody {
    let id: PatientID?
    let identity: Identity
    let gender: AdministrativeGender
    let site: SiteID

    init(from reader: inout ObjectReader) throws(FieldProblems) {
        id = try reader.optional("id", .id())
        identity = try reader.required("identity", .object(IdentityBody.self)).identity
        gender = try reader.required("gender", .oneOf(AdministrativeGender.self))
        site = try reader.required("site", .site)
    }
}

/// `POST /v1/patients/{id}/identity`: the whole of it is restated.
struct IdentityCorrectionBody: WireBody {
    let identity: Identity
    let gender: AdministrativeGender

    init(from reader: inout ObjectReader) throws(FieldProblems) {
        identity = try reader.required("identity", .object(IdentityBody.self)).identity
        gender = try reader.required("gender", .oneOf(AdministrativeGender.self))
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
        patient = try reader.required("patient", .id())
        reason = try reader.required("reason", .oneOf(UnmergeReason.self))
    }
}

/// `POST /v1/patients/{id}/attributions`
struct AttributionBody: WireBody {
    let attribution: RecordAttribution

    init(from reader: inout ObjectReader) throws(FieldProblems) {
        attribution = RecordAttribution(
            patient: try reader.required("patient", .id()),
            event: EventVersion(
                Int64(try reader.required("event", .integer(1...Int(Int32.max))))),
            owner: try reader.required("owner", .oneOf(RecordOwner.self)))
    }
}

struct IdentityBody: WireBody {
    static let givenNamesMaximum = InfusionLimits.givenNamesPerPatient
    static let identifiersMaximum = InfusionLimits.identifiersPerPatient
    let identity: Identity

    init(from reader: inout ObjectReader) throws(FieldProblems) {
        let name = try reader.required("name", .object(NameBody.self))
        let birthDate = try reader.required("birthDate", .date)
        let identifiers = try reader.required(
            "identifiers",
            .array(of: .object(IdentifierBody.self), count: 0...Self.identifiersMaximum))
        identity = Identity(
            name: PersonName(family: name.family, given: name.given), birthDate: birthDate,
            identifiers: identifiers.map(\.identifier))
    }
}

private struct NameBody: WireBody {
    let family: String
    let given: [String]
    init(from reader: inout ObjectReader) throws(FieldProblems) {
        family = try reader.required("family", .text(1...InfusionLimits.nameCharacters))
        given = try reader.required(
            "given",
            .array(
                of: .text(1...InfusionLimits.nameCharacters),
                count: 0...IdentityBody.givenNamesMaximum))
    }
}

/// A business identifier; also the body of `POST /v1/patients/search`.
struct IdentifierBody: WireBody {
    let identifier: PatientIdentifier
    init(from reader: inout ObjectReader) throws(FieldProblems) {
        identifier = PatientIdentifier(
            system: try reader.required("system", .name(1...200)),
            value: try reader.required("value", .text(1...InfusionLimits.identifierCharacters)))
    }
}

/// `POST /v1/patients/{id}/measurements`
struct MeasurementsBody: WireBody {
    static let members: BodyMembers = ["at": "measuredAt", "measurements": ""]
    let weight: Kilograms?
    let height: Centimeters?
    let measuredAt: Instant

    init(from reader: inout ObjectReader) throws(FieldProblems) {
        weight = try reader.optional("weight", .kilograms)
        height = try reader.optional("height", .centimeters)
        measuredAt = try reader.required("measuredAt", .instant)
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
        id = try reader.optional("id", .id())
        units = try reader.required("units", .integer(InfusionLimits.transfusionUnits))
        transfusedAt = try reader.required("transfusedAt", .instant)
    }
}
