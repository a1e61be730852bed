import EventStore
import Infusion
import Postgres

/// How long, and with how much to do, a rebuild may hold a tenant's appends.
public struct HoldingLimits: Hashable, Sendable {
    /// Until the commit begins.
    public var time = RebuildLimits.appendsHeld - RebuildLimits.commitWhileHeld
    /// Events of whole histories folded meanwhile.
    public var events = RebuildLimits.eventsHeld
    /// How long the transaction may be silent meanwhile.
    public var pause = RebuildLimits.pauseHoldingAppends

    public init() {}
}

/// For how long a tenant's appends were held, and how many events were folded meanwhile.
struct AppendsHeld: Sendable {
    let time: Duration
    let events: Int

    /// Of both the worst.
    func adding(_ other: AppendsHeld?) -> AppendsHeld {
        guard let other else { return self }
        return AppendsHeld(time: max(time, other.time), events: max(events, other.events))
    }
}

/// The tenant's lock in a transaction of a rebuild: as long as it is held, the clinic's appends wait.
///
/// It is taken behind a savepoint. Whoever finds that there is too much to do, or that it has taken too long,
/// goes back to there: the lock is free, and what the transaction did before is not lost.
///
/// The server watches over it too. A process that is stopped behind the lock, or whose host has vanished,
/// says nothing any more; after ``RebuildLimits/pauseHoldingAppends`` its transaction is ended, its lock is
/// free, and nothing of the transaction has been written.
struct AppendsHold: Sendable {
    private static let clock = ContinuousClock()

    private let since: ContinuousClock.Instant
    private let limits: HoldingLimits
    /// What it was when the lock was taken before, and let go.
    private let before: AppendsHeld?
    /// Events of whole histories folded since.
    private(set) var events = 0

    /// How long appends have been held at a time, and what for: now or before, whichever was worse.
    var held: AppendsHeld { AppendsHeld(time: time, events: events).adding(before) }

    /// Whether it may be kept until the commit.
    var isShort: Bool { time <= limits.time }

    private var time: Duration { since.duration(to: Self.clock.now) }

    /// Takes the lock for the rest of the transaction, and tells that it has.
    /// - Parameter before: What came of it when it was let go.
    init(
        _ run: RebuildRun, _ findings: RebuildFindings, of head: Position,
        after before: AppendsHeld?,
        _ connection: isolated PostgresConnection
    ) async throws {
        limits = run.rebuilder.holding
        self.before = before
        try await connection.query(Statements.setSavepoint())
        try await connection.query(
            Statements.holdAppends(
                run.tenant.uuid, limits.pause.setting,
                RebuildLimits.lockTimeout.setting, RebuildLimits.statementHoldingAppends.setting))
        since = Self.clock.now
        run.tell(.holdingAppends, findings, of: head)
    }

    /// Whether there is time to fold these; then they count.
    mutating func hasRoom(for changed: [ChangedPatient]) -> Bool {
        guard changed.events <= limits.events else { return false }
        events = changed.events
        return true
    }

    /// Lets appends go on; the transaction is as it was before.
    /// - Returns: For how long they were held all the same.
    func letGo(_ connection: isolated PostgresConnection) async throws -> AppendsHeld {
        try await connection.query(Statements.undoToSavepoint())
        return held
    }
}
