import EventStore
import EventStoreConformance
import Foundation
import Postgres
import PostgresEventStore
import Schema
import TestPostgres
import Testing

/// A freshly migrated database with one tenant, seen as the service sees it: by a role that is no
/// superuser and owns nothing. After each test the checks of `schema/checks` must return no rows.
struct LogDatabase {
    static let serviceRole = "ferrovia_test_service"

    let admin: PostgresConfiguration
    let service: PostgresConfiguration
    let pool: PostgresPool
    let store: PostgresEventStore<NoInlineProjections>
    let tenant = TenantID(UUID())

    static func with(
        isolation: isolated (any Actor)? = #isolation, checking: Bool = true,
        _ body: (LogDatabase) async throws -> Void
    ) async throws {
        try await TestDatabase.with { database in
            let log = LogDatabase(conninfo: database.conninfo)
            try await log.prepare()
            do {
                try await body(log)
            } catch {
                await log.pool.close()
                throw error
            }
            await log.pool.close()
            if checking { try await log.check() }
        }
    }

    init(conninfo: String) {
        admin = PostgresConfiguration(conninfo: conninfo)
        service = PostgresConfiguration(conninfo: conninfo, settings: ["role": Self.serviceRole])
        pool = PostgresPool(configuration: service, maximum: 24, waitLimit: .seconds(60))
        store = PostgresEventStore(pool: pool)
    }

    func prepare() async throws {
        try await asAdmin { connection in
            try await connection.executeScript(
                unsafeSQL: """
                    DO $$ BEGIN CREATE ROLE \(Self.serviceRole) NOLOGIN;
                    EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$
                    """)
        }
        try await Migrator(configuration: admin, loginRole: Self.serviceRole).migrate()
        #expect(try await open(tenant) == .created)
    }

    func open(_ tenant: TenantID) async throws -> TenantCreation {
        let name = try #require(TenantName("t-\(tenant.description)"))
        return try await TenantDirectory(pool: pool).create(tenant, name: name)
    }

    func check() async throws {
        try await asAdmin { connection in
            for check in Schema.checks {
                let rows = try await connection.query(Query(unsafeSQL: check.sql))
                #expect(rows.isEmpty, "check \(check.name) returned \(rows.count) rows")
            }
        }
    }

    func asAdmin<Value: Sendable>(
        isolation: isolated (any Actor)? = #isolation,
        _ body: (PostgresConnection) async throws -> Value
    ) async throws -> Value {
        try await Self.connected(admin, body)
    }

    func asService<Value: Sendable>(
        isolation: isolated (any Actor)? = #isolation,
        _ body: (PostgresConnection) async throws -> Value
    ) async throws -> Value {
        try await Self.connected(service, body)
    }

    static func connected<Value: Sendable>(
        _ configuration: PostgresConfiguration, isolation: isolated (any Actor)? = #isolation,
        _ body: (PostgresConnection) async throws -> Value
    ) async throws -> Value {
        let connection = try await PostgresConnection.connect(configuration)
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

extension EventLogError.Code {
    /// The kind of failure that the body ends in.
    static func of(_ body: () async throws -> Void) async -> EventLogError.Code? {
        do {
            try await body()
            return nil
        } catch {
            return (error as? EventLogError)?.code
        }
    }
}

extension PostgresError {
    /// The state that the body ends in.
    static func state(
        isolation: isolated (any Actor)? = #isolation, _ body: () async throws -> Void
    ) async -> SQLState? {
        do {
            try await body()
            return nil
        } catch {
            return (error as? PostgresError)?.sqlState
        }
    }
}
