public import EventStore
import InfusionProjections
public import Postgres

/// How far reporting has come with one tenant's log, and what it could not read.
public struct ReportingStatus: Hashable, Sendable {
    /// Every patient is in the report up to here; some may be further.
    public let position: Position
    /// Patients whose sequence is parked.
    public let parked: Int

    public static func read(
        _ pool: PostgresPool, tenant: TenantID
    ) async throws(EventLogError) -> ReportingStatus {
        let positions = try await reported(pool, tenant: tenant)
        let parked = try await pool.query(
            Statements.parkedStreams(tenant.uuid, ProjectionName.doseReport.rawValue), of: tenant)
        return ReportingStatus(position: positions.lowest, parked: parked.count)
    }

    static func reported(
        _ pool: PostgresPool, tenant: TenantID
    ) async throws(EventLogError) -> ReportedPositions {
        let rows = try await pool.query(Statements.reportPositions(tenant.uuid), of: tenant)
        do throws(PostgresError) { return try ReportedPositions(rows) } catch {
            throw EventLogError(of: error)
        }
    }
}
