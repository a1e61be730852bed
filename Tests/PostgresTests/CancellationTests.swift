import TestPostgres
import Testing

@testable import Postgres

@Suite struct `Cancellation and deadlines` {
    @Test func `a cancelled task cancels its statement on the server`() async throws {
        try await TestDatabase.with { database in
            let connection = try await database.connect()
            let observer = try await database.connect()
            let process = connection.backendProcessID
            let task = Task { try await connection.query("SELECT pg_sleep(600)") }
            try await eventually("the statement runs") {
                try await observer.isActive(process)
            }
            task.cancel()
            let failure = await #expect(throws: PostgresError.self) { try await task.value }
            #expect(failure?.code == .cancelled)
            #expect(failure?.sqlState == .queryCanceled)
            #expect(failure?.outcomeIsUnknown == false)
            #expect(try await !observer.isActive(process))
            #expect(!connection.isUsable)
            await connection.close()
            await observer.close()
        }
    }

    @Test func `a deadline cancels its statement on the server`() async throws {
        try await TestDatabase.with { database in
            let connection = try await database.connect()
            let observer = try await database.connect()
            let process = connection.backendProcessID
            let failure = await #expect(throws: PostgresError.self) {
                try await connection.query("SELECT pg_sleep(600)", deadline: .milliseconds(50))
            }
            #expect(failure?.code == .deadlineExceeded)
            #expect(failure?.sqlState == .queryCanceled)
            #expect(try await !observer.isActive(process))
            #expect(!connection.isUsable)
            await connection.close()
            await observer.close()
        }
    }

    @Test func `the deadline of a transaction bounds each of its statements`() async throws {
        try await TestDatabase.withConnection { connection in
            let failure = await #expect(throws: PostgresError.self) {
                try await connection.transaction(deadline: .milliseconds(50)) {
                    try await $0.query("SELECT pg_sleep(600)")
                }
            }
            #expect(failure?.code == .deadlineExceeded)
        }
    }

    @Test func `what must not be cancelled runs to its end`() async throws {
        try await TestDatabase.with { database in
            let connection = try await database.connect()
            let observer = try await database.connect()
            try await observer.execute("SELECT pg_advisory_lock(1)")
            let process = connection.backendProcessID
            let task = Task {
                try await connection.query(
                    "SELECT pg_advisory_lock(1)", deadline: .milliseconds(1), cancellation: .ignored
                )
            }
            try await eventually("the statement runs") { try await observer.isActive(process) }
            task.cancel()
            try await observer.execute("SELECT pg_advisory_unlock(1)")
            #expect(try await task.value.count == 1)
            #expect(connection.isUsable)
            await connection.close()
            await observer.close()
        }
    }

    @Test func `a cancelled task sends nothing`() async throws {
        try await TestDatabase.withConnection { connection in
            let task = Task {
                withUnsafeCurrentTask { $0?.cancel() }
                return try await connection.query("SELECT 1")
            }
            let failure = await #expect(throws: PostgresError.self) { try await task.value }
            #expect(failure?.code == .cancelled)
            #expect(connection.isUsable)
            let rows = try await connection.query("SELECT 1")
            #expect(rows.count == 1)
        }
    }

    @Test func `close gets through to a statement that runs`() async throws {
        try await TestDatabase.with { database in
            let connection = try await database.connect()
            let observer = try await database.connect()
            let process = connection.backendProcessID
            let task = Task { try await connection.query("SELECT pg_sleep(600)") }
            try await eventually("the statement runs") { try await observer.isActive(process) }
            await connection.close()
            let failure = await #expect(throws: PostgresError.self) { try await task.value }
            #expect(failure?.code == .connectionClosed)
            #expect(failure?.outcomeIsUnknown == true)
            try await eventually("the server lets go") { try await !observer.isActive(process) }
            await observer.close()
        }
    }
}

extension PostgresConnection {
    /// Whether the process sleeps or waits for a test; what a connection says of itself first is not that.
    func isActive(_ process: Int32) async throws -> Bool {
        try await !query(
            """
            SELECT 1 FROM pg_stat_activity
            WHERE pid = \(process) AND state = 'active' AND query ~ 'pg_sleep|pg_advisory_lock'
            """
        ).isEmpty
    }
}
