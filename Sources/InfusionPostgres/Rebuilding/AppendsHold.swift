import EventStore
import Infusion
import Postgres

/// The tenant's lock in a transaction of a rebuild: as long as it is held, the clinic's appends wait.
///
/// The server watches over it too. A process that is stopped behind the lock, or whose host has vanished,
/// says nothing any more; after ``RebuildLimits/pauseHoldingAppends`` its transaction is ended, its lock is
/// free, and nothing of the transaction has been written.
struct AppendsHold: Sendable {
    private static let clock = ContinuousClock()

    private let since: ContinuousClock.Instant

    /// How long appends have been held.
    var time: Duration { since.duration(to: Self.clock.now) }

    /// Takes the lock for the rest of the transaction, and tells that it has.
    init(
        _ run: RebuildRun, _ findings: RebuildFindings, of head: Position,
        _ connection: isolated PostgresConnection
    ) async throws {
        try await connection.query(
            Statements.holdAppends(
                run.tenant.uuid, RebuildLimits.pauseHoldingAppends.setting,
                RebuildLimits.lockTimeout.setting, RebuildLimits.statementHoldingAppends.setting))
        since = Self.clock.now
        run.tell(.holdingAppends, findings, of: head)
    }
}
