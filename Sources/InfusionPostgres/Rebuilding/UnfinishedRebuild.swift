public import EventStore
import Infusion
public import InfusionProjections
public import Postgres

/// A rebuild of a tenant that has begun and not switched: under way, or stopped. The live rows serve.
public struct UnfinishedRebuild: Hashable, Sendable {
    /// In the order of ``ProjectionName``.
    public let projections: [ProjectionName]
    /// Read so far, of the events there were when it began.
    public let patients: Int
    public let events: Int
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
                return UnfinishedRebuild(
                    projections: ProjectionName.allCases.filter { names.contains($0.rawValue) },
                    patients: Int(try row.decode(Int64.self, at: 1)),
                    events: Int(try row.decode(Int64.self, at: 2)),
                    total: Int(try row.decode(Int64.self, at: 3)),
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
