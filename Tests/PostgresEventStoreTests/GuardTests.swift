import EventStore
import EventStoreConformance
import Foundation
import Postgres
import PostgresEventStore
import Testing

@Suite struct `The database guards the log` {
    private static let roles = [
        "ferrovia_appender", "ferrovia_projector", "ferrovia_reader", LogDatabase.serviceRole,
        "ferrovia_owner",
    ]

    @Test(arguments: roles)
    func `no tenant set, or another one's: no rows, in every table`(role: String) async throws {
        try await LogDatabase.with { log in
            try await log.fill()
            try await LogDatabase.connected(log.admin) { connection in
                let tables = try await connection.query(
                    """
                    SELECT c.oid::regclass::text, c.relname = 'tenants'
                    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
                    WHERE c.relnamespace = 'event_log'::regnamespace AND a.attname = 'tenant_id'
                      AND c.relkind IN ('r', 'v')
                    """
                ).decode((String, Bool).self)
                #expect(tables.count == 7)
                try await connection.query("SELECT set_config('role', \(role), false)")
                for tenant in ["", UUID().uuidString] {
                    try await connection.query(
                        "SELECT set_config('ferrovia.tenant_id', \(tenant), false)")
                    for (table, isDirectory) in tables
                    where !isDirectory || role != "ferrovia_owner" {
                        await expectNothing(table, connection)
                    }
                }
            }
        }
    }

    private func expectNothing(_ table: String, _ connection: PostgresConnection) async {
        do {
            let rows = try await connection.query("SELECT count(*) FROM \(unsafeSQL: table)")
            #expect(try rows[0].decode(Int64.self, at: 0) == 0, "\(table)")
        } catch {
            #expect(error.sqlState == .insufficientPrivilege, "\(table)")
        }
    }

    @Test(arguments: roles.dropLast())
    func `no role of the service may change or remove anything`(role: String) async throws {
        try await LogDatabase.with { log in
            try await log.fill()
            try await log.asAdmin { connection in
                try await connection.query("SELECT set_config('role', \(role), false)")
                try await connection.query(
                    "SELECT set_config('ferrovia.tenant_id', \(log.tenant.description), false)")
                for table in [
                    "events", "commands", "tenants", "checkpoints", "subject_keys", "blind_index",
                ] {
                    for statement in [
                        "UPDATE event_log.\(table) SET tenant_id = tenant_id",
                        "DELETE FROM event_log.\(table)", "TRUNCATE event_log.\(table)",
                        "INSERT INTO event_log.\(table) DEFAULT VALUES",
                    ] {
                        let state = await PostgresError.state {
                            try await connection.query(Query(unsafeSQL: statement))
                        }
                        #expect(state == .insufficientPrivilege, "\(statement)")
                    }
                }
            }
        }
    }

    @Test func `behind the missing grants stands a trigger, even for a superuser`() async throws {
        try await LogDatabase.with { log in
            try await log.fill()
            try await log.asAdmin { connection in
                for table in ["events", "commands"] {
                    for statement in [
                        "UPDATE event_log.\(table) SET tenant_id = tenant_id",
                        "DELETE FROM event_log.\(table)", "TRUNCATE event_log.\(table)",
                    ] {
                        let state = await PostgresError.state {
                            try await connection.query(Query(unsafeSQL: statement))
                        }
                        #expect(state == "LG005", "\(statement)")
                    }
                }
            }
        }
    }

    @Test func `an append for a tenant that is not the one set is refused`() async throws {
        try await LogDatabase.with { log in
            let other = TenantID(UUID())
            _ = try await log.open(other)
            for set in ["", other.description] {
                try await log.asService { connection in
                    try await connection.query(
                        "SELECT set_config('ferrovia.tenant_id', \(set), false)")
                    let state = await PostgresError.state {
                        try await connection.query(
                            """
                            SELECT event_log.append(\(log.tenant.uuid), '{}', '{}', '{}', '{}', '{}',
                              '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}',
                              '{}', '{}', '{}')
                            """)
                    }
                    #expect(state == "LG003")
                }
            }
        }
    }

    /// What a caller of its own making might send; the table has no CHECK that would stop it.
    struct Malformed: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var category = "thing"
        var type = "thing-happened"
        var payloadVersion: Int16 = 1
        var causation: Int64?
        var ends: [Int32] = [1]
        var versions: [Int64] = [1]
    }

    @Test(arguments: [
        Malformed(testDescription: "a category that is no lower-case word", category: "Thing"),
        Malformed(testDescription: "an event without a type", type: ""),
        Malformed(testDescription: "a payload of version 0", payloadVersion: 0),
        Malformed(testDescription: "a cause before the log", causation: 0),
        Malformed(testDescription: "a cause that is not in the log", causation: 1),
        Malformed(testDescription: "more commands than ends", ends: []),
        Malformed(testDescription: "fewer versions than events", versions: []),
    ])
    func `a batch that the log must not hold is refused whole`(_ batch: Malformed) async throws {
        try await LogDatabase.with { log in
            let id = UUID()
            let bytes: [[UInt8]] = [Array("{}".utf8)]
            try await log.asService { connection in
                try await connection.query(
                    "SELECT set_config('ferrovia.tenant_id', \(log.tenant.description), false)")
                let state = await PostgresError.state {
                    try await connection.query(
                        """
                        SELECT event_log.append(\(log.tenant.uuid), \([id]), \(bytes),
                          \([batch.category]), \([id]), \([Int64(0)]), \(["nurse"]), \([id]),
                          \([batch.causation]), \(["rules"]), \(bytes), \([Int32(1)]), \(batch.ends),
                          \([Int32(1)]), \(batch.versions), \([batch.type]),
                          \([batch.payloadVersion]),
                          \([PostgresTimestamp(microsecondsSinceUnixEpoch: 0)]), \(bytes),
                          \([Int32?.none]), '{}', \([false]))
                        """)
                }
                #expect(state == "LG006")
            }
            #expect(try await log.store.head(tenant: log.tenant) == .start)
        }
    }

    @Test(arguments: [false, true])
    func `nobody writes a version that their command does not come to`(
        isJudged: Bool
    ) async throws {
        try await LogDatabase.with { log in
            let known = Sample()
            _ = try await log.store.append([known.append(at: 0, events: 3)], tenant: log.tenant)
            try await log.asService { connection in
                try await connection.query(
                    "SELECT set_config('ferrovia.tenant_id', \(log.tenant.description), false)")
                for misfit in Misfit.all {
                    let batch = isJudged ? misfit.judged() : misfit
                    let state = await PostgresError.state {
                        try await connection.query(batch.append(to: known.stream, log.tenant))
                    }
                    #expect(state == "LG006", "\(misfit.what)")
                }
            }
            #expect(try await log.store.head(tenant: log.tenant) == Position(3))
        }
    }

    @Test(arguments: ["ferrovia_projector", "ferrovia_reader"])
    func `only the appender may append`(role: String) async throws {
        try await LogDatabase.with { log in
            let configuration = PostgresConfiguration(
                conninfo: log.admin.conninfo, settings: ["role": role])
            let pool = PostgresPool(configuration: configuration)
            let store = PostgresEventStore(pool: pool)
            let outcomes = try await store.append([Sample().append(at: 0)], tenant: log.tenant)
            #expect(outcomes == [.failed(.storeFailed)])
            let directory = PostgresSubjectDirectory(pool: pool)
            let code = await EventLogError.Code.of {
                _ = try await directory.key(of: SubjectID(UUID()), tenant: log.tenant)
            }
            #expect(code == .storeFailed)
            await pool.close()
        }
    }

    @Test func `a pooled connection carries no tenant over`() async throws {
        try await LogDatabase.with { log in
            try await log.fill()
            let pool = PostgresPool(configuration: log.service, maximum: 1)
            let store = PostgresEventStore(pool: pool)
            #expect(try await store.head(tenant: log.tenant) > .start)
            _ = try await store.append([Sample().append(at: 0)], tenant: log.tenant)
            let left = try await pool.withConnection { connection in
                try await connection.query(
                    "SELECT current_setting('ferrovia.tenant_id', true), count(*) FROM event_log.events"
                )[0].decode((String?, Int64).self)
            }
            #expect((left.0 ?? "").isEmpty)
            #expect(left.1 == 0)
            await pool.close()
        }
    }

    @Test func `a failure says nothing about what was in the rows`() async throws {
        try await LogDatabase.with { log in
            let error = await #expect(throws: EventLogError.self) {
                _ = try await log.store.append(
                    [Sample().append(at: 0)], tenant: TenantID(UUID()))
            }
            #expect(error?.description.contains("thing") == false)
        }
    }
}

/// A batch whose arrays do not fit together: its first command is for a stream that has three events, the
/// others are for new ones.
private struct Misfit: Sendable {
    var what: String
    var expected: [Int64] = [3, 0]
    var counts: [Int32] = [1, 1]
    var ends: [Int32] = [1, 2]
    var commands: [Int32] = [1, 2]
    var versions: [Int64] = [4, 1]
    /// The ordinal of the first stream, as an array may have it.
    var firstOrdinal = 1

    /// With a command that changes nothing, a batch is judged before anything is written.
    func judged() -> Misfit {
        var judged = self
        judged.expected.append(0)
        judged.counts.append(0)
        judged.ends.append(ends.last ?? 0)
        return judged
    }

    func append(to stream: StreamID, _ tenant: TenantID) -> Query {
        let ids = counts.map { _ in UUID() }
        let streams = ([stream.uuid] + ids.dropFirst()).map(\.uuidString)
        let bounds = "[\(firstOrdinal):\(firstOrdinal + streams.count - 1)]"
        let bytes = ids.map { _ in Array("{}".utf8) }
        let categories = ids.map { _ in stream.category }
        let names = ids.map { _ in "name" }
        let types = commands.map { _ in "thing-happened" }
        return """
            SELECT event_log.append(\(tenant.uuid), \(ids), \(bytes), \(categories),
              \(bounds + "={" + streams.joined(separator: ",") + "}")::text::uuid[], \(expected),
              \(names), \(ids), \(ids.map { _ in Int64?.none }), \(names), \(bytes), \(counts),
              \(ends), \(commands), \(versions), \(types), \(commands.map { _ in Int16(1) }),
              \(commands.map { _ in PostgresTimestamp(microsecondsSinceUnixEpoch: 0) }),
              \(commands.map { _ in Array("{}".utf8) }), \(ids.map { _ in Int32?.none }), '{}',
              \(ids.map { _ in false }))
            """
    }

    static let all = [
        Misfit(what: "a new stream that does not begin at 1", versions: [4, 5]),
        Misfit(what: "a version too high for what is expected", versions: [5, 1]),
        Misfit(
            what: "an expected version of the past, and the version that is free",
            expected: [1, 0]),
        Misfit(
            what: "a gap within a command", counts: [2, 1], ends: [2, 3], commands: [1, 1, 2],
            versions: [4, 6, 1]),
        Misfit(
            what: "versions of a command in another order", counts: [2, 1], ends: [2, 3],
            commands: [1, 1, 2], versions: [5, 4, 1]),
        Misfit(what: "ends that are no running sum", ends: [2, 2]),
        Misfit(what: "ends beyond the events", ends: [1, 3]),
        Misfit(
            what: "a count below zero", counts: [3, -1], ends: [3, 2], commands: [1, 1],
            versions: [4, 5]),
        Misfit(
            what: "an event that stands among another command's", counts: [1, 2], ends: [1, 3],
            commands: [1, 1, 2], versions: [4, 5, 1]),
        Misfit(what: "an event of no command", commands: [1, 7]),
        Misfit(what: "streams whose ordinals begin elsewhere", firstOrdinal: 0),
    ]
}

extension LogDatabase {
    /// A row in every table.
    fileprivate func fill() async throws {
        let token = [UInt8](repeating: 1, count: 32)
        let sample = Sample()
        _ = try await store.append(
            [sample.append(at: 0, events: 3, subject: .tokens([token]))], tenant: tenant)
        let subjects = PostgresSubjectDirectory(pool: pool)
        _ = try await subjects.put(
            SubjectKey(wrapped: [1], wrappingKeyID: "kek"), for: sample.subject,
            tenant: tenant)
        _ = try await PostgresCheckpoints(
            pool: pool, projection: "p", tenant: tenant, partitions: StreamPartitions(count: 1)
        ).acquire(owner: "o", lease: .seconds(1))
    }
}
