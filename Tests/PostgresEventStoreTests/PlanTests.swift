import EventStore
import EventStoreConformance
import Foundation
import Postgres
import TestPostgres
import Testing

@testable import PostgresEventStore

/// Plans as the application's role, under row-level security, where operators that are not leakproof
/// silently fall out of index conditions.
@Suite struct `Plans` {
    private struct Pinned {
        let statement: NamedStatement
        let arguments: String
        let index: String
        let columns: [String]
    }

    private static let id = "'00000000-0000-0000-0000-000000000007'"
    private static let pinned = [
        Pinned(
            statement: Statements.readStream, arguments: "\(id), 'thing', 0, 100",
            index: "version_is_unique_in_stream", columns: ["tenant_id", "stream_id", "version"]),
        Pinned(
            statement: Statements.readAll, arguments: "100, 100", index: "events_pkey",
            columns: ["tenant_id", "position"]),
        Pinned(
            statement: Statements.head, arguments: "", index: "events_pkey", columns: ["tenant_id"]),
        Pinned(
            statement: Statements.findCommand, arguments: id, index: "commands_pkey",
            columns: ["tenant_id", "command_id"]),
    ]

    @Test func `of the hot statements go by key, in a million rows`() async throws {
        try await LogDatabase.with(checking: false) { log in
            try await log.fillForPlans()
            try await log.asService { connection in
                try await connection.query(Statements.seeTenantOfSession(log.tenant))
                for pin in Self.pinned {
                    let arguments = ["'\(log.tenant)'", pin.arguments].filter { !$0.isEmpty }
                    let plan = try await connection.genericPlan(
                        of: pin.statement, arguments: arguments.joined(separator: ", "))
                    let name = pin.statement.name
                    #expect(
                        plan.columns(of: pin.columns, searchedIn: pin.index) == pin.columns,
                        "\(name)\n\(plan)")
                    #expect(plan.tablesReadWhole.isEmpty, "\(name)\n\(plan)")
                    #expect(!plan.nodes.contains("Sort"), "\(name)\n\(plan)")
                }
                let replay = try await connection.plan(
                    of: EventReplay.selection(of: Position(100_001)...Position(110_000), log.tenant)
                )
                let columns = ["tenant_id", "position"]
                #expect(
                    replay.columns(of: columns, searchedIn: "events_pkey") == columns, "\(replay)")
                #expect(replay.tablesReadWhole.isEmpty, "\(replay)")
                #expect(!replay.nodes.contains("Sort"), "\(replay)")
            }
            try await log.expectFunctionsReadFewRows()
            try await log.expectAppendsToStreamsReadOneRowEach()
            try await log.expectLookupsReadOneRowEach()
        }
    }

    /// A calendar asks what some thousand events are.
    @Test func `of headings go by key`() async throws {
        try await LogDatabase.with(checking: false) { log in
            try await log.fillForPlans()
            try await log.asService { connection in
                try await connection.query(Statements.seeTenantOfSession(log.tenant))
                let plan = try await connection.genericPlan(
                    of: Statements.headingsAt,
                    arguments: "'\(log.tenant)', ARRAY[100, 90000]::bigint[]")
                let columns = ["tenant_id", "position"]
                #expect(plan.columns(of: columns, searchedIn: "events_pkey") == columns, "\(plan)")
                #expect(plan.tablesReadWhole.isEmpty, "\(plan)")
            }
        }
    }

    /// An export asks for the commands of ten thousand events at a time.
    @Test func `of an export find commands by key, and those without events by head`()
        async throws
    {
        try await LogDatabase.with { log in
            try await log.fill(batches: 10, of: 500)
            try await log.asAdmin {
                try await $0.executeScript(
                    unsafeSQL: "ANALYZE event_log.events, event_log.commands")
            }
            try await log.asService { connection in
                try await connection.query(Statements.seeTenantOfSession(log.tenant))
                try await connection.query("SET plan_cache_mode = force_generic_plan")
                try await connection.executeScript(
                    unsafeSQL: "PREPARE pinned (uuid, uuid[], bigint, bigint) AS "
                        + Statements.commandsOfEvents.sql)
                let plan = try await connection.query(
                    Query(
                        unsafeSQL:
                            "EXPLAIN EXECUTE pinned ('\(log.tenant)', '{\(UUID())}', 1, 10000)")
                ).map { try $0.decode(String.self, at: 0) }.joined(separator: "\n")
                #expect(!plan.contains("Seq Scan"), "\(plan)")
                #expect(plan.contains("command_id = ANY ($2)"), "\(plan)")
                #expect(plan.contains("commands_without_events"), "\(plan)")
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
                    let batch = (0..<500).map { _ in Self.withToken() }
                    _ = try await connection.pipeline([
                        Statements.seeTenant(log.tenant.description), log.statement(batch),
                    ])
                }
                let known = Sample().append(at: 0)
                let batch = [known] + (0..<49).map { _ in Self.withToken() }
                let read = try await connection.readingRows(in: ["event_log"]) { connection in
                    try await connection.query(Statements.seeTenant(log.tenant.description))
                    try await connection.query(log.statement(batch))
                    try await connection.query(log.statement([known, Sample().append(at: 0)]))
                    try await connection.query(
                        Statements.positionKnownAt(
                            log.tenant.uuid, PostgresTimestamp(microsecondsSinceUnixEpoch: 0)))
                }.read
                let events = try #require(read["events"])
                let commands = try #require(read["commands"])
                #expect(events.wholeTables == 0 && commands.wholeTables == 0)
                #expect(events.byIndex < 25)
                #expect(commands.byIndex < 5)
                let tokens = try #require(read["blind_index"])
                #expect(tokens.wholeTables == 0)
                // Nobody's are there yet: of each new subject none is looked at.
                #expect(tokens.byIndex < 5)
            }
        }
    }

    /// Who reports begins with the log's first events, and keeps the plans of then.
    @Test func `of moving checkpoints read one event, however many there are`() async throws {
        try await LogDatabase.with { log in
            try await log.fill(batches: 1, of: 10)
            try await log.asService { connection in
                // Often enough that the session keeps generic plans.
                for _ in 1...8 {
                    _ = try await log.rowsReadByMoving(connection)
                }
                try await log.fill(batches: 6, of: 500)
                let read = try await log.rowsReadByMoving(connection)
                let events = try #require(read["events"])
                #expect(events.wholeTables == 0)
                #expect(events.byIndex == 1)
            }
        }
    }

    /// A subject that comes with a token of its own.
    private static func withToken() -> Append<NoChanges> {
        let token = withUnsafeBytes(of: UUID().uuid) { Array($0) }
        return Sample().append(at: 0, subject: .tokens([token]))
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

    private static let partitions: Int32 = 16

    /// A million events, the command of each, as many subjects with a token each, and the partitions of
    /// many tenants.
    fileprivate func fillForPlans() async throws {
        try await asAdmin { connection in
            try await connection.executeScript(
                unsafeSQL: """
                    ALTER TABLE event_log.events SET UNLOGGED;
                    ALTER TABLE event_log.commands SET UNLOGGED;
                    ALTER TABLE event_log.subject_keys SET UNLOGGED;
                    ALTER TABLE event_log.blind_index SET UNLOGGED;
                    INSERT INTO event_log.events
                    SELECT '\(tenant)', n, lpad(to_hex((n - 1) / 20), 32, '0')::uuid,
                      (n - 1) % 20 + 1,
                      lpad(to_hex(n), 32, '0')::uuid, lpad(to_hex(n), 32, '0')::uuid,
                      timestamptz '2026-01-01' + n * interval '1 second', '2026-01-01', NULL, 1, 1,
                      'thing', 'test', 'test', 'test', '{}'
                    FROM generate_series(1, 1000000) n;
                    INSERT INTO event_log.commands
                    SELECT tenant_id, command_id, stream_id, recorded_at, version, position, position,
                      position, stream_category, '', ''
                    FROM event_log.events;
                    INSERT INTO event_log.checkpoints (tenant_id, projection, position, fencing_token,
                      log_epoch, owner_name, partition)
                    SELECT lpad(to_hex(n), 32, '0')::uuid, 'report', 0, 0, NULL, '', part
                    FROM generate_series(1, 2000) n, generate_series(0, \(Self.partitions - 1)) part;
                    INSERT INTO event_log.subject_keys (
                      tenant_id, subject_id, wrapping_key_id, wrapped_key)
                    SELECT '\(tenant)', lpad(to_hex(n), 32, '0')::uuid, 'key-1', '\\x00'
                    FROM generate_series(1, 1000000) n;
                    INSERT INTO event_log.blind_index (tenant_id, subject_id, token)
                    SELECT '\(tenant)', lpad(to_hex(n), 32, '0')::uuid,
                      decode(lpad(to_hex(n), 32, '0'), 'hex')
                    FROM generate_series(1, 1000000) n;
                    ANALYZE event_log.events, event_log.commands, event_log.checkpoints,
                      event_log.subject_keys, event_log.blind_index;
                    """)
        }
    }

    /// What the functions do has no plan of its own to ask for; what they have read is counted.
    fileprivate func expectFunctionsReadFewRows() async throws {
        try await asService { connection in
            // Often enough that the session keeps generic plans where it wants them.
            for turn in 1...8 {
                let known = Sample().append(at: 0)
                let read = try await connection.readingRows(in: ["event_log"]) { connection in
                    try await connection.query(Statements.seeTenant(tenant.description))
                    // All new; then one that is known, which is judged command by command.
                    try await connection.query(
                        statement([known] + (0..<49).map { _ in Sample().append(at: 0) }))
                    try await connection.query(statement([known, Sample().append(at: 0)]))
                    try await connection.query(
                        Statements.positionKnownAt(
                            tenant.uuid, PostgresTimestamp(microsecondsSinceUnixEpoch: 0)))
                    try await shareAndMove(connection)
                }.read
                let events = try #require(read["events"])
                let commands = try #require(read["commands"])
                let checkpoints = try #require(read["checkpoints"])
                #expect(events.wholeTables == 0 && commands.wholeTables == 0, "in turn \(turn)")
                #expect(events.byIndex < 40, "in turn \(turn)")
                #expect(commands.byIndex < 5, "in turn \(turn)")
                #expect(checkpoints.wholeTables == 0, "in turn \(turn)")
                #expect(checkpoints.byIndex < 20 * Int(Self.partitions), "in turn \(turn)")
            }
        }
    }

    /// Streams that have twenty events each: of each the one that is built upon is read, and no other.
    /// Then batches in which one command is late, so that all are judged one by one.
    fileprivate func expectAppendsToStreamsReadOneRowEach() async throws {
        try await asService { connection in
            for turn in 1...8 {
                let first = 1_000 * turn
                let streams = (0..<50).map { Self.filled(stream: first + $0) }
                // A chain of two commands in each.
                let expected = streams.flatMap {
                    [$0.append(at: 20, events: 2), $0.append(at: 22)]
                }
                let late =
                    streams.dropFirst().map { $0.append(at: 23) } + [streams[0].append(at: 20)]
                for batch in [expected, late] {
                    let (rows, read) = try await connection.readingRows(in: ["event_log"]) {
                        connection in
                        try await connection.query(Statements.seeTenant(tenant.description))
                        return try await connection.query(statement(batch))
                    }
                    let context: Comment = "in turn \(turn), \(batch.count) commands"
                    // A plain batch is answered by one row, one that was judged by a row for each.
                    #expect(
                        rows.count == (batch.count == expected.count ? 1 : batch.count), context)
                    let events = try #require(read["events"])
                    let commands = try #require(read["commands"])
                    #expect(events.wholeTables == 0 && commands.wholeTables == 0, context)
                    // Once as it was written, once as it was judged, and the log's last event.
                    #expect(events.byIndex <= 2 * batch.count + 5, context)
                    #expect(commands.byIndex <= 5, context)
                }
            }
        }
    }

    /// What every load and every bound batch asks for by key: the plans are inside functions.
    fileprivate func expectLookupsReadOneRowEach() async throws {
        try await asService { connection in
            for turn in 1...8 {
                let ids = (0..<100).map { Self.uuid(1_000 * turn + $0) }
                let read = try await connection.readingRows(in: ["event_log"]) { connection in
                    try await connection.query(Statements.seeTenant(tenant.description))
                    let key = try await connection.query(
                        Statements.getSubjectKey(tenant.uuid, ids[0]))
                    #expect(try key[0].decode(String.self, at: 0) == "present")
                    let token = withUnsafeBytes(of: ids[1].uuid) { Array($0) }
                    let found = try await connection.query(
                        Statements.findSubject(tenant.uuid, token))
                    #expect(try found[0].decode(UUID.self, at: 0) == ids[1])
                    try await connection.query(
                        Statements.requireWhole(
                            tenant.uuid, ids, [[UInt8]](repeating: [], count: ids.count)))
                }.read
                for (table, rows) in [
                    ("subject_keys", 1), ("blind_index", 1), ("commands", ids.count),
                ] {
                    let table = try #require(read[table])
                    #expect(table.wholeTables == 0, "in turn \(turn)")
                    #expect(table.byIndex == rows, "in turn \(turn)")
                }
            }
        }
    }

    /// One of those that `fillForPlans` has made.
    private static func filled(stream number: Int) -> Sample { Sample("thing", uuid(number)) }

    private static func uuid(_ number: Int) -> UUID {
        let digits = String(number, radix: 16)
        let padded = String(repeating: "0", count: 12 - digits.count) + digits
        return UUID(uuidString: "00000000-0000-0000-0000-\(padded)")!
    }

    /// What the log's tables are read for by ``shareAndMove(_:)``.
    fileprivate func rowsReadByMoving(
        _ connection: isolated PostgresConnection
    ) async throws -> [String: RowsRead] {
        try await connection.readingRows(in: ["event_log"]) { connection in
            try await connection.query(Statements.seeTenant(tenant.description))
            try await shareAndMove(connection)
        }.read
    }

    /// What a process does that reports: its partitions' leases, and then their checkpoints.
    private func shareAndMove(_ connection: isolated PostgresConnection) async throws {
        let lease: Int64 = 30_000
        let taken = try await connection.query(
            Statements.acquirePartitions(
                tenant.uuid, "report", "here", Self.partitions, [] as [Int16], lease)
        ).decode((Int16, Int64, Int64, Int32?).self)
        #expect(taken.count == Int(Self.partitions))
        let (parts, tokens) = (taken.map(\.0), taken.map(\.1))
        try await connection.query(
            Statements.renewPartitions(tenant.uuid, "report", parts, tokens, lease))
        try await connection.query(
            Statements.advancePartitions(
                tenant.uuid, "report", parts, tokens, taken.map(\.2), (taken.first?.2 ?? 0) + 1,
                lease))
    }
}
