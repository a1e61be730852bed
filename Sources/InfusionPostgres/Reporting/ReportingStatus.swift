public import EventStore
import InfusionProjections
public import Postgres

/// How far reporting has come with one tenant's log, and what it could not read.
public struct ReportingStatus: Hashable, Sendable {
    public let position: Position
    /// Patients whose sequence is parked.
    public let parked: Int

    public static func read(
        _ pool: PostgresPool, tenant: TenantID
    ) async throws(EventLogError) -> ReportingStatus {
        let position = try await pool.query(Statements.reportCheckpoint(tenant.uuid), of: tenant)
            .decoded { row throws(PostgresError) in Position(try row.decode(Int64.self, at: 0)) }
        let parked = try await pool.query(
            Statements.parkedStreams(tenant.uuid, ProjectionName.doseReport.rawValue), of: tenant)
        return ReportingStatus(position: position.first ?? .start, parked: parked.count)
    }
}
