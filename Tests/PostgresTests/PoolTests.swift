import TestPostgres
import Testing

@testable import Postgres

@Suite struct `Pool` {
    @Test func `when all are lent, a waiter's time runs out with a typed error`() async throws {
        try await TestDatabase.with { database in
            let pool = PostgresPool(
                configuration: database.configuration, maximum: 1, waitLimit: .milliseconds(20),
                maximumWaiters: 1)
            // Connecting itself may take longer than this test lets anybody wait.
            var first: PostgresPool.Lease?
            try await eventually("the first lease") {
                first = try? await pool.acquire()
                return first != nil
            }
            let lease = try #require(first)
            let failure = await #expect(throws: PostgresError.self) { try await pool.acquire() }
            #expect(failure?.code == .poolExhausted)
            #expect(await pool.statistics.waiting == 0)
            await pool.release(lease)
            try await pool.withConnection { try await $0.execute("SELECT 1") }
            #expect(await pool.statistics.openedTotal == 1)
            await pool.close()
        }
    }

    @Test func `a cancelled waiter leaves and takes nothing with it`() async throws {
        try await TestDatabase.with { database in
            let pool = PostgresPool(configuration: database.configuration, maximum: 1)
            let lease = try await pool.acquire()
            let waiter = Task { try await pool.acquire() }
            try await eventually("somebody waits") { await pool.statistics.waiting == 1 }
            waiter.cancel()
            let failure = await #expect(throws: PostgresError.self) { try await waiter.value }
            #expect(failure?.code == .cancelled)
            #expect(await pool.statistics.waiting == 0)
            await pool.release(lease)
            #expect(await pool.statistics.idle == 1)
            await pool.close()
        }
    }

    @Test func `many tasks share few connections, each exclusively`() async throws {
        try await TestDatabase.with { database in
            // Nobody is to be turned away, however busy the machine is with other tests.
            let pool = PostgresPool(
                configuration: database.configuration, maximum: 3, waitLimit: .seconds(120))
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<200 {
                    group.addTask {
                        try await pool.withConnection { connection in
                            try await connection.transaction { connection in
                                try await connection.execute(
                                    "SELECT set_config('a.b', \(String(number)), true)")
                                let rows = try await connection.query(
                                    "SELECT current_setting('a.b')")
                                #expect(try rows.decode(String.self) == ["\(number)"])
                            }
                        }
                    }
                }
                try await group.waitForAll()
            }
            let statistics = await pool.statistics
            #expect(statistics.open <= 3 && statistics.leased == 0 && statistics.waiting == 0)
            await pool.close()
            #expect(await pool.statistics.open == 0)
            let failure = await #expect(throws: PostgresError.self) { try await pool.acquire() }
            #expect(failure?.code == .poolClosed)
        }
    }

    @Test func `a connection that comes back in the middle of something is not lent again`()
        async throws
    {
        try await TestDatabase.with { database in
            let pool = PostgresPool(configuration: database.configuration, maximum: 1)
            try await pool.withConnection { try await $0.execute("BEGIN") }
            let first = await pool.statistics
            #expect(first.discardedTotal == 1)
            try await pool.withConnection { connection in
                let stream = try await connection.stream("SELECT generate_series(1, 1000)")
                var iterator = stream.makeAsyncIterator()
                _ = try await iterator.next()
            }
            #expect(await pool.statistics.discardedTotal == 2)
            await pool.close()
        }
    }

    @Test func `run keeps the minimum and returns when cancelled`() async throws {
        try await TestDatabase.with { database in
            let pool = PostgresPool(configuration: database.configuration, minimum: 2, maximum: 4)
            let running = Task { await pool.run() }
            try await eventually("the minimum is open") { await pool.statistics.idle == 2 }
            running.cancel()
            await running.value
            #expect(await pool.statistics.open == 0)
        }
    }

    @Test func `closing cuts off a lease that does not come back`() async throws {
        try await TestDatabase.with { database in
            let pool = PostgresPool(configuration: database.configuration, maximum: 1)
            let lease = try await pool.acquire()
            let statement = Task { try await lease.connection.query("SELECT pg_sleep(600)") }
            await pool.close(grace: .milliseconds(20))
            let failure = await #expect(throws: PostgresError.self) { try await statement.value }
            #expect(failure?.code == .connectionClosed)
        }
    }
}
