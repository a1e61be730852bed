import TestPostgres
import Testing

@testable import Postgres

@Suite struct `Row streams` {
    @Test func `all rows arrive in order and the connection is free again`() async throws {
        try await TestDatabase.withConnection { connection in
            var count = 0
            for try await row in try await connection.stream("SELECT generate_series(1, \(20_000))")
            {
                count += 1
                guard try row.decode(Int.self) == count else { throw PostgresError(.decoding) }
            }
            #expect(count == 20_000)
            #expect(try await connection.query("SELECT 1").count == 1)
            for try await _ in try await connection.stream("SELECT 1 WHERE false") { count += 1 }
            #expect(count == 20_000)
            #expect(connection.isAtRest)
        }
    }

    @Test func `while a stream is open nothing else is served`() async throws {
        try await TestDatabase.withConnection { connection in
            let stream = try await connection.stream("SELECT generate_series(1, 10)")
            let failure = await #expect(throws: PostgresError.self) {
                try await connection.query("SELECT 1")
            }
            #expect(failure?.code == .connectionBusy)
            var count = 0
            for try await _ in stream { count += 1 }
            #expect(count == 10)
        }
    }

    @Test func `a reader that stops early leaves a connection to be discarded`() async throws {
        try await TestDatabase.withConnection { connection in
            do {
                for try await _ in try await connection.stream("SELECT generate_series(1, 1000000)")
                {
                    break
                }
            }
            #expect(!connection.isUsable)
        }
    }

    @Test func `an error in the middle ends the stream and leaves the connection good`()
        async throws
    {
        try await TestDatabase.withConnection { connection in
            let failure = await #expect(throws: PostgresError.self) {
                for try await _ in try await connection.stream(
                    "SELECT 1 / (500 - i) FROM generate_series(1, 1000) i")
                {}
            }
            #expect(failure?.code == .serverError)
            #expect(connection.isUsable)
            let rows = try await connection.query("SELECT 1")
            #expect(rows.count == 1)
        }
    }
}
