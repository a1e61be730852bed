public import EventStore
public import Infusion
public import InfusionProjections

/// What a check or a rebuild found, projection by projection.
public struct RebuildReport: Hashable, Sendable {
    public let tenant: TenantID
    /// The head of the log when it began; every patient was compared at that point or later.
    public let position: Position
    public let patients: Int
    public let events: Int
    /// In the order of ``ProjectionName``.
    public let projections: [ProjectionComparison]
    /// Patients whose history cannot be read; their live rows were neither compared nor changed.
    public let parked: [ParkedStream]
    /// As of which position, at the least, the rebuilt rows became the live ones; `nil` where they did not.
    public let switchedAt: Position?
    /// Of the patients, those that a rebuild which was stopped had done already.
    public let resumedPatients: Int
    /// How long the tenant's appends were held while the rows were switched, measured; `nil` if they
    /// were not.
    public let appendsHeld: Duration?
    /// Events of whole histories that were folded meanwhile, each time at most.
    public let eventsHeld: Int

    /// Whether the rebuilt rows are the live ones now.
    public var isSwapped: Bool { switchedAt != nil }

    /// Whether every row is what the log says it should be, and every patient could be read.
    public var isClean: Bool { parked.isEmpty && projections.allSatisfy(\.isEqual) }
}

/// Live rows against rebuilt ones, in canonical encoding and key order.
public struct ProjectionComparison: Hashable, Sendable {
    public let projection: ProjectionName
    public let liveRows: Int
    public let rebuiltRows: Int
    /// SHA-256 over the canonical lines, hexadecimal.
    public let liveDigest: String
    public let rebuiltDigest: String
    /// How many rows differ, are missing or should not be there.
    public let differingRows: Int
    /// The first of them, at most ``RebuildLimits/namedDifferences``.
    public let differences: [RowDifference]

    public var isEqual: Bool { liveDigest == rebuiltDigest }
}

/// A row that differs, by its key, which names a patient and no content.
public struct RowDifference: Hashable, Sendable, CustomStringConvertible {
    public enum Kind: String, Hashable, Sendable {
        /// The log says there is such a row.
        case missing
        /// The log knows of no such row.
        case surplus
        case different
    }

    public let key: String
    public let kind: Kind

    public var description: String {
        switch kind {
        case .missing: "row \(key) is missing"
        case .surplus: "row \(key) should not be there"
        case .different: "row \(key) differs"
        }
    }
}

/// A patient whose history a projection cannot read, from one event on, or whose rows cannot be written.
public struct ParkedStream: Hashable, Sendable {
    public let patient: PatientID
    public let position: Position
    public let reason: ParkingReason
    /// Names the event's type and what is wrong with it; never its content.
    public let message: String
}

/// A stable code of why a stream is parked.
public enum ParkingReason: String, Hashable, Sendable, CaseIterable {
    /// A type, or a version of one, that this program does not know.
    case unknownType = "unknown-type"
    /// A payload that is not what its type promises.
    case undecodable
    /// A history that does not begin with a registration.
    case notRegistered = "not-registered"
    /// A history that can be read, of which the store refuses what it adds to the report.
    case refused
}

/// How far a check or a rebuild has come.
public struct RebuildProgress: Hashable, Sendable {
    public enum Phase: Hashable, Sendable, CaseIterable {
        /// Patient by patient: read, folded, compared and, in a rebuild, staged.
        case reading
        /// Staged patients are brought up to what was appended meanwhile.
        case catchingUp
        /// The rebuilt rows take the place of the live ones.
        case switching
        /// Told from behind the tenant's lock, in the transaction that switches: appends wait.
        case holdingAppends
        /// Rows that nobody reads any more are removed.
        case discarding
    }

    public let phase: Phase
    public let patients: Int
    public let events: Int
    /// Events there were when it began.
    public let total: Int
}
