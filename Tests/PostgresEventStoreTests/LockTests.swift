import EventStore
import EventStoreConformance
import Foundation
import Postgres
import TestPostgres
import Testing

@testable import PostgresEventStore

@Suite struct `The tenant's lock` {
    @Test func `is waited for, but not for ever`() async throws {
        try await LogDatabase.with { log in
            try await log.holdingLock { release in
                var store = log.store
                store.patience.lockTimeout = .milliseconds(50)
                let code = await EventLogError.Code.of {
                    _ = try await store.append([Sample().append(at: 0)], tenant: log.tenant)
                }
                #expect(code == .busy)
                try await release()
                _ = try await store.append([Sample().append(at: 0)], tenant: log.tenant)
            }
            #expect(try await log.store.head(tenant: log.tenant) == Position(1))
        }
    }

    @Test func `of one tenant does not hold up another`() async throws {
        try await LogDatabase.with { log in
            let other = TenantID(UUID())
            _ = try await log.open(other)
            try await log.holdingLock { _ in
                let outcomes = try await log.store.append([Sample().append(at: 0)], tenant: other)
                #expect(outcomes[0].appended != nil)
            }
        }
    }

    @Test func `leaves the tenant's row as it is, so that no snapshot can make it bloat`()
        async throws
    {
        try await LogDatabase.with { log in
            try await log.asAdmin { reader in
                // A replay that has been running for hours.
                try await reader.query("BEGIN ISOLATION LEVEL REPEATABLE READ")
                try await reader.query("SELECT count(*) FROM event_log.events")
                let before = try await log.versionOfTenantRow()
                for _ in 0..<200 {
                    _ = try await log.store.append([Sample().append(at: 0)], tenant: log.tenant)
                }
                #expect(try await log.versionOfTenantRow() == before)
                #expect(try await log.deadRows() == 0)
                let seen = try await reader.query("SELECT count(*) FROM event_log.events")
                #expect(try seen[0].decode(Int64.self, at: 0) == 0)
                try await reader.query("COMMIT")
            }
            #expect(try await log.store.head(tenant: log.tenant) == Position(200))
        }
    }

    @Test func `is not taken under another isolation level`() async throws {
        try await LogDatabase.with { log in
            for level in [IsolationLevel.repeatableRead, .serializable] {
                try await log.asService { connection in
                    let state = await PostgresError.state {
                        try await connection.transaction(isolation: level) { connection in
                            try await connection.query(Statements.seeTenant(log.tenant.description))
                            try await connection.query(log.statement([Sample().append(at: 0)]))
                        }
                    }
                    #expect(state == "LG002")
                }
            }
            #expect(try await log.store.head(tenant: log.tenant) == .start)
        }
    }
}

extension LogDatabase {
    /// Somebody else holds the lock until `release` is called.
    func holdingLock(
        _ body: (_ release: () async throws -> Void) async throws -> Void
    ) async throws {
        try await asAdmin { holder in
            try await holder.query("BEGIN")
            try await holder.query(
                "SELECT FROM event_log.tenants WHERE tenant_id = \(tenant.uuid) FOR NO KEY UPDATE")
            try await body { _ = try await holder.query("ROLLBACK") }
        }
    }

    fileprivate func versionOfTenantRow() async throws -> String {
        try await asAdmin { connection in
            try await connection.query(
                "SELECT ctid::text || ' ' || xmin::text FROM event_log.tenants WHERE tenant_id = \(tenant.uuid)"
            )[0].decode(at: 0)
        }
    }

    fileprivate func deadRows() async throws -> Int64 {
        try await asAdmin { connection in
            try await connection.query("SELECT pg_stat_force_next_flush()")
            return try await connection.query(
                """
                SELECT coalesce(sum(n_dead_tup + n_tup_upd + n_tup_del), 0)::bigint
                FROM pg_stat_user_tables WHERE schemaname = 'event_log' AND relname <> 'migrations'
                """
            )[0].decode(at: 0)
        }
    }
}
