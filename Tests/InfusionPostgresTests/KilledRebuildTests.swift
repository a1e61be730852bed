import EventStore
import Foundation
import Infusion
import InfusionProjections
import Postgres
import PostgresEventStore
import ReadModelsConformance
import Synchronization
import TestPostgres
import Testing

@testable import InfusionPostgres

/// Rebuilds in processes of their own (`Tests/RebuildRunner`), killed for good.
@Suite struct KilledRebuildTests {
    @Test func `what was staged before the kill is not staged again`() async throws {
        try await ClinicDatabase.with { database in
            try await database.live(seed: 71, batches: 80, patients: 30)
            try await database.report()
            let before = try await database.digests()
            let killed = try await RebuildProcess.run(database, .init(count: 2)).outcome
            #expect(killed == .killed)
            #expect(try await database.digests() == before)
            guard case .finished(let resumed) = try await RebuildProcess.run(database).outcome
            else {
                Issue.record("it did not get to the end")
                return
            }
            #expect(resumed > 0)
            #expect(try await database.digests() == before)
            #expect(try await database.leftBehind() == 0)
        }
    }

    /// What a resumed rebuild reports is what one without a stop reports.
    @Test func `the digests go on where they were left`() async throws {
        try await ClinicDatabase.with { database in
            try await database.live(seed: 72, batches: 80, patients: 30)
            let before = try await database.rebuilder.check(tenant: database.tenant)
            #expect(
                try await RebuildProcess.run(database, .init(count: 3)).outcome == .killed)
            let report = try await database.rebuilder.rebuild(tenant: database.tenant)
            #expect(report.resumedPatients > 0)
            #expect(report.projections == before.projections)
            #expect(report.patients == before.patients)
            #expect(report.events == before.events)
            #expect(report.appendsHeld != nil)
        }
    }

    @Test func `from scratch, with other projections or with other folds nothing is gone on with`()
        async throws
    {
        try await ClinicDatabase.with { database in
            try await database.live(seed: 73, batches: 80, patients: 30)
            let (tenant, rebuilder) = (database.tenant, database.rebuilder)
            let kill = { try await RebuildProcess.run(database, .init(count: 2)).outcome }
            #expect(try await kill() == .killed)
            let scratch = try await rebuilder.rebuild(tenant: tenant, fromScratch: true)
            #expect(scratch.resumedPatients == 0 && scratch.isClean)

            #expect(try await kill() == .killed)
            let other = try await rebuilder.rebuild(
                [.appointments], tenant: tenant, fromScratch: true)
            #expect(other.resumedPatients == 0 && other.isClean)

            #expect(try await kill() == .killed)
            let zones = DoseReportProjection(
                zones: [SiteID("north"): try #require(TimeZone(identifier: "UTC"))])
            let elsewhere = try await ProjectionRebuilder(
                pool: database.pool, doseReport: zones
            ).rebuild(tenant: tenant)
            #expect(elsewhere.resumedPatients == 0)
            #expect(try await database.leftBehind() == 0)
            #expect(try await rebuilder.check(tenant: tenant).isClean)
        }
    }

    @Test func `one of other projections is refused, and what was stopped goes on`() async throws {
        try await ClinicDatabase.with { database in
            try await database.live(seed: 76, batches: 80, patients: 30)
            let (tenant, pool) = (database.tenant, database.pool)
            #expect(try await UnfinishedRebuild.read(pool, tenant: tenant) == nil)
            #expect(try await RebuildProcess.run(database, .init(count: 2)).outcome == .killed)
            let stopped = try #require(try await UnfinishedRebuild.read(pool, tenant: tenant))
            #expect(stopped.projections == ProjectionName.allCases)
            #expect(stopped.patients > 0 && stopped.events < stopped.total)
            #expect(stopped.begun <= stopped.moved)

            let error = await #expect(throws: EventLogError.self) {
                _ = try await database.rebuilder.rebuild([.recheckQueue], tenant: tenant)
            }
            #expect(error?.code == .rebuildUnfinished)
            #expect(try await UnfinishedRebuild.read(pool, tenant: tenant) == stopped)
            let report = try await database.rebuilder.rebuild(tenant: tenant)
            #expect(report.resumedPatients == stopped.patients && report.isClean)
            #expect(try await UnfinishedRebuild.read(pool, tenant: tenant) == nil)
            #expect(try await database.leftBehind() == 0)
        }
    }

    /// The clinic works on: appends, bookings, the report's writer, queries, and one who reads the
    /// queue for as long as everything takes.
    @Test(arguments: [74, 75] as [UInt64])
    func `killed at random, the live rows serve throughout and the last start gets through`(
        seed: UInt64
    ) async throws {
        try await ClinicDatabase.with { database in
            try await database.live(seed: seed, batches: 100, patients: 30)
            try await database.whileWorking(seed: seed) {
                var generator = SeededGenerator(seed: seed)
                var kills = 0
                for _ in 0..<14 {
                    let end = RebuildProcess.End(
                        count: Int.random(in: 0...12, using: &generator),
                        microseconds: Int.random(in: 0...12_000, using: &generator))
                    let (outcome, _) = try await RebuildProcess.run(database, end)
                    if outcome == .killed { kills += 1 }
                }
                #expect(kills > 0)
                let report = try await database.rebuilder.rebuild(tenant: database.tenant)
                #expect(report.isSwapped && report.parked.isEmpty)
                #expect(report.appendsHeld != nil)
            }
            let report = try await database.rebuilder.check(tenant: database.tenant)
            #expect(report.isClean, "\(report.projections)")
            #expect(try await database.leftBehind() == 0)
        }
    }
}

extension ClinicDatabase {
    /// Rows of generations that nobody reads.
    func leftBehind() async throws -> Int {
        try await asAdmin { connection in
            var rows = 0
            for (table, projection) in [
                ("patient_state", "patient_state"), ("recheck_queue", "recheck_queue"),
                ("appointments", "appointments"), ("subject_references", "subject_references"),
                ("waitlist", "waitlist"),
                ("dose_report_shares", "dose_report"), ("dose_report", "dose_report"),
            ] {
                rows += try await connection.query(
                    Query(
                        unsafeSQL: """
                            SELECT count(*) FROM infusion.\(table) r
                            JOIN infusion.generations g ON g.tenant_id = r.tenant_id
                              AND g.projection = '\(projection)' AND g.generation <> r.generation
                            """))[0].decode(Int.self, at: 0)
            }
            return rows
        }
    }

    /// Runs the body while the clinic works, then stops it; whatever fails there fails here.
    func whileWorking(seed: UInt64, _ body: @escaping @Sendable () async throws -> Void)
        async throws
    {
        let projector = projector("beside", pageEvents: 50)
        let reporting = Task { try await projector.run() }
        let day = WorkingDay()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for own in 1...2 as ClosedRange<UInt64> {
                group.addTask {
                    var clinic = RandomClinic(tenant: tenant, seed: seed * 100 + own, patients: 15)
                    while day.goesOn { try await live(&clinic, batches: 1) }
                }
            }
            group.addTask {
                while day.goesOn { _ = try await openRows() }
            }
            group.addTask { try await readSlowly(day) }
            group.addTask {
                defer { day.end() }
                try await body()
            }
            try await group.waitForAll()
        }
        try await waitForReport(try await store.head(tenant: tenant))
        reporting.cancel()
        try await reporting.value
    }

    private func openRows() async throws -> Int {
        try await asService(of: tenant) { connection in
            try await connection.query(
                Statements.liveRechecks(tenant.uuid, PatientRange.lowest, PatientRange.highest)
            ).count
        }
    }

    /// One transaction that sees the queue as it was when it began, whatever is switched and
    /// discarded meanwhile.
    private func readSlowly(_ day: WorkingDay) async throws {
        try await asService(of: tenant) { connection in
            try await connection.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            let first = try await queue(connection)
            while day.goesOn {
                let again = try await queue(connection)
                #expect(again == first)
            }
        }
    }

    private func queue(_ connection: PostgresConnection) async throws -> [String] {
        var rows: [String] = []
        var after = PatientRange.lowest
        while true {
            let page = try await connection.query(
                """
                SELECT q.patient_id, q::text FROM infusion.recheck_queue q
                WHERE q.tenant_id = \(tenant.uuid) AND q.patient_id > \(after)
                  AND q.generation = (SELECT coalesce(max(g.generation), 1)
                    FROM infusion.generations g
                    WHERE g.tenant_id = \(tenant.uuid) AND g.projection = 'recheck_queue')
                ORDER BY q.patient_id, q.rule, q.anchor_version, q.opened_position
                FETCH FIRST 20 ROWS WITH TIES
                """)
            guard let last = page.last else { return rows }
            for row in page { rows.append(try row.decode(String.self, at: 1)) }
            after = try last.decode(UUID.self, at: 0)
        }
    }
}

/// Goes on until somebody ends it, or somebody who works has failed.
private final class WorkingDay: Sendable {
    private let isOver = Mutex(false)

    var goesOn: Bool { !isOver.withLock { $0 } && !Task.isCancelled }

    func end() { isOver.withLock { $0 = true } }
}
