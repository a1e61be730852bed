import EventStore
import Foundation
import Infusion
import InfusionProjections
import Postgres
import PostgresEventStore
import ReadModelsConformance
import TestPostgres
import Testing

@testable import InfusionPostgres

@Suite struct SecurityTests {
    static let tables = [
        "generations", "patient_state", "recheck_queue", "appointments", "subject_references",
        "waitlist",
        "dose_report_shares", "dose_report", "parked_streams", "rebuilds",
        "nurse_load",
    ]

    @Test func `every table shows a tenant its own rows and nobody else's`() async throws {
        try await ClinicDatabase.with { database in
            try await database.fillEveryTable()
            let other = TenantID(UUID())
            try await database.open(other)
            for table in Self.tables {
                #expect(try await database.count(table, as: database.tenant) > 0, "\(table)")
                #expect(try await database.count(table, as: other) == 0, "\(table)")
                #expect(try await database.count(table, as: nil) == 0, "\(table)")
            }
        }
    }

    @Test func `no role of the service writes a table`() async throws {
        try await ClinicDatabase.with { database in
            try await database.fillEveryTable()
            for table in Self.tables {
                for verb in ["DELETE FROM", "TRUNCATE"] {
                    let state = try await database.asService(of: database.tenant) { connection in
                        await SQLState.of {
                            try await connection.query(
                                Query(unsafeSQL: "\(verb) infusion.\(table)"))
                        }
                    }
                    #expect(state == .insufficientPrivilege, "\(verb) \(table)")
                }
            }
        }
    }

    @Test func `functions write for the tenant that is set, and for no other`() async throws {
        try await ClinicDatabase.with { database in
            let other = TenantID(UUID())
            try await database.open(other)
            let state = try await database.asService(of: database.tenant) { connection in
                await SQLState.of {
                    try await connection.query(
                        Statements.parkStream(other.uuid, "dose_report", UUID(), 1, "test", "test"))
                }
            }
            #expect(state == .insufficientPrivilege)
        }
    }
}

extension SQLState {
    static func of(
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

extension ClinicDatabase {
    func fillEveryTable() async throws {
        try await live(seed: 91, batches: 60)
        _ = try await store.append(
            [
                CapacityVisit(tenant, chair: "nurses").book(
                    CapacityVisit.Plan(starts: 9, patients: 9))
            ], tenant: tenant)
        try await report()
        _ = try await rebuilder.rebuild(tenant: tenant)
        _ = try await asService(of: tenant) { connection in
            try await connection.query(
                Statements.parkStream(tenant.uuid, "test", UUID(), 1, "test", "test"))
            try await connection.query(
                Statements.beginRebuild(tenant.uuid, ["appointments"], UUID(), "test", false))
        }
    }

    func count(_ table: String, as tenant: TenantID?) async throws -> Int {
        try await asService(of: tenant) { connection in
            try await connection.query(Query(unsafeSQL: "SELECT count(*) FROM infusion.\(table)"))[
                0
            ]
            .decode(Int.self, at: 0)
        }
    }
}
