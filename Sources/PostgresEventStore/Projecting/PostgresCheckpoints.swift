public import EventStore
internal import Foundation
public import Postgres

/// Checkpoints of asynchronous projections, kept beside their rows.
public struct PostgresCheckpoints: Sendable {
    private let pool: PostgresPool

    public init(pool: PostgresPool) {
        self.pool = pool
    }

    /// Takes the projection over from whoever had it.
    ///
    /// - Throws: `.checkpointBeyondHead` or `.logDiverged` come from the ``EventTail`` that is begun
    ///   from here, not from this call.
    public func acquire(
        _ projection: String, tenant: TenantID, owner: String
    ) async throws(EventLogError) -> ProjectionCheckpoint {
        let rows = try await pool.query(
            Statements.acquireCheckpoint(tenant.uuid, projection, owner), seeing: tenant)
        do throws(PostgresError) {
            let (token, position, epoch) = try rows[0].decode((Int64, Int64, Int32?).self)
            return ProjectionCheckpoint(
                tenant: tenant, projection: projection, fencingToken: token,
                reached: TailCheckpoint(position: Position(position), logEpoch: epoch))
        } catch {
            throw EventLogError(error)
        }
    }

    /// Writes a projection's rows and moves its checkpoint, in one transaction that sees the tenant.
    ///
    /// - Throws: `.staleCheckpoint` if somebody else has taken over; then nothing was written.
    public func advance(
        _ checkpoint: ProjectionCheckpoint, to reached: TailCheckpoint,
        writing rows: @Sendable (isolated PostgresConnection) async throws -> Void
    ) async throws -> ProjectionCheckpoint {
        do {
            try await pool.withConnection { connection in
                try await connection.transaction { connection in
                    _ = try await connection.query(
                        Statements.seeTenant(checkpoint.tenant.description))
                    _ = try await connection.query(
                        Statements.advanceCheckpoint(
                            checkpoint.tenant.uuid, checkpoint.projection,
                            checkpoint.fencingToken, checkpoint.reached.position.value,
                            reached.position.value))
                    try await rows(connection)
                }
            }
        } catch let error as PostgresError {
            throw EventLogError(error)
        }
        return checkpoint.advanced(to: reached)
    }
}
