import Foundation
import TestPostgres
import Testing

@testable import Postgres

@Suite struct `Queries` {
    @Test func `interpolation binds and never splices`() async throws {
        let hostile = "'); DROP TABLE patients; --"
        let query: Query = "SELECT \(hostile), \(7), \(Int64?.none)"
        #expect(query.sql == "SELECT $1, $2, $3")
        #expect(query.parameters.types == [25, 20, 20])
        try await TestDatabase.withConnection { connection in
            let row = try #require(try await connection.query(query).first)
            #expect(try row.decode(String.self, at: 0) == hostile)
        }
    }

    @Test(arguments: ["plain", "o'clock", "back\\slash", "\\'; SELECT 1; --", "\"", "ü\n", "$1"])
    func `identifiers and literals cannot be left`(_ text: String) async throws {
        try await TestDatabase.withConnection { connection in
            for conforming in ["on", "off"] {
                try await connection.execute(
                    "SET standard_conforming_strings = \(identifier: conforming)")
                let row = try #require(
                    try await connection.query("SELECT \(literal: text) AS \(identifier: text)")
                        .first)
                #expect(try row.decode(String.self, text) == text)
            }
        }
    }

    @Test func `a NUL byte in the text is refused before it is sent`() async throws {
        try await TestDatabase.withConnection { connection in
            let failure = await #expect(throws: PostgresError.self) {
                try await connection.query("SELECT 1 AS \(identifier: "a\0b")")
            }
            #expect(failure?.code == .invalidQuery)
            #expect(connection.isUsable)
        }
    }

    @Test func `a query shows its text but not its values`() {
        let query: Query = "SELECT \("secret")"
        var text = ""
        dump(query, to: &text)
        print(query, to: &text)
        #expect(!text.contains("secret"))
    }

    @Test func `a statement is planned for any arguments, and never compiled`() async throws {
        try await TestDatabase.withConnection { connection in
            // Expected to return a hundred million rows, which PostgreSQL would compile it for.
            let plan = try await connection.query(
                """
                EXPLAIN (ANALYZE, TIMING OFF)
                SELECT count(*) FROM generate_series(1, 10000) a, generate_series(1, 10000) b WHERE a < 0
                """
            ).map { try $0.decode(String.self, at: 0) }
            #expect(!plan.isEmpty)
            #expect(!plan.contains { $0.contains("JIT") })
            let row = try #require(
                try await connection.query("SELECT current_setting('plan_cache_mode')").first)
            #expect(try row.decode(String.self, at: 0) == "force_generic_plan")
        }
    }

    @Test func `a named statement is prepared once under its name`() async throws {
        let statement = NamedStatement(
            name: "add", sql: "-- Adds.\n/* well */ SELECT $1 + $2 AS sum")
        #expect(statement.displayText == "SELECT $1 + $2 AS sum")
        try await TestDatabase.withConnection { connection in
            for value in 0..<3 {
                let row = try #require(try await connection.query(statement(value, 1)).first)
                #expect(try row.decode(Int.self, "sum") == value + 1)
            }
            let names = try await connection.query(
                Query(unsafeSQL: "SELECT name FROM pg_prepared_statements"))
            #expect(try names.decode(String.self) == ["add_1"])
        }
    }

    @Test func `the statement cache is bounded and evicts on the server`() async throws {
        try await TestDatabase.withConnection { connection in
            let limit = PostgresLimits.preparedStatements
            for index in 0..<limit + 20 {
                let statement = NamedStatement(name: "s", sql: "SELECT $1 + \(index)")
                let row = try #require(try await connection.query(statement(1)).first)
                #expect(try row.decode(Int.self) == 1 + index)
                let other = NamedStatement(name: "s\(index)", sql: "SELECT $1")
                try await connection.query(other(1))
            }
            #expect(await connection.preparedStatementCount == limit)
            let row = try #require(
                try await connection.query(
                    Query(unsafeSQL: "SELECT count(*) FROM pg_prepared_statements")
                ).first)
            #expect(try row.decode(Int.self) <= limit + 1)
        }
    }

    @Test func `a plan whose result changed is prepared again`() async throws {
        try await TestDatabase.withConnection { connection in
            try await connection.executeScript(
                unsafeSQL: "CREATE TABLE t (a int8); INSERT INTO t VALUES (1)")
            let all = NamedStatement(name: "all", sql: "SELECT * FROM t")
            #expect(try await connection.query(all()).columns == ["a"])
            try await connection.executeScript(unsafeSQL: "ALTER TABLE t ADD b text")
            #expect(try await connection.query(all()).columns == ["a", "b"])
            try await connection.executeScript(unsafeSQL: "ALTER TABLE t ADD c text")
            #expect(try await connection.pipeline([all(), all()]).map(\.columns.count) == [3, 3])
            try await connection.executeScript(unsafeSQL: "DEALLOCATE ALL")
            #expect(try await connection.query(all()).columns.count == 3)
            try await connection.executeScript(unsafeSQL: "ALTER TABLE t ADD d text")
            let failure = await #expect(throws: PostgresError.self) {
                try await connection.transaction { try await $0.query(all()) }
            }
            #expect(failure?.sqlState == .featureNotSupported)
            #expect(
                try await connection.transaction { try await $0.query(all()).columns.count } == 4)
        }
    }

    @Test func `settings apply from the first statement on`() async throws {
        try await TestDatabase.with { database in
            var configuration = database.configuration
            configuration.settings = ["lock_timeout": "1234ms", "search_path": "pg_catalog"]
            configuration.applicationName = "settings test"
            let connection = try await PostgresConnection.connect(configuration)
            let row = try #require(
                try await connection.query(
                    """
                    SELECT current_setting('lock_timeout'), current_setting('search_path'),
                        current_setting('application_name'), current_setting('client_encoding')
                    """
                ).first)
            #expect(
                try row.decode((String, String, String, String).self)
                    == ("1234ms", "pg_catalog", "settings test", "UTF8"))
            await connection.close()
        }
    }
}
