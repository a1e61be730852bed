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
            let worker = try Worker(database, owner: "paused")
            defer { worker.kill() }
            try await eventually("the worker has every partition") {
                try await database.shareOfOwners() == [16]
            }
            try await database.live(&clinic, batches: 20)
            worker.send(SIGSTOP)

            let heir = database.projector("heir", lease: .seconds(1))
            let running = Task { try await heir.run() }
            try await eventually("the heir has every partition") {
                try await database.partitions(of: "heir") == 16
            }
            try await database.live(&clinic, batches: 10)
            try await database.waitForReport(
                try await database.store.head(tenant: database.tenant))
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

            worker.kill()
            try await database.live(&clinic, batches: 10)
            try await database.waitForReport(
                try await database.store.head(tenant: database.tenant))
            #expect(try await database.partitions(of: "heir") == 16)
            running.cancel()
            try? await running.value
            let alone = try await database.rebuilder.check([.doseReport], tenant: database.tenant)
            #expect(alone.isClean, "\(alone.projections)")
        }
    }
}

/// A process of its own: `Tests/ReportingWorker`.
private struct Worker {
    private let process = Process()

    init(_ database: ClinicDatabase, owner: String) throws {
        let folder = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
        let path = [
            folder, Bundle.main.bundleURL, Bundle.main.executableURL?.deletingLastPathComponent(),
        ]
        .compactMap { $0?.appendingPathComponent("ReportingWorker").path }
        .first(where: FileManager.default.isExecutableFile(atPath:))
        process.executableURL = URL(fileURLWithPath: try #require(path))
        process.arguments = [
            database.admin.conninfo, ClinicDatabase.serviceRole, database.tenant.description, owner,
            "1000",
        ]
        process.standardError = FileHandle.nullDevice
        try process.run()
    }

    func send(_ signal: Int32) { _ = Foundation.kill(process.processIdentifier, signal) }
    func kill() { send(SIGKILL) }
}

extension ClinicDatabase {
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
