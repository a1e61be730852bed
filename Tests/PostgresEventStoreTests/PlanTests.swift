import EventStore
import EventStoreConformance
import Foundation
import Postgres
import Testing

@testable import PostgresEventStore

/// Plans as the application's role, under row-level security, where operators that are not leakproof
/// silently fall out of index conditions.
@Suite struct `Plans` {
    @Test func `of the hot statements go by key`() async throws {
        try await LogDatabase.with { log in
            try await log.fill(batches: 10, of: 500)
            try await log.asAdmin {
                try await $0.executeScript(
                    unsafeSQL: "ANALYZE event_log.events, event_log.commands")
            }
            let tenant = "'\(log.tenant)'::uuid"
            let id = "'\(UUID())'::uuid"
            let expectations: [(NamedStatement, String, String)] = [
                (
                    Statements.readStream, "uuid, uuid, text, bigint, bigint",
                    "tenant_id = $1 stream_id = $2 version > $4"
                ),
                (Statements.readAll, "uuid, bigint, bigint", "tenant_id = $1 \"position\" > $2"),
                (Statements.head, "uuid", "tenant_id = $1"),
                (Statements.findCommand, "uuid, uuid", "tenant_id = $1 command_id = $2"),
            ]
            let arguments = [
                "\(tenant), \(id), 'thing', 0, 100", "\(tenant), 100, 100", tenant,
                "\(tenant), \(id)",
            ]
            try await log.asService { connection in
                try await connection.query(Statements.seeTenantOfSession(log.tenant))
                try await connection.query("SET plan_cache_mode = force_generic_plan")
                for ((statement, types, conditions), values) in zip(expectations, arguments) {
                    try await connection.executeScript(
                        unsafeSQL: "PREPARE pinned (\(types)) AS \(statement.sql)")
                    let plan = try await connection.query(
                        Query(unsafeSQL: "EXPLAIN EXECUTE pinned (\(values))")
                    ).map { try $0.decode(String.self, at: 0) }.joined(separator: "\n")
                    #expect(!plan.contains("Seq Scan"), "\(statement.name)\n\(plan)")
                    #expect(!plan.contains("Sort"), "\(statement.name)\n\(plan)")
                    let condition = plan.split(separator: "\n").first { $0.contains("Index Cond") }
                    for part in conditions.split(separator: " ", omittingEmptySubsequences: true)
                    where part.contains("$") || part.contains("_id") {
                        #expect(condition?.contains(part) == true, "\(statement.name)\n\(plan)")
                    }
                    try await connection.query("DEALLOCATE pinned")
                }
            }
        }
    }

    /// The plans of the append are made once, perhaps while the tables are empty, and must serve when
    /// they are not. What it reads is counted, since how long that takes depends on the day.
    @Test func `of the append read a few rows, however many there are`() async throws {
        try await LogDatabase.with { log in
            try await log.asService { connection in
                // The first of these makes the plans, on empty tables without statistics.
                for _ in 0..<6 {
                    let batch = (0..<500).map { _ in Sample().append(at: 0) }
                    _ = try await connection.pipeline([
                        Statements.seeTenant(log.tenant.description), log.statement(batch),
                    ])
                }
                let known = Sample().append(at: 0)
                let batch = [known] + (0..<49).map { _ in Sample().append(at: 0) }
                let counts = try await connection.transaction { connection in
                    try await connection.query(Statements.seeTenant(log.tenant.description))
                    try await connection.query(log.statement(batch))
                    try await connection.query(log.statement([known, Sample().append(at: 0)]))
                    try await connection.query(
                        Statements.positionKnownAt(
                            log.tenant.uuid, PostgresTimestamp(microsecondsSinceUnixEpoch: 0)))
                    return try await connection.query(
                        """
                        SELECT relname::text, seq_scan, seq_tup_read, idx_tup_fetch
                        FROM pg_stat_xact_user_tables WHERE schemaname = 'event_log'
                        """
                    ).decode((String, Int64, Int64, Int64).self)
                }
                let events = try #require(counts.first { $0.0 == "events" })
                let commands = try #require(counts.first { $0.0 == "commands" })
                #expect(events.1 == 0 && commands.1 == 0)
                #expect(events.3 < 25)
                #expect(commands.3 < 5)
            }
        }
    }
}

extension Statements {
    /// For a session that explains, outside a transaction.
    static func seeTenantOfSession(_ tenant: TenantID) -> Query {
        "SELECT set_config('ferrovia.tenant_id', \(tenant.description), false)"
    }
}

extension LogDatabase {
    func fill(batches: Int, of size: Int) async throws {
        for _ in 0..<batches {
            let batch = (0..<size).map { _ in Sample().append(at: 0) }
            _ = try await store.append(batch, tenant: tenant)
        }
    }
}
