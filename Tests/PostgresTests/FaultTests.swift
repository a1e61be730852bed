import TestPostgres
import Testing

@testable import Postgres

@Suite struct `Faults` {
    @Test func `a server killed in the middle of a statement leaves the outcome unknown`()
        async throws
    {
        let cluster = try await TestCluster.start()
        let configuration = PostgresConfiguration(conninfo: cluster.conninfo)
        let connection = try await PostgresConnection.connect(configuration)
        let inTransaction = try await PostgresConnection.connect(configuration)
        let observer = try await PostgresConnection.connect(configuration)
        let pool = PostgresPool(configuration: configuration, minimum: 1, maximum: 2)
        try await pool.withConnection { try await $0.execute("SELECT 1") }
        let first = Task { try await connection.query("SELECT pg_sleep(600)") }
        let second = Task {
            try await inTransaction.transaction { try await $0.query("SELECT pg_sleep(600)") }
        }
        for process in [connection.backendProcessID, inTransaction.backendProcessID] {
            try await eventually("the statements run") { try await observer.isActive(process) }
        }
        try await cluster.kill()
        let failure = await #expect(throws: PostgresError.self) { try await first.value }
        #expect(failure?.code == .connectionLost)
        #expect(failure?.outcomeIsUnknown == true)
        #expect(!connection.isUsable)
        let rolledBack = await #expect(throws: PostgresError.self) { try await second.value }
        #expect(rolledBack?.code == .connectionLost)
        #expect(rolledBack?.outcomeIsUnknown == false)
        let refused = await #expect(throws: PostgresError.self) {
            try await pool.withConnection { try await $0.execute("SELECT 1") }
        }
        #expect(refused?.code == .connectionFailed)
        try await cluster.restart()
        try await pool.withConnection { try await $0.execute("SELECT 1") }
        await pool.close()
        for open in [connection, inTransaction, observer] { await open.close() }
        try await cluster.stop()
    }

    @Test func `an idle connection that was cut is known to be lost before anything is sent`()
        async throws
    {
        try await TestDatabase.with { database in
            let connection = try await database.connect()
            let other = try await database.connect()
            let process = connection.backendProcessID
            try await other.execute("SELECT pg_terminate_backend(\(process))")
            try await eventually("the server says goodbye") { !connection.isQuiet }
            let failure = await #expect(throws: PostgresError.self) {
                try await connection.query("SELECT 1")
            }
            #expect(failure?.code == .connectionLost)
            #expect(failure?.outcomeIsUnknown == false)
            #expect(!connection.isUsable)
            await connection.close()
            await other.close()
        }
    }

    @Test func `a connection cut in the middle is discarded and the pool replaces it`() async throws
    {
        try await TestDatabase.with { database in
            let pool = PostgresPool(configuration: database.configuration, maximum: 1)
            let observer = try await database.connect()
            let failure = await #expect(throws: PostgresError.self) {
                try await pool.withConnection {
                    try await $0.query("SELECT pg_terminate_backend(pg_backend_pid())")
                }
            }
            #expect(failure?.code == .connectionLost)
            #expect(failure?.sqlState == .adminShutdown)
            #expect(try await pool.withConnection { try await $0.query("SELECT 1").count } == 1)
            let idle = try await pool.withConnection { $0.backendProcessID }
            try await observer.execute("SELECT pg_terminate_backend(\(idle))")
            try await eventually("the process is gone") {
                try await observer.query("SELECT 1 FROM pg_stat_activity WHERE pid = \(idle)")
                    .isEmpty
            }
            #expect(try await pool.withConnection { try await $0.query("SELECT 1").count } == 1)
            #expect(await pool.statistics.discardedTotal == 2)
            await pool.close()
            await observer.close()
        }
    }
}
