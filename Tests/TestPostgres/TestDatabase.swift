import Foundation
public import Postgres

/// A fresh database for one test, dropped after it.
///
/// It lives on the server of FERROVIA_TEST_DATABASE_URL (`scripts/test` sets it), or else on a
/// ``TestCluster`` that all tests of the process share.
public struct TestDatabase: Sendable {
    /// The database's name.
    public let name: String
    /// How to reach it.
    public let conninfo: String
    private let server: String

    /// The same as a configuration.
    public var configuration: PostgresConfiguration { Self.patient(conninfo) }

    private static let gate = TestGate(places: 4)

    /// Test machines are busy; no test is about the time that connecting takes.
    private static func patient(_ conninfo: String) -> PostgresConfiguration {
        PostgresConfiguration(conninfo: conninfo, connectTimeout: .seconds(60))
    }

    /// Runs the body with a fresh database and drops it, whatever happened.
    @discardableResult
    public static func with<Value>(
        isolation: isolated (any Actor)? = #isolation, _ body: (TestDatabase) async throws -> Value
    ) async throws -> Value {
        await gate.enter()
        do {
            let value = try await ungated(body)
            await gate.leave()
            return value
        } catch {
            await gate.leave()
            throw error
        }
    }

    private static func ungated<Value>(
        isolation: isolated (any Actor)? = #isolation, _ body: (TestDatabase) async throws -> Value
    ) async throws -> Value {
        let database = try await create(on: try await serverConninfo())
        do {
            let value = try await body(database)
            try await database.drop()
            return value
        } catch {
            try? await database.drop()
            throw error
        }
    }

    /// Runs the body with a connection to a fresh database.
    @discardableResult
    public static func withConnection<Value>(
        isolation: isolated (any Actor)? = #isolation,
        _ body: (PostgresConnection) async throws -> Value
    ) async throws -> Value {
        try await with { database in
            let connection = try await PostgresConnection.connect(database.configuration)
            do {
                let value = try await body(connection)
                await connection.close()
                return value
            } catch {
                await connection.close()
                throw error
            }
        }
    }

    /// Another connection to the database.
    public func connect() async throws -> PostgresConnection {
        try await PostgresConnection.connect(configuration)
    }

    /// Makes a database on a server.
    public static func create(on server: String) async throws -> TestDatabase {
        let suffix = UUID().uuidString.lowercased().replacingOccurrences(of: "-", with: "")
        let name = "test_\(suffix)"
        let connection = try await PostgresConnection.connect(patient(server))
        try await connection.execute("CREATE DATABASE \(identifier: name)")
        await connection.close()
        let conninfo = replacingDatabase(of: server, by: name)
        return TestDatabase(name: name, conninfo: conninfo, server: server)
    }

    /// Drops the database; whoever is still connected is cut off.
    public func drop() async throws {
        let connection = try await PostgresConnection.connect(Self.patient(server))
        try await connection.execute("DROP DATABASE \(identifier: name) WITH (FORCE)")
        await connection.close()
    }

    private static func serverConninfo() async throws -> String {
        if let given = ProcessInfo.processInfo.environment["FERROVIA_TEST_DATABASE_URL"],
            !given.isEmpty
        {
            return given
        }
        return try await TestCluster.forOrdinaryTests().conninfo
    }

    private static func replacingDatabase(of conninfo: String, by name: String) -> String {
        guard conninfo.contains("://"), var url = URLComponents(string: conninfo) else {
            return conninfo + " dbname='\(name)'"
        }
        url.path = "/\(name)"
        return url.string ?? conninfo
    }
}
