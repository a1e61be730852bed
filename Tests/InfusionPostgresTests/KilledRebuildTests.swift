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

    /// Killed right where it tells of a phase, which for `holdingAppends` is behind the tenant's lock, in the
    /// middle of the transaction that switches. More than five hundred events have come since the fill began,
    /// so that there is something to catch up with.
    @Test(arguments: RebuildProgress.Phase.allCases)
    func `killed in each phase, the live rows serve and the next start gets through`(
        phase: RebuildProgress.Phase
    ) async throws {
        try await ClinicDatabase.with { database in
            var clinic = try await database.live(seed: 77, batches: 80, patients: 30)
            try await database.report()
            // The first start ends in its fill, whatever is to be killed next.
            let first = try await RebuildProcess.run(database, .init(phase: "reading", count: 1))
            #expect(first.outcome == .killed && first.phases == ["reading", "reading"])
            try await database.live(&clinic, events: 700)
            try await database.report()
            let live = try await database.generations()
            let before = try await database.digests()

            let killed = try await RebuildProcess.run(
                database, .init(phase: "\(phase)", count: phase == .catchingUp ? 3 : 0))
            #expect(killed.outcome == .killed)
            #expect(killed.phases.last == "\(phase)")
            if phase == .catchingUp {
                // By forty events of the log at a time, each a transaction of its own.
                #expect(killed.phases.count { $0 == "catchingUp" } == 4)
            }
            let isSwitched = phase == .discarding
            #expect(try await database.generations() == live || isSwitched)
            #expect(try await database.leftBehind() > 0)
            #expect(try await database.digests() == before)
            #expect(
                (try await UnfinishedRebuild.read(database.pool, tenant: database.tenant) == nil)
                    == isSwitched)

            let last = try await RebuildProcess.run(database)
            guard case .finished(let resumed) = last.outcome else {
                Issue.record("the last start did not get to the end: \(last)")
                return
            }
            #expect((resumed > 0) == !isSwitched)
            #expect(try await database.digests() == before)
            #expect(try await database.leftBehind() == 0)
        }
    }

    /// The clinic works on: appends, bookings, the report's writer, and one who reads the queue and the
    /// calendar page by page for as long as everything takes.
    @Test(arguments: [74, 75] as [UInt64])
    func `killed at random, the live rows serve throughout and the last start gets through`(
        seed: UInt64
    ) async throws {
        try await ClinicDatabase.with { database in
            try await database.live(seed: seed, batches: 100, patients: 30)
            try await database.whileWorking(seed: seed) {
                // In every phase that each start comes to, and then anywhere.
                var hit: [String] = []
                for phase in ["reading", "switching", "holdingAppends", "discarding"] {
                    let killed = try await RebuildProcess.run(database, .init(phase: phase))
                    #expect(killed.outcome == .killed)
                    hit += killed.phases.suffix(1)
                }
                #expect(hit == ["reading", "switching", "holdingAppends", "discarding"])
                var generator = SeededGenerator(seed: seed)
                for _ in 0..<6 {
                    let end = RebuildProcess.End(
                        count: Int.random(in: 0...12, using: &generator),
                        microseconds: Int.random(in: 1...12_000, using: &generator))
                    let outcome = try await RebuildProcess.run(database, end).outcome
                    if case .failed(let code) = outcome { Issue.record("it failed: \(code)") }
                }
                let report = try await database.rebuilder.rebuild(tenant: database.tenant)
                #expect(report.isSwapped && report.parked.isEmpty)
                #expect(report.appendsHeld != nil)
            }
            let report = try await database.rebuilder.check(tenant: database.tenant)
            #expect(report.isClean, "\(report.projections)")
            #expect(try await database.leftBehind() == 0)
        }
    }

    /// Its snapshot is older than two switches, and than the removal of the rows it reads.
    @Test func `a slow reader reads on across the switch, and gets what the log says`() async throws
    {
        try await ClinicDatabase.with { database in
            var clinic = try await database.live(seed: 78, batches: 60, patients: 20)
            try await database.report()
            let began = try await database.store.head(tenant: database.tenant)
            let pages = try await database.readSlowly { page in
                guard page == 1 || page == 2 else { return }
                let report = try await database.rebuilder.rebuild(tenant: database.tenant)
                #expect(report.isSwapped)
                try await database.live(&clinic, batches: 10)
            }
            #expect(pages > 3)
            #expect(try await database.store.head(tenant: database.tenant) > began)
            #expect(try await database.generations().allSatisfy { $0.hasSuffix(" 3") })
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
                    // A rebuild that is not optimized has to come to its end beside them.
                    while day.goesOn {
                        try await live(&clinic, batches: 1)
                        try await Task.sleep(for: .milliseconds(100))
                    }
                }
            }
            group.addTask {
                while day.goesOn {
                    try await readSlowly { _ in }
                    try await Task.sleep(for: .milliseconds(50))
                }
            }
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

    /// A clinic lives until there are so many events more.
    func live(_ clinic: inout RandomClinic, events: Int) async throws {
        let goal = try await store.head(tenant: tenant).advanced(by: events)
        while try await store.head(tenant: tenant) < goal { try await live(&clinic, batches: 10) }
    }

    /// Reads the queue and the calendar a few patients at a time, in one transaction that sees them as they
    /// were when it began, and holds what it has read against the log up to there.
    ///
    /// - Parameter pause: What happens after each page, with the number of pages so far.
    /// - Returns: How many pages there were.
    @discardableResult
    func readSlowly(_ pause: (Int) async throws -> Void) async throws -> Int {
        let projections: Set<ProjectionName> = [.recheckQueue, .appointments]
        var rows = LiveRows()
        var pages = 0
        let head = try await asService(of: tenant) { connection in
            try await connection.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            let head = Position(
                try await connection.query(Statements.logHead(tenant.uuid))[0].decode(at: 0))
            var after = PatientRange.lowest
            while let last = try await fewPatients(after: after, connection) {
                let page = PatientRange(after: after, through: last)
                rows.add(
                    try await LiveRows.read(projections, of: page, tenant: tenant, connection))
                after = last
                pages += 1
                try await pause(pages)
            }
            try await connection.query("COMMIT")
            return head
        }
        let fold = try await LogFold(of: store, tenant: tenant, upTo: head)
        for projection in projections {
            let lines = rows.patients.sorted { $0.key.description < $1.key.description }
                .flatMap { $0.value.canonical(projection) }.map(\.description)
            #expect(lines == fold.lines(projection), "\(projection) at \(head)")
        }
        return pages
    }

    /// The last of the next few patients who have events; `nil` if there are none.
    private func fewPatients(
        after: UUID, _ connection: PostgresConnection
    ) async throws -> UUID? {
        try await connection.query(
            """
            SELECT DISTINCT stream_id FROM event_log.events
            WHERE tenant_id = \(tenant.uuid) AND stream_id > \(after) AND stream_category = 'patient'
            ORDER BY stream_id LIMIT 3
            """
        ).last?.decode(UUID.self, at: 0)
    }
}

/// Goes on until somebody ends it, or somebody who works has failed.
final class WorkingDay: Sendable {
    private let isOver = Mutex(false)

    var goesOn: Bool { !isOver.withLock { $0 } && !Task.isCancelled }

    func end() { isOver.withLock { $0 = true } }
}
