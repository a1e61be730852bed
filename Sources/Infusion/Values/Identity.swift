/// Who the patient is. Stored encrypted under a key of the patient's own.
public struct Identity: Hashable, Sendable {
    public let name: PersonName
    public let birthDate: CalendarDate
    public let identifiers: [PatientIdentifier]

    public init(name: PersonName, birthDate: CalendarDate, identifiers: [PatientIdentifier]) {
        self.name = name
        self.birthDate = birthDate
        self.identifiers = identifiers
    }
}

/// A name as FHIR `HumanName` splits it.
public struct PersonName: Hashable, Sendable {
    public let family: String
    public let given: [String]
    public init(family: String, given: [String]) {
        self.family = family
        self.given = given
    }
}

/// A business identifier: a value, unique within the system that assigned it.
public struct PatientIdentifier: Hashable, Sendable {
    /// A URI, as in FHIR `Identifier.system`.
    public let system: String
    public let value: String
    public init(system: String, value: String) {
        self.system = system
        self.value = value
    }
}

/// FHIR `AdministrativeGender`; the haemoglobin ranges that depend on sex read it.
public enum AdministrativeGender: String, Hashable, Sendable, CaseIterable {
    case male, female, other, unknown
}
