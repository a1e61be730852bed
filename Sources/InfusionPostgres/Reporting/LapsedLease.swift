public import EventStore
public import InfusionProjections
public import Postgres

/// Partitions of a projection whose owner has not prolonged its lease in time, and which nobody has taken
/// over yet: it died, hangs, or does not reach the database. One that stops gives its partitions back, and
/// leaves none of these.
public struct LapsedLease: Hashable, Sendable {
    public let projection: ProjectionName
    /// Host and process.
    public let owner: String
    /// In ascending order.
    public let partitions: [Int64]
    /// When the last of the leases ran out.
    public let since: Timestamp
    /// Every patient of these partitions is in the projection up to here.
    public let position: Position

    /// In the order of projections and owners.
    public static func list(
        _ pool: PostgresPool, tenant: TenantID
    ) async throws(EventLogError) -> [LapsedLease] {
        try await pool.query(Statements.lapsedLeases(tenant.uuid), of: tenant)
            .decoded { row throws(PostgresError) in
                guard let projection = ProjectionName(rawValue: try row.decode(String.self, at: 0))
                else { throw PostgresError(.decoding) }
                let since = try row.decode(PostgresTimestamp.self, at: 3)
                return LapsedLease(
                    projection: projection, owner: try row.decode(String.self, at: 1),
                    partitions: try row.decode([Int64].self, at: 2),
                    since: Timestamp(microsecondsSinceUnixEpoch: since.microsecondsSinceUnixEpoch),
                    position: Position(try row.decode(Int64.self, at: 4)))
            }
    }
}
