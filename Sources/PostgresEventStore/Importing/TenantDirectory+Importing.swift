public import EventStore
internal import Postgres

extension TenantDirectory {
    /// How far the import of a tenant's log has come, interruptions included; `nil` if there is none.
    public func importProgress(
        _ tenant: TenantID
    ) async throws(EventLogError) -> ImportProgress? {
        do {
            let rows = try await pool.withConnection { connection in
                try await connection.pipeline([
                    Statements.nameTenant(tenant.description),
                    Statements.importProgress(tenant.uuid, ImportProgress.session(of: tenant)),
                ])[1]
            }
            let row = rows[0]
            guard let since = try row.decode(PostgresTimestamp?.self, at: 0) else { return nil }
            let session = try row.decode(String?.self, at: 2)
            return ImportProgress(
                since: Timestamp(since), written: Position(try row.decode(Int64.self, at: 1)),
                isRunning: session != nil,
                percentRead: session.flatMap { ImportProgress.percent(in: $0, of: tenant) })
        } catch {
            throw EventLogError(error)
        }
    }
}
