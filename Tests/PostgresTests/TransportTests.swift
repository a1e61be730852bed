import Postgres
import TestPostgres
import Testing

@Suite struct `The way to the server` {
    @Test func `over TLS a connection is encrypted, and so is its cancelling`() async throws {
        let (cluster, tls) = try await TestCluster.startWithTLS()
        let configuration = PostgresConfiguration(
            conninfo: tls.conninfo(trusting: tls.certificate))
        let connection = try await PostgresConnection.connect(configuration)
        let isEncrypted = try await connection.query(
            "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()")[0].decode(Bool.self)
        #expect(isEncrypted)
        let observer = try await PostgresConnection.connect(.init(conninfo: cluster.conninfo))
        let failure = await #expect(throws: PostgresError.self) {
            try await connection.query("SELECT pg_sleep(600)", deadline: .milliseconds(200))
        }
        #expect(failure?.code == .deadlineExceeded)
        try await eventually("the statement has ended on the server") {
            try await observer.query(
                "SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%pg_sleep(600)%' AND state = 'active' AND pid <> pg_backend_pid()"
            )[0].decode(Int64.self) == 0
        }
        // A connection that was cancelled is in doubt, and is not used again.
        #expect(!connection.isUsable)
        await connection.close()
        await observer.close()
        try await cluster.stop()
    }

    @Test func `a server that shows another certificate is not spoken to`() async throws {
        let (one, tls) = try await TestCluster.startWithTLS()
        let (two, other) = try await TestCluster.startWithTLS()
        let failure = await #expect(throws: PostgresError.self) {
            try await PostgresConnection.connect(
                .init(conninfo: tls.conninfo(trusting: other.certificate)))
        }
        #expect(failure?.code == .connectionFailed)
        #expect(failure?.outcomeIsUnknown == false)
        try await one.stop()
        try await two.stop()
    }

    @Test func `of several hosts the first that can write is taken`() async throws {
        let standby = try await TestCluster.start(
            settings: ["default_transaction_read_only": "on"])
        let primary = try await TestCluster.start()
        let conninfo = """
            host=/nowhere,\(standby.directory),\(primary.directory) user=postgres dbname=postgres \
            target_session_attrs=read-write
            """
        let connection = try await PostgresConnection.connect(.init(conninfo: conninfo))
        let directory = try await connection.query("SHOW unix_socket_directories")[0]
            .decode(String.self)
        #expect(directory == primary.directory)
        await connection.close()
        try await primary.stop()
        // Nobody is left who may write.
        let failure = await #expect(throws: PostgresError.self) {
            try await PostgresConnection.connect(.init(conninfo: conninfo))
        }
        #expect(failure?.code == .connectionFailed)
        try await standby.stop()
    }
}
