import Foundation
import Postgres
import PostgresEventStore
import Schema
import TestPostgres
import Testing

@Suite struct `The migrator` {
    @Test func `applies everything once`() async throws {
        try await TestDatabase.with { database in
            let migrator = Migrator(configuration: database.configuration)
            let first = try await migrator.migrate()
            let files = Schema.migrations + Schema.functions + Schema.privileges
            #expect(first == files.map(\.name))
            #expect(try await migrator.migrate() == [])
        }
    }

    @Test func `may be run by many processes at once`() async throws {
        try await TestDatabase.with { database in
            let applied = try await withThrowingTaskGroup(of: [String].self) { group in
                for _ in 0..<4 {
                    group.addTask {
                        try await Migrator(configuration: database.configuration).migrate()
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(applied.count { !$0.isEmpty } == 1)
        }
    }

    @Test func `refuses a migration that has changed, and changes nothing`() async throws {
        try await TestDatabase.with { database in
            try await Migrator(configuration: database.configuration).migrate()
            var changed = SchemaSet.current
            let first = changed.migrations[0]
            changed.migrations[0] = SchemaFile(name: first.name, sql: first.sql + "\n-- edited")
            changed.migrations.append(
                SchemaFile(name: "9999_later", sql: "CREATE TABLE event_log.later (a int)"))
            let error = await #expect(throws: MigrationError.self) {
                try await Migrator(configuration: database.configuration, schema: changed).migrate()
            }
            #expect(error?.description.contains("0001_tenants has been changed") == true)
            let rows = try await database.query("SELECT to_regclass('event_log.later')::text")
            #expect(try rows[0].decode(String?.self, at: 0) == nil)
        }
    }

    @Test func `refuses a database that is newer than the program`() async throws {
        try await TestDatabase.with { database in
            var newer = SchemaSet.current
            newer.migrations.append(SchemaFile(name: "9999_later", sql: "SELECT"))
            try await Migrator(configuration: database.configuration, schema: newer).migrate()
            let error = await #expect(throws: MigrationError.self) {
                try await Migrator(configuration: database.configuration).migrate()
            }
            #expect(error?.description.contains("9999_later") == true)
        }
    }

    @Test func `names a login role that does not exist, and how to make it`() async throws {
        try await TestDatabase.with { database in
            let error = await #expect(throws: MigrationError.self) {
                try await Migrator(
                    configuration: database.configuration, loginRole: "no \"such\" role"
                ).migrate()
            }
            let text = try #require(error?.description)
            #expect(text.contains(#"there is no role "no "such" role""#), "\(text)")
            #expect(text.contains(#"CREATE ROLE "no ""such"" role" LOGIN"#), "\(text)")
            let rows = try await database.query("SELECT to_regnamespace('event_log')::text")
            #expect(try rows[0].decode(String?.self, at: 0) == nil)
        }
    }

    @Test func `applies a function again when it has changed, and its grants with it`() async throws
    {
        try await TestDatabase.with { database in
            try await Migrator(configuration: database.configuration).migrate()
            var changed = SchemaSet.current
            let last = changed.functions.count - 1
            let file = changed.functions[last]
            changed.functions[last] = SchemaFile(name: file.name, sql: file.sql + "\n-- edited")
            let migrator = Migrator(configuration: database.configuration, schema: changed)
            #expect(
                try await migrator.migrate() == [file.name] + changed.privileges.map(\.name))
            #expect(try await migrator.migrate() == [])
        }
    }

    @Test func `applies all grants again when one file of them has changed`() async throws {
        try await TestDatabase.with { database in
            try await Migrator(configuration: database.configuration).migrate()
            var changed = SchemaSet.current
            let file = changed.privileges[0]
            changed.privileges[0] = SchemaFile(name: file.name, sql: file.sql + "\n-- edited")
            let migrator = Migrator(configuration: database.configuration, schema: changed)
            #expect(try await migrator.migrate() == changed.privileges.map(\.name))
        }
    }

    @Test func `rolls all of it back when a file fails`() async throws {
        try await TestDatabase.with { database in
            var broken = SchemaSet.current
            broken.migrations.append(SchemaFile(name: "9999_broken", sql: "SELECT 1 / 0"))
            await #expect(throws: MigrationError.self) {
                try await Migrator(configuration: database.configuration, schema: broken).migrate()
            }
            let rows = try await database.query("SELECT to_regnamespace('event_log')::text")
            #expect(try rows[0].decode(String?.self, at: 0) == nil)
        }
    }

    @Test func `leaves no function open to everybody`() async throws {
        try await TestDatabase.with { database in
            try await Migrator(configuration: database.configuration).migrate()
            let rows = try await database.query(
                """
                SELECT p.oid::regprocedure::text FROM pg_proc p
                WHERE p.pronamespace = 'event_log'::regnamespace
                  AND (p.proacl IS NULL OR EXISTS (
                    SELECT FROM aclexplode(p.proacl) a WHERE a.grantee = 0))
                """)
            let open = try rows.map { try $0.decode(String.self, at: 0) }
            #expect(open == [])
        }
    }
}

@Suite struct `The folder schema` {
    private static let folder = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("schema")

    @Test(arguments: ["migrations", "functions", "checks"])
    func `is listed completely`(subfolder: String) throws {
        let listed =
            switch subfolder {
            case "migrations": Schema.migrations
            case "functions": Schema.functions
            case _: Schema.checks
            }
        let path = Self.folder.appendingPathComponent(subfolder).path
        let files = try FileManager.default.contentsOfDirectory(atPath: path)
        #expect(Set(listed.map { "\($0.name).sql" }) == Set(files))
        for file in listed {
            let text = try String(contentsOfFile: "\(path)/\(file.name).sql", encoding: .utf8)
            #expect(file.sql == text)
        }
    }

    @Test func `has its migrations in order, each with a number of its own`() {
        let names = Schema.migrations.map(\.name)
        #expect(names == names.sorted())
        #expect(Set(names.map { $0.prefix(4) }).count == names.count)
    }

    /// Every change of the schema shows in the dump, and so in review. To write it anew, run this
    /// test with FERROVIA_WRITE_SCHEMA_DUMP=1.
    @Test func `dumps to what is committed as schema.sql`() async throws {
        try await TestDatabase.with { database in
            try await Migrator(configuration: database.configuration).migrate()
            let dump = try await Self.dump(database)
            if ProcessInfo.processInfo.environment["FERROVIA_WRITE_SCHEMA_DUMP"] != nil {
                let file = Self.folder.appendingPathComponent("schema.sql")
                try dump.write(to: file, atomically: true, encoding: .utf8)
                return
            }
            let isSame = dump == Schema.dump.sql
            #expect(isSame, "run it with FERROVIA_WRITE_SCHEMA_DUMP=1 and look at the difference")
        }
    }

    private static func dump(_ database: TestDatabase) async throws -> String {
        let dump = try await ChildProcess.run(
            "/usr/bin/env", ["pg_dump", "--schema-only", "--dbname", database.conninfo])
        var lines = [
            "-- What a freshly migrated database looks like: pg_dump --schema-only, without its"
        ]
        lines += ["-- comments and settings. Written by a test; see MigratorTests.swift.", ""]
        // Comments name versions, settings are the dump's own, \restrict carries a random word.
        lines += dump.output.split(separator: "\n").map(String.init).filter { line in
            !["--", "SET ", "SELECT pg_catalog.set_config", "\\"].contains {
                line.hasPrefix($0)
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }
}

extension TestDatabase {
    func query(_ query: Query) async throws -> Rows {
        try await LogDatabase.connected(configuration) { try await $0.query(query) }
    }
}
