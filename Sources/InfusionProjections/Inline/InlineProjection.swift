public import EventStore
public import Infusion

/// The projections by the names their tables, checkpoints and reports carry.
public enum ProjectionName: String, Hashable, Sendable, CaseIterable {
    case patientState = "patient_state"
    case recheckQueue = "recheck_queue"
    case appointments
    case subjectReferences = "subject_references"
    case waitlist
    case doseReport = "dose_report"

    /// Whether it is kept in the append's own transaction.
    public var isInline: Bool {
        switch self {
        case .patientState, .recheckQueue, .appointments, .subjectReferences, .waitlist: true
        case .doseReport: false
        }
    }

    /// Raised when the fold changes what it makes of the same events: the rows are then made again.
    public var foldVersion: Int {
        switch self {
        case .patientState: PatientStateProjection.foldVersion
        case .recheckQueue: RecheckQueueProjection.foldVersion
        case .appointments: AppointmentCalendarProjection.foldVersion
        case .subjectReferences: SubjectReferenceProjection.foldVersion
        case .waitlist: WaitlistProjection.foldVersion
        case .doseReport: DoseReportProjection.foldVersion
        }
    }
}

/// An event of a patient and its place in the patient's stream: all a fold to changes needs.
public struct VersionedEvent: Sendable {
    public let event: PatientEvent
    public let version: EventVersion
    public init(_ event: PatientEvent, version: EventVersion) {
        self.event = event
        self.version = version
    }
}

/// Where a patient's events are in the tenant's log: the position of each version, dense from 1.
///
/// Before an append only versions are known; after it, and in every rebuild, positions too. That is
/// the whole difference between the two, so both run the same folds.
public struct StreamPositions: Hashable, Sendable {
    public private(set) var positions: [Position] = []
    public init(_ positions: [Position] = []) { self.positions = positions }
    public mutating func append(_ position: Position) { positions.append(position) }
    public var version: EventVersion { EventVersion(Int64(positions.count)) }
    /// `nil` for a version the stream does not have.
    public subscript(version: EventVersion) -> Position? {
        guard version.value >= 1, version.value <= positions.count else { return nil }
        return positions[Int(version.value) - 1]
    }
}
