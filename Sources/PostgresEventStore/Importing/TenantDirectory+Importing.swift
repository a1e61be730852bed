public import EventStore
internal import Postgres

extension TenantDirectory {
    /// Since when the log of a tenant is being imported, interruptions included; `nil` if it is not.
    public func importingSince(_ tenant: TenantID) async throws(EventLogError) -> Timestamp? {
        do {
            let rows = try await pool.withConnection { connection in
                try await connection.query(Statements.importingSince(tenant.uuid))
            }
            // The directory sees all tenants, so no row is set for this one first.
            return try rows[0].decode(PostgresTimestamp?.self, at: 0).map { Timestamp($0) }
        } catch {
            throw EventLogError(error)
        }
    }
}
