import EventStore
import EventStoreConformance
import Foundation
import Postgres
import TestPostgres
import Testing

@testable import PostgresEventStore

/// A server of their own: commits are made to hang behind the local flush, by waiting for a standby
/// that does not exist. That is the moment "committed, and nobody was told", held still.
@Suite(.serialized) struct `Lost around the commit` {
    @Test func `a backend that dies after its commit has written once`() async throws {
        try await withHangingCommits { log in
            let append = Sample().append(at: 0, events: 2)
            async let outcome = log.store.append([append], tenant: log.tenant)[0]
            let backend = try await log.hangingBackend()
            try await log.terminate(backend)
            try await log.releaseCommits()
            let command = try #require(try await outcome.duplicate)
            #expect(command.positions == Position(1)...Position(2))
            #expect(try await log.store.head(tenant: log.tenant) == Position(2))
        }
    }

    @Test func `a server that dies after its commit has written once`() async throws {
        try await withHangingCommits { log in
            let append = Sample().append(at: 0)
            async let outcome = log.store.append([append], tenant: log.tenant)[0]
            _ = try await log.hangingBackend()
            try await log.execute("ALTER SYSTEM SET synchronous_standby_names = ''")
            try await log.cluster.kill()
            try await log.cluster.restart()
            #expect(try await outcome.duplicate?.positions == Position(1)...Position(1))
            #expect(try await log.store.head(tenant: log.tenant) == Position(1))
        }
    }

    @Test func `a backend that dies before its commit has written nothing, and is repeated`()
        async throws
    {
        try await withHangingCommits { log in
            try await log.releaseCommits()
            // The append waits for the tenant's lock when its backend dies.
            let append = Sample().append(at: 0)
            let holder = try await PostgresConnection.connect(log.database.admin)
            try await holder.query("BEGIN")
            try await holder.query(
                "SELECT FROM event_log.tenants WHERE tenant_id = \(log.tenant.uuid) FOR UPDATE")
            async let outcome = log.store.append([append], tenant: log.tenant)[0]
            let backend = try await log.backend(where: "wait_event_type = 'Lock'")
            try await log.terminate(backend)
            await holder.close()
            #expect(try await outcome.appended?.positions == Position(1)...Position(1))
        }
    }

    @Test func `while nobody can tell, the outcome is unknown and not "unavailable"`() async throws
    {
        try await withHangingCommits { log in
            var store = log.store
            store.patience.attempts = 2
            let append = Sample().append(at: 0)
            let sending = Task { [store] in try await store.append([append], tenant: log.tenant) }
            _ = try await log.hangingBackend()
            try await log.execute("ALTER SYSTEM SET synchronous_standby_names = ''")
            try await log.cluster.kill()
            let code = await EventLogError.Code.of { _ = try await sending.value }
            #expect(code == .outcomeUnknown)
            try await log.cluster.restart()
            #expect(try await log.store.append([append], tenant: log.tenant)[0].duplicate != nil)
        }
    }

    @Test func `a connection that falls silent is given up, and what was sent is not cancelled`()
        async throws
    {
        try await withHangingCommits { log in
            var store = log.store
            store.patience.answerTimeout = .milliseconds(200)
            store.patience.lockTimeout = .milliseconds(50)
            store.patience.attempts = 3
            let append = Sample().append(at: 0)
            let code = await EventLogError.Code.of {
                _ = try await store.append([append], tenant: log.tenant)
            }
            #expect(code == .outcomeUnknown)
            // Cancelled, its commit would not wait for the standby any more.
            _ = try await log.hangingBackend()
            try await log.releaseCommits()
            #expect(try await log.store.append([append], tenant: log.tenant)[0].duplicate != nil)
        }
    }

    @Test func `a cancelled caller does not cancel what was sent`() async throws {
        try await withHangingCommits { log in
            let append = Sample().append(at: 0)
            let sending = Task { try await log.store.append([append], tenant: log.tenant)[0] }
            _ = try await log.hangingBackend()
            sending.cancel()
            try await log.releaseCommits()
            #expect(try await sending.value.appended != nil)
        }
    }

    private func withHangingCommits(_ body: (HangingLog) async throws -> Void) async throws {
        let cluster = try await TestCluster.start()
        let log = LogDatabase(conninfo: try await cluster.createDatabase())
        try await log.prepare()
        let hanging = HangingLog(cluster: cluster, database: log)
        do {
            try await hanging.holdCommits()
            try await body(hanging)
            try await log.check()
        } catch {
            try? await hanging.releaseCommits()
            await log.pool.close()
            try? await cluster.stop()
            throw error
        }
        await log.pool.close()
        try await cluster.stop()
    }
}

private struct HangingLog: Sendable {
    let cluster: TestCluster
    let database: LogDatabase

    var store: PostgresEventStore<NoInlineProjections> { database.store }
    var tenant: TenantID { database.tenant }

    func execute(_ query: Query) async throws {
        try await database.asAdmin { connection in _ = try await connection.query(query) }
    }

    func holdCommits() async throws {
        try await execute("ALTER SYSTEM SET synchronous_standby_names = 'nobody'")
        try await reload("nobody")
    }

    func releaseCommits() async throws {
        try await execute("ALTER SYSTEM SET synchronous_standby_names = ''")
        try await reload("")
    }

    private func reload(_ expected: String) async throws {
        try await database.asAdmin { connection in
            try await connection.query("SELECT pg_reload_conf()")
            try await eventually("the server has read its settings") {
                try await connection.query("SHOW synchronous_standby_names")[0]
                    .decode(String.self, at: 0) == expected
            }
        }
    }

    func hangingBackend() async throws -> Int32 {
        try await backend(where: "wait_event = 'SyncRep'")
    }

    func backend(where condition: String) async throws -> Int32 {
        try await database.asAdmin { connection in
            var backend: Int32?
            try await eventually("a backend that waits") {
                let rows = try await connection.query(
                    "SELECT pid FROM pg_stat_activity WHERE \(unsafeSQL: condition)")
                backend = try rows.first?.decode(at: 0)
                return backend != nil
            }
            return backend ?? 0
        }
    }

    func terminate(_ backend: Int32) async throws {
        try await execute("SELECT pg_terminate_backend(\(backend))")
    }
}
