import EventStore
import Postgres
import PostgresEventStore

enum Tenants {
    /// The tenant of that name.
    static func find(_ text: String, in pool: PostgresPool) async throws -> TenantID {
        var tenant: Tenant?
        if let name = TenantName(text) {
            tenant = try await TenantDirectory(pool: pool).find(name)
        }
        guard let tenant else {
            throw Console.fail("no tenant '\(text)'; see ferrovia tenant list", .noAnswer)
        }
        return tenant.id
    }
}
