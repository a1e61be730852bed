public import EventStore
public import Infusion

/// What an administrator decided, as the administration stream keeps it.
public enum AdministrationEvent: Hashable, Sendable {
    case eventSkipped(EventSkipped)
    case formularyActivated(KnowledgeActivated)
    case pathwaysActivated(KnowledgeActivated)

    public var type: AdministrationEventType {
        switch self {
        case .eventSkipped: .eventSkipped
        case .formularyActivated: .formularyActivated
        case .pathwaysActivated: .pathwaysActivated
        }
    }
}

/// Every type of event the administration stream can hold, by the name it is stored under for ever.
public enum AdministrationEventType: String, Hashable, Sendable, CaseIterable {
    case eventSkipped = "event-skipped"
    case formularyActivated = "formulary-activated"
    case pathwaysActivated = "pathways-activated"

    /// The stored name.
    public var name: String { rawValue }

    /// The version of the payload that is written today.
    public var payloadVersion: Int16 {
        switch self {
        case .eventSkipped, .formularyActivated, .pathwaysActivated: 1
        }
    }
}

/// An asynchronous projection goes on without an event of a patient. Who decided it is in the
/// envelope, as with every event.
public struct EventSkipped: Hashable, Sendable {
    /// The projection's name. Text, since a log outlives the projections that once read it.
    public let projection: String
    public let patient: PatientID
    /// The event that is left out.
    public let position: Position
    public let reason: SkipReason

    public init(projection: String, patient: PatientID, position: Position, reason: SkipReason) {
        self.projection = projection
        self.patient = patient
        self.position = position
        self.reason = reason
    }
}

/// A file of clinical knowledge came into force for the tenant: what is decided from here on is decided
/// by it. The whole of it is in the event, so that a log explains every decision without another file.
public struct KnowledgeActivated: Hashable, Sendable {
    /// What its decisions carry; see ``RuleSetName``.
    public let version: String
    /// SHA-256 of ``content``, in lower-case hexadecimal.
    public let contentHash: String
    /// The YAML text, byte for byte.
    public let content: String

    public init(version: String, contentHash: String, content: String) {
        self.version = version
        self.contentHash = contentHash
        self.content = content
    }
}

/// Why an event is left out. A code and no text: free text about a patient is sealed under the
/// patient's key, and this must be readable when the patient's stream is not.
public enum SkipReason: String, Hashable, Sendable, CaseIterable {
    /// It should never have been recorded.
    case enteredInError = "entered-in-error"
    /// Its payload is damaged, and no program will read it.
    case damaged
    /// What it says has been recorded again by a later event.
    case restated
    /// The projection does not need what it says.
    case notNeeded = "not-needed"
}
