import EventStore
import Foundation
import InfusionProjections
import Postgres
import PostgresEventStore
import ReadModelsConformance
import TestPostgres
import Testing

@testable import InfusionPostgres

@Suite struct PausedOwnerTests {
    /// A real process, stopped anywhere by SIGSTOP while it reports, and woken when others have gone on:
    /// between reading and writing, or in the middle of a transaction with its rows locked.
    @Test(arguments: 0..<4 as Range<UInt64>)
    func `an owner that was paused loses its partitions and writes nothing late`(
        seed: UInt64
    ) async throws {
        try await ClinicDatabase.with { database in
            var clinic = RandomClinic(tenant: database.tenant, seed: 180 + seed, patients: 20)
            let worker = try await ChildProcess(
                try ChildProcess.program("ReportingWorker"),
                [
                    database.admin.conninfo, ClinicDatabase.serviceRole,
                    database.tenant.description, "paused", "1000",
                ])
            defer { worker.send(SIGKILL) }
            try await eventually("the worker has every partition") {
                try await database.shareOfOwners() == [16]
            }
            try await database.live(&clinic, batches: 20)
            worker.send(SIGSTOP)
            try await eventually("its lease runs out") {
                try await database.lapsedLeases().map(\.partitions) == [Array(0..<16)]
            }
            let lapsed = try await database.lapsedLeases()[0]
            #expect(lapsed.owner == "paused")
            #expect(lapsed.projection == .doseReport)

            let heir = database.projector("heir", lease: .seconds(1))
            let running = Task { try await heir.run() }
            try await eventually("the heir has every partition") {
                try await database.partitions(of: "heir") == 16
            }
            try await database.live(&clinic, batches: 10)
            try await database.waitForReport(
                try await database.store.head(tenant: database.tenant))
            try await eventually("every lease is somebody's") {
                try await database.lapsedLeases().isEmpty
            }
            let before = try await database.reported()
            worker.send(SIGCONT)
            try await eventually("both have their share") {
                try await database.shareOfOwners() == [8, 8]
            }
            #expect(try await database.reported().rows == before.rows)
            try await database.live(&clinic, batches: 20)
            try await database.waitForReport(
                try await database.store.head(tenant: database.tenant))
            let shared = try await database.rebuilder.check(
                [.doseReport], tenant: database.tenant)
            #expect(shared.isClean, "\(shared.projections)")

            worker.send(SIGKILL)
            #expect(try await worker.ended().wasKilled)
            try await database.live(&clinic, batches: 10)
            try await database.waitForReport(
                try await database.store.head(tenant: database.tenant))
            #expect(try await database.partitions(of: "heir") == 16)
            running.cancel()
            try? await running.value
            // Who stops has given everything back.
            #expect(try await database.lapsedLeases().isEmpty)
            let alone = try await database.rebuilder.check([.doseReport], tenant: database.tenant)
            #expect(alone.isClean, "\(alone.projections)")
        }
    }
}

extension ClinicDatabase {
    fileprivate func lapsedLeases() async throws -> [LapsedLease] {
        try await LapsedLease.list(pool, tenant: tenant)
    }

    fileprivate func partitions(of owner: String) async throws -> Int64 {
        try await asService(of: tenant) { connection in
            try await connection.query(
                """
                SELECT count(*) FROM event_log.checkpoints
                WHERE leased_until > clock_timestamp() AND owner_name = \(owner)
                """
            )[0].decode(Int64.self, at: 0)
        }
    }
}
