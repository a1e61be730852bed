import Synchronization
import TestPostgres
import Testing

@testable import Postgres

@Suite struct `Transactions` {
    struct Refusal: Error {}

    @Test func `a body that returns is committed, one that throws is rolled back`() async throws {
        try await TestDatabase.withConnection { connection in
            try await connection.executeScript(unsafeSQL: "CREATE TABLE t (a int8)")
            try await connection.transaction { try await $0.execute("INSERT INTO t VALUES (1)") }
            await #expect(throws: Refusal.self) {
                try await connection.transaction {
                    try await $0.execute("INSERT INTO t VALUES (2)")
                    throw Refusal()
                }
            }
            #expect(try await connection.query("SELECT * FROM t").count == 1)
        }
    }

    @Test func `a swallowed error is no commit`() async throws {
        try await TestDatabase.withConnection { connection in
            let failure = await #expect(throws: PostgresError.self) {
                try await connection.transaction { connection in
                    _ = try? await connection.query("SELECT 1/0")
                }
            }
            #expect(failure?.code == .transactionAborted)
        }
    }

    @Test func `transactions do not nest`() async throws {
        try await TestDatabase.withConnection { connection in
            let failure = await #expect(throws: PostgresError.self) {
                try await connection.transaction { connection in
                    try await connection.transaction { _ in }
                }
            }
            #expect(failure?.code == .connectionBusy)
            #expect(connection.isUsable)
        }
    }

    @Test func `isolation and access are as asked`() async throws {
        try await TestDatabase.withConnection { connection in
            let failure = await #expect(throws: PostgresError.self) {
                try await connection.transaction(isolation: .serializable, readOnly: true) {
                    let row = try #require(try await $0.query("SHOW transaction_isolation").first)
                    #expect(try row.decode(String.self) == "serializable")
                    try await $0.execute("CREATE TABLE t (a int8)")
                }
            }
            #expect(failure?.sqlState == .readOnlyTransaction)
        }
    }

    @Test(arguments: ["40001", "40P01"])
    func `what may be tried again is tried again, so often and no more`(_ state: String)
        async throws
    {
        try await TestDatabase.withConnection { connection in
            try await connection.raise(state, untilTry: 3, attempts: 5, expectedTries: 3)
            await #expect(throws: PostgresError.self) {
                try await connection.raise(state, untilTry: 100, attempts: 4, expectedTries: 4)
            }
        }
    }

    @Test(arguments: ["23505", "40003", "55P03", "57014", "P0001"])
    func `nothing else is tried again`(_ state: String) async throws {
        try await TestDatabase.withConnection { connection in
            await #expect(throws: PostgresError.self) {
                try await connection.raise(state, untilTry: 100, attempts: 5, expectedTries: 1)
            }
        }
    }
}

extension PostgresConnection {
    fileprivate func raise(
        _ state: String, untilTry last: Int, attempts: Int, expectedTries: Int
    ) async throws {
        let tries = Mutex(0)
        defer { #expect(tries.withLock { $0 } == expectedTries) }
        try await retryTransaction(attempts: attempts) { connection in
            let current = tries.withLock {
                $0 += 1
                return $0
            }
            guard current < last else { return }
            try await connection.execute(
                """
                DO \(unsafeSQL: "$$ BEGIN RAISE EXCEPTION 'secret' USING ERRCODE = '\(state)'; END $$")
                """)
        }
    }
}
