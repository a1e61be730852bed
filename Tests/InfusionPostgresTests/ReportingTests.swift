import EventStore
import Foundation
import Infusion
import InfusionJournal
import InfusionProjections
import Postgres
import PostgresEventStore
import ReadModelsConformance
import TestPostgres
import Testing

@testable import InfusionPostgres

@Suite struct ReportingTests {
    @Test(arguments: 71...74 as ClosedRange<UInt64>)
    func `the report is a fold of the log`(seed: UInt64) async throws {
        try await ClinicDatabase.with { database in
            try await database.live(seed: seed, batches: 60)
            try await database.report(pageEvents: 7)
            let fold = try await LogFold(of: database.store, tenant: database.tenant)
            let live = try await database.liveRows([.doseReport])
            #expect(live.shares.map { CanonicalRow($0).description } == fold.shareLines)
            let report = try await database.reported()
            #expect(report.rows.map { CanonicalRow($0).description } == fold.reportLines)
            #expect(!report.rows.isEmpty)
            let head = try await database.store.head(tenant: database.tenant)
            #expect(report.position == head)
            let started = fold.shares.reduce(0) { $0 + $1.counts.dosesStarted }
            #expect(report.rows.reduce(0) { $0 + $1.counts.dosesStarted } == started)
        }
    }

    /// With more patients than are remembered, nearly every page meets some whose folds begin anew.
    @Test(arguments: [(7, 2), (40, 2), (40, 6)])
    func `who was forgotten is folded from the log again`(
        pageEvents: Int, cachedPatients: Int
    ) async throws {
        try await ClinicDatabase.with { database in
            var clinic = RandomClinic(tenant: database.tenant, seed: 78, patients: 20)
            try await database.live(&clinic, batches: 60)
            try await database.report(pageEvents: pageEvents, cachedPatients: cachedPatients)
            let fold = try await LogFold(of: database.store, tenant: database.tenant)
            let live = try await database.liveRows([.doseReport])
            #expect(live.shares.map { CanonicalRow($0).description } == fold.shareLines)
            #expect(!live.shares.isEmpty)
        }
    }

    /// Killed again and again in the middle of its pages, while the clinic works.
    @Test func `nothing is lost or counted twice by stopping anywhere`() async throws {
        try await ClinicDatabase.with { database in
            var clinic = RandomClinic(tenant: database.tenant, seed: 75)
            for round in 0..<25 {
                try await database.live(&clinic, batches: 4)
                let projector = database.projector("owner-\(round)", pageEvents: 3)
                let task = Task { try await projector.run() }
                try await Task.sleep(for: .milliseconds(round % 6 * 5))
                task.cancel()
                try? await task.value
            }
            try await database.report()
            let comparison = try await database.rebuilder.check(
                [.doseReport], tenant: database.tenant)
            #expect(comparison.isClean, "\(comparison.projections)")
        }
    }

    /// The old owner was only paused: what it writes after its successor is refused as a whole.
    @Test func `an owner who was overtaken writes nothing`() async throws {
        try await ClinicDatabase.with { database in
            try await database.live(seed: 76, batches: 40)
            let late = database.projector("old")
            let old = try await late.checkpoints.acquire(owner: "old", lease: .zero)
            try await database.report()
            let before = try await database.reported()
            do {
                _ = try await late.advance(
                    old, to: TailCheckpoint(position: Position(1), logEpoch: 1),
                    writing: [
                        DoseShareParameters([]).statement(
                            replacing: Array(try await database.patients()), in: 0,
                            tenant: database.tenant)
                    ])
                Issue.record("a stale token moved the checkpoint")
            } catch {
                #expect((error as? EventLogError)?.code == .staleCheckpoint)
            }
            #expect(try await database.reported() == before)
        }
    }

    /// They come and go while the clinic works; each patient is somebody's, and lines are shared.
    @Test func `several projectors share the patients and make one report`() async throws {
        try await ClinicDatabase.with { database in
            var clinic = RandomClinic(tenant: database.tenant, seed: 171, patients: 40)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for owner in 0..<3 {
                    let projector = database.projector("owner-\(owner)", pageEvents: 7)
                    group.addTask { try await projector.run() }
                }
                try await database.live(&clinic, batches: 40)
                try await eventually("each of them has its share") {
                    try await database.shareOfOwners() == [5, 5, 6]
                }
                try await database.live(&clinic, batches: 40)
                try await database.waitForReport(
                    try await database.store.head(tenant: database.tenant))
                group.cancelAll()
                while await group.nextResult() != nil {}
            }
            let report = try await database.rebuilder.check(
                [.doseReport], tenant: database.tenant)
            #expect(report.isClean, "\(report.projections)")
            let fold = try await LogFold(of: database.store, tenant: database.tenant)
            #expect(
                try await database.reported().rows.map { CanonicalRow($0).description }
                    == fold.reportLines)
        }
    }

    /// Wake-ups that never come: polling finds the events all the same.
    @Test func `a lost notification loses nothing`() async throws {
        try await ClinicDatabase.with { database in
            let projector = database.projector("deaf", wakeUps: PollingOnly())
            let task = Task { try await projector.run() }
            try await database.live(seed: 77, batches: 20)
            try await database.waitForReport(try await database.store.head(tenant: database.tenant))
            task.cancel()
            try? await task.value
        }
    }

    @Test func `a notification wakes the projector long before it would have looked`() async throws
    {
        try await ClinicDatabase.with { database in
            let wakeUps = PostgresWakeUps(configuration: database.service)
            let listening = Task { await wakeUps.run() }
            let projector = ReportingProjector(
                pool: database.pool, log: database.store, tenant: database.tenant,
                doseReport: ClinicDatabase.doseReport, owner: "awake", wakeUps: wakeUps,
                pollInterval: .seconds(3_600))
            let task = Task { try await projector.run() }
            let notifier = PostgresEventNotifier(pool: database.pool)
            var clinic = RandomClinic(tenant: database.tenant, seed: 78)
            for _ in 0..<10 {
                try await database.live(&clinic, batches: 1)
                let head = try await database.store.head(tenant: database.tenant)
                // Repeated, since the listener may not be there yet; never because it was lost.
                try await eventually("the report reaches \(head)") {
                    await notifier.committed(database.tenant)
                    return try await database.reported().position >= head
                }
            }
            task.cancel()
            listening.cancel()
            try? await task.value
            await listening.value
        }
    }

    @Test func `a service follows every tenant, new ones included`() async throws {
        try await ClinicDatabase.with { database in
            let service = ReportingService(
                pool: database.pool, log: database.store, doseReport: ClinicDatabase.doseReport,
                owner: "service", wakeUps: PollingOnly())
            let task = Task { await service.run() }
            try await database.live(seed: 79, batches: 10)
            try await database.waitForReport(try await database.store.head(tenant: database.tenant))
            task.cancel()
            await task.value
        }
    }
}

extension ClinicDatabase {
    /// How many partitions each living owner has.
    func shareOfOwners() async throws -> [Int64] {
        try await asService(of: tenant) { connection in
            try await connection.query(
                """
                SELECT count(*) FROM event_log.checkpoints
                WHERE leased_until > clock_timestamp() GROUP BY owner_name ORDER BY 1
                """
            ).decode(Int64.self)
        }
    }

    func patients() async throws -> Set<UUID> {
        Set(try await liveRows([.patientState]).patients.keys.map(\.uuid))
    }
}
