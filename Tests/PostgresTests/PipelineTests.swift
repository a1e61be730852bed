import TestPostgres
import Testing

@testable import Postgres

@Suite struct `Pipelines` {
    @Test func `ten thousand statements, each result in its place`() async throws {
        try await TestDatabase.withConnection { connection in
            let padding = String(repeating: "x", count: 500)
            let queries = (0..<10_000).map { "SELECT \($0), \(padding)" as Query }
            let results = try await connection.pipeline(queries)
            #expect(results.count == 10_000)
            for (index, rows) in results.enumerated() {
                #expect(try rows[0].decode(Int.self, at: 0) == index)
            }
            #expect(try await connection.query("SELECT 1").count == 1)
        }
    }

    @Test func `a failing statement takes back all of them and is named`() async throws {
        try await TestDatabase.withConnection { connection in
            try await connection.executeScript(unsafeSQL: "CREATE TABLE t (a int8 PRIMARY KEY)")
            var queries = (0..<100).map { "INSERT INTO t VALUES (\($0))" as Query }
            queries[50] = queries[10]
            let batch = queries
            let failure = await #expect(throws: PostgresError.self) {
                try await connection.pipeline(batch)
            }
            #expect(failure?.sqlState == .uniqueViolation)
            #expect(failure?.pipelineIndex == 50)
            #expect(failure?.outcomeIsUnknown == false)
            #expect(connection.isUsable)
            let row = try #require(try await connection.query("SELECT count(*) FROM t").first)
            #expect(try row.decode(Int.self) == 0)
        }
    }

    @Test func `what fails at the commit fails the pipeline`() async throws {
        try await TestDatabase.withConnection { connection in
            try await connection.executeScript(
                unsafeSQL: "CREATE TABLE t (a int8 UNIQUE DEFERRABLE INITIALLY DEFERRED)")
            let failure = await #expect(throws: PostgresError.self) {
                try await connection.pipeline([
                    "INSERT INTO t VALUES (1)", "INSERT INTO t VALUES (1)",
                ])
            }
            #expect(failure?.sqlState == .uniqueViolation)
            #expect(try await connection.query("SELECT * FROM t").isEmpty)
        }
    }

    @Test func `a statement that cannot be parsed is named too`() async throws {
        try await TestDatabase.withConnection { connection in
            let failure = await #expect(throws: PostgresError.self) {
                try await connection.pipeline(["SELECT 1", "SELEC 2", "SELECT 3"])
            }
            #expect(failure?.sqlState == .syntaxError)
            #expect(failure?.pipelineIndex == 1)
            let results = try await connection.pipeline(["SELECT 1", "SELECT 3"])
            #expect(results.count == 2)
        }
    }
}
