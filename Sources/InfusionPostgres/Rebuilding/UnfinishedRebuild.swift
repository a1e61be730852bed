public import EventStore
import Infusion
public import InfusionProjections
public import Postgres

/// A rebuild of a tenant that has begun and not switched: under way, or stopped. The live rows serve.
public struct UnfinishedRebuild: Hashable, Sendable {
    /// In the order of ``ProjectionName``.
    public let projections: [ProjectionName]
    /// Read so far.
    public let patients: Int
    public let events: Int
    /// Events there were when it began; as many as are read by now, where later ones are among them.
    public let total: Int
    public let begun: Timestamp
    /// Its last sign of life.
    public let moved: Timestamp

    /// `nil` if there is none.
    public static func read(
        _ pool: PostgresPool, tenant: TenantID
    ) async throws(EventLogError) -> UnfinishedRebuild? {
        try await pool.query(Statements.unfinishedRebuild(tenant.uuid), of: tenant)
            .decoded { row throws(PostgresError) in
                let names = try row.decode([String].self, at: 0)
                let events = Int(try row.decode(Int64.self, at: 2))
                return UnfinishedRebuild(
                    projections: ProjectionName.allCases.filter { names.contains($0.rawValue) },
                    patients: Int(try row.decode(Int64.self, at: 1)),
                    events: events,
                    total: max(events, Int(try row.decode(Int64.self, at: 3))),
                    begun: try row.timestamp(at: 4), moved: try row.timestamp(at: 5))
            }.first
    }
}

extension Row {
    fileprivate func timestamp(at index: Int) throws(PostgresError) -> Timestamp {
        Timestamp(
            microsecondsSinceUnixEpoch: try decode(PostgresTimestamp.self, at: index)
                .microsecondsSinceUnixEpoch)
    }
}
