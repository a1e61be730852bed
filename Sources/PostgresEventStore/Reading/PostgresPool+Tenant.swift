internal import EventStore
internal import Postgres

extension PostgresPool {
    /// One statement that sees one tenant's rows, in one round trip.
    func query(_ query: Query, seeing tenant: TenantID) async throws(EventLogError) -> Rows {
        do {
            return try await withConnection(for: PoolClaim(of: tenant)) { connection in
                try await connection.pipeline([Statements.seeTenant(tenant.description), query])[1]
            }
        } catch {
            throw EventLogError(error)
        }
    }
}
