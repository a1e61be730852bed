import EventStore
import Postgres
import PostgresEventStore

extension PostgresPool {
    /// One statement that sees one tenant's rows, in one round trip.
    func query(_ query: Query, of tenant: TenantID) async throws(EventLogError) -> Rows {
        try await queries([query], of: tenant)[0]
    }

    /// Several of them, in one round trip; each with a snapshot of its own.
    func queries(
        _ queries: [Query], of tenant: TenantID
    ) async throws(EventLogError) -> [Rows] {
        do {
            return try await withConnection(for: PoolClaim(of: tenant)) { connection in
                Array(
                    try await connection.pipeline(
                        [Statements.seePatientsOf(tenant.description)] + queries
                    ).dropFirst())
            }
        } catch {
            throw EventLogError(of: error)
        }
    }
}

extension Rows {
    /// Every row, decoded; a row that cannot be is an error of the store.
    func decoded<Value>(
        _ body: (Row) throws(PostgresError) -> Value
    ) throws(EventLogError) -> [Value] {
        var values: [Value] = []
        values.reserveCapacity(count)
        do throws(PostgresError) {
            for row in self { values.append(try body(row)) }
        } catch {
            throw EventLogError(of: error)
        }
        return values
    }
}
