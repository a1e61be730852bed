public import EventStore
internal import Foundation
public import Postgres

/// Checkpoints of one asynchronous projection of one tenant, kept beside its rows: one for each
/// partition of the tenant's streams.
///
/// Several processes share the partitions. Who has one has it under a lease, which ends by itself when
/// the process dies; the database's clock decides, since there is one of it. The lease does not protect
/// the rows, the fencing token does: an owner who was paused, and wakes up late, is refused.
public struct PostgresCheckpoints: Sendable {
    private let pool: PostgresPool
    private let projection: String
    private let tenant: TenantID
    private let partitions: StreamPartitions

    public init(
        pool: PostgresPool, projection: String, tenant: TenantID, partitions: StreamPartitions
    ) {
        self.pool = pool
        self.projection = projection
        self.tenant = tenant
        self.partitions = partitions
    }

    /// Takes more partitions for an owner, up to its share among those who have any.
    ///
    /// - Parameter held: What the owner has already.
    /// - Returns: What it was given.
    public func acquire(
        holding held: [ProjectionCheckpoint] = [], owner: String, lease: Duration
    ) async throws(EventLogError) -> [ProjectionCheckpoint] {
        let rows = try await pool.query(
            Statements.acquirePartitions(
                tenant.uuid, projection, owner, partitions.count, held.map(\.partition),
                lease.wholeMilliseconds), seeing: tenant)
        return try decoded(rows)
    }

    /// Prolongs leases.
    /// - Returns: What is still the owner's, as it stands.
    public func renew(
        _ held: [ProjectionCheckpoint], lease: Duration
    ) async throws(EventLogError) -> [ProjectionCheckpoint] {
        guard !held.isEmpty else { return [] }
        let rows = try await pool.query(
            Statements.renewPartitions(
                tenant.uuid, projection, held.map(\.partition), held.map(\.fencingToken),
                lease.wholeMilliseconds), seeing: tenant)
        return try decoded(rows)
    }

    /// Gives partitions back, for whoever comes next.
    public func release(_ held: [ProjectionCheckpoint]) async throws(EventLogError) {
        _ = try await renew(held, lease: .zero)
    }

    /// Takes a partition away from whoever has it; it is free again at once.
    public func take(
        _ partition: Int16, owner: String
    ) async throws(EventLogError) -> ProjectionCheckpoint {
        let rows = try await pool.query(
            Statements.takePartitions(
                tenant.uuid, projection, owner, partitions.count, [partition]), seeing: tenant)
        guard let checkpoint = try decoded(rows).first else {
            throw EventLogError(.storeFailed, "there is no partition \(partition)")
        }
        return checkpoint
    }

    /// Takes all of them away, for the length of a transaction that sees the tenant: nobody writes
    /// until it ends.
    public func takeAll(
        owner: String, _ connection: isolated PostgresConnection
    ) async throws -> [ProjectionCheckpoint] {
        let rows = try await connection.query(
            Statements.takePartitions(
                tenant.uuid, projection, owner, partitions.count, nil as [Int16]?))
        return try decoded(rows)
    }

    /// Moves checkpoints to one position, in a transaction that sees the tenant.
    ///
    /// - Parameter lease: `nil` leaves leases as they are.
    /// - Throws: An error of state `LG004` if one of them is somebody else's.
    public func move(
        _ held: [ProjectionCheckpoint], to position: Position, lease: Duration? = nil,
        _ connection: isolated PostgresConnection
    ) async throws {
        _ = try await connection.query(
            Statements.advancePartitions(
                tenant.uuid, projection, held.map(\.partition), held.map(\.fencingToken),
                held.map(\.reached.position.value), position.value,
                lease?.wholeMilliseconds))
    }

    /// Writes a projection's rows and moves checkpoints, in one transaction that sees the tenant.
    ///
    /// - Throws: `.staleCheckpoint` if somebody else has taken one of them over; then nothing was
    ///   written.
    public func advance(
        _ held: [ProjectionCheckpoint], to reached: TailCheckpoint, lease: Duration? = nil,
        writing rows: @Sendable (isolated PostgresConnection) async throws -> Void
    ) async throws -> [ProjectionCheckpoint] {
        do {
            try await pool.withConnection(for: PoolClaim(of: tenant)) { connection in
                try await connection.transaction { connection in
                    _ = try await connection.query(Statements.seeTenant(tenant.description))
                    try await move(held, to: reached.position, lease: lease, connection)
                    try await rows(connection)
                }
            }
        } catch let error as PostgresError {
            throw EventLogError(error)
        }
        return held.map { $0.advanced(to: reached) }
    }

    private func decoded(_ rows: Rows) throws(EventLogError) -> [ProjectionCheckpoint] {
        var checkpoints: [ProjectionCheckpoint] = []
        do throws(PostgresError) {
            for row in rows {
                let (partition, token, position, epoch) = try row.decode(
                    (Int16, Int64, Int64, Int32?).self)
                checkpoints.append(
                    ProjectionCheckpoint(
                        partition: partition, fencingToken: token,
                        reached: TailCheckpoint(position: Position(position), logEpoch: epoch)))
            }
        } catch {
            throw EventLogError(error)
        }
        return checkpoints.sorted { $0.partition < $1.partition }
    }
}

extension Duration {
    fileprivate var wholeMilliseconds: Int64 {
        components.seconds * 1_000 + components.attoseconds / 1_000_000_000_000_000
    }
}
