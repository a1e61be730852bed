public import EventStore
internal import Foundation
public import Postgres

/// Who owns a log in this database.
public struct TenantDirectory: Sendable {
    let pool: PostgresPool

    public init(pool: PostgresPool) {
        self.pool = pool
    }

    /// Opens a log. Doing so again with the same name is harmless.
    public func create(
        _ tenant: TenantID, name: TenantName
    ) async throws(EventLogError) -> TenantCreation {
        let rows = try await pool.query(
            Statements.createTenant(tenant.uuid, name.description), seeing: tenant)
        switch try? rows[0].decode(String.self, at: 0) {
        case "created"?: return .created
        case "exists"?: return .exists
        case "id_taken"?: return .idTaken
        case "name_taken"?: return .nameTaken
        case _: throw EventLogError(.storeFailed, "an answer of an unexpected kind")
        }
    }

    /// All tenants, by name.
    public func list() async throws(EventLogError) -> [Tenant] {
        do {
            let rows = try await pool.withConnection { connection in
                try await connection.query(Statements.listTenants())
            }
            return try rows.decode((UUID, String, PostgresTimestamp, Int32).self)
                .compactMap { id, name, createdAt, epoch in
                    TenantName(name).map {
                        Tenant(
                            id: TenantID(id), name: $0, createdAt: Timestamp(createdAt),
                            logEpoch: epoch)
                    }
                }
        } catch {
            throw EventLogError(error)
        }
    }

    /// The tenant of that name.
    public func find(_ name: TenantName) async throws(EventLogError) -> Tenant? {
        try await list().first { $0.name == name }
    }
}
