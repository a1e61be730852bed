import EventStore
import Foundation
import Infusion
import InfusionPostgres
import InfusionProjections
import Postgres
import PostgresEventStore
import ReadModelsConformance
import Schema
import TestPostgres
import Testing

/// A freshly migrated database with one tenant, seen as the service sees it. After each test the
/// checks of `schema/checks` must return no rows.
struct ClinicDatabase {
    static let serviceRole = "ferrovia_test_service"
    static let doseReport = DoseReportProjection(zones: [:])

    let admin: PostgresConfiguration
    let service: PostgresConfiguration
    let pool: PostgresPool
    let store: PostgresEventStore<InfusionProjector>
    let models: PostgresReadModels
    let rebuilder: ProjectionRebuilder
    let tenant: TenantID

    static func with(
        isolation: isolated (any Actor)? = #isolation, checking: Bool = true,
        _ body: (ClinicDatabase) async throws -> Void
    ) async throws {
        try await TestDatabase.with { database in
            let clinic = ClinicDatabase(conninfo: database.conninfo)
            try await clinic.prepare()
            do {
                try await body(clinic)
            } catch {
                await clinic.pool.close()
                throw error
            }
            await clinic.pool.close()
            if checking { try await clinic.check() }
        }
    }

    init(conninfo: String, tenant: TenantID = TenantID(UUID())) {
        self.tenant = tenant
        admin = PostgresConfiguration(conninfo: conninfo)
        service = PostgresConfiguration(conninfo: conninfo, settings: ["role": Self.serviceRole])
        pool = PostgresPool(configuration: service, maximum: 20, waitLimit: .seconds(60))
        store = PostgresEventStore(pool: pool, projector: InfusionProjector())
        models = PostgresReadModels(pool: pool)
        var rebuilder = ProjectionRebuilder(pool: pool, doseReport: Self.doseReport)
        // Not optimized, on a busy machine, while patients live through a year in seconds: a test that looks
        // at how the work is split sets its own.
        rebuilder.holding.events = .max
        rebuilder.holding.time = .seconds(20)
        rebuilder.holding.pause = .seconds(20)
        self.rebuilder = rebuilder
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
        try await open(tenant)
    }

    func open(_ tenant: TenantID) async throws {
        let name = try #require(TenantName("t-\(tenant.description)"))
        #expect(try await TenantDirectory(pool: pool).create(tenant, name: name) == .created)
    }

    /// A random clinic lives for so many batches.
    @discardableResult
    func live(seed: UInt64, batches: Int, patients: Int = 6) async throws -> RandomClinic {
        var clinic = RandomClinic(tenant: tenant, seed: seed, patients: patients)
        try await live(&clinic, batches: batches)
        return clinic
    }

    func live(_ clinic: inout RandomClinic, batches: Int) async throws {
        for _ in 0..<batches {
            let batch = clinic.nextBatch()
            clinic.settle(batch, try await store.append(batch, tenant: tenant))
        }
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
        try await connected(admin, body)
    }

    /// As the service, with the tenant set for the session; `nil` for nobody's.
    func asService<Value: Sendable>(
        of tenant: TenantID?, isolation: isolated (any Actor)? = #isolation,
        _ body: (PostgresConnection) async throws -> Value
    ) async throws -> Value {
        try await connected(service) { connection in
            if let tenant {
                try await connection.query(
                    "SELECT set_config('ferrovia.tenant_id', \(tenant.description), false)")
            }
            return try await body(connection)
        }
    }

    private func connected<Value: Sendable>(
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
