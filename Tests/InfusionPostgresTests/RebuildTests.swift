import EventStore
import Foundation
import Infusion
import InfusionProjections
import Logging
import Postgres
import PostgresEventStore
import ReadModelsConformance
import TestPostgres
import Testing

@testable import InfusionPostgres

@Suite struct RebuildTests {
    @Test(arguments: 51...54 as ClosedRange<UInt64>)
    func `rebuilt rows are the live ones, byte for byte`(seed: UInt64) async throws {
        try await ClinicDatabase.with { database in
            try await database.live(seed: seed, batches: 50)
            try await database.report()
            let before = try await database.digests()
            let report = try await database.rebuilder.rebuild(tenant: database.tenant)
            #expect(report.isSwapped)
            #expect(report.isClean, "\(report.projections)")
            #expect(report.projections.map(\.projection) == ProjectionName.allCases)
            #expect(report.events == Int(report.position.value))
            #expect(try await database.digests() == before)
            // A rebuilt projection goes on like any other, and can be rebuilt again.
            var clinic = RandomClinic(tenant: database.tenant, seed: seed + 1_000)
            try await database.live(&clinic, batches: 10)
            try await database.report()
            #expect(try await database.rebuilder.rebuild(tenant: database.tenant).isClean)
            #expect(try await database.rebuilder.check(tenant: database.tenant).isClean)
        }
    }

    @Test func `a log with a hole is not folded over: nothing is rebuilt`() async throws {
        try await ClinicDatabase.with { database in
            try await database.live(seed: 55, batches: 40)
            try await database.report()
            let before = try await states(database)
            let patient = try await database.asAdmin { connection in
                try await connection.query("SET session_replication_role = replica")
                try await connection.query(
                    """
                    CREATE TABLE public.taken AS SELECT * FROM event_log.events
                      WHERE tenant_id = \(literal: database.tenant.uuid) AND position = 20
                    """)
                let rows = try await connection.query(
                    """
                    DELETE FROM event_log.events WHERE tenant_id = \(database.tenant.uuid)
                      AND position = 20 RETURNING stream_id
                    """)
                return PatientID(try rows[0].decode(UUID.self, at: 0))
            }
            let (rebuilder, tenant) = (database.rebuilder, database.tenant)
            let attempts: [@Sendable () async throws -> RebuildReport] = [
                { try await rebuilder.rebuild(tenant: tenant) },
                { try await rebuilder.check(tenant: tenant) },
                { try await rebuilder.rebuild(of: patient, tenant: tenant) },
            ]
            for attempt in attempts {
                let error = await #expect(throws: EventLogError.self) { try await attempt() }
                #expect(error?.code == .positionMissing)
            }
            #expect(try await states(database) == before)
            // Neither are states, nor is anything asked again.
            let error = await #expect(throws: EventLogError.self) {
                try await histories(of: database, upTo: Position(20))
            }
            #expect(error?.code == .positionMissing)
            #expect(try await histories(of: database, upTo: Position(19)).isEmpty == false)
            // Put back, for whoever looks at the log after every test.
            try await database.asAdmin { connection in
                try await connection.query("SET session_replication_role = replica")
                try await connection.query(
                    "INSERT INTO event_log.events SELECT * FROM public.taken")
            }
        }
    }

    @Test func `histories up to a position are what was known then`() async throws {
        try await ClinicDatabase.with { database in
            try await database.live(seed: 56, batches: 20)
            let (store, tenant) = (database.store, database.tenant)
            let head = try await store.head(tenant: tenant)
            var log: [RecordedEvent] = []
            for try await batch in store.replay(tenant: tenant, from: Position(1), to: head) {
                log += batch.filter { $0.stream.category == "patient" }
            }
            for last in [Position.start, Position(1), Position(17), head] {
                let known = log.filter { $0.position <= last }
                let read = try await histories(of: database, upTo: last)
                #expect(read.map(\.patient.uuid) == Set(known.map(\.stream.uuid)).sorted())
                #expect(
                    read.flatMap(\.events).map(\.position).sorted { $0.value < $1.value }
                        == known.map(\.position))
            }
        }
    }

    private func histories(
        of database: ClinicDatabase, upTo last: Position
    ) async throws -> [PatientHistory] {
        let histories = PatientHistories(
            pool: database.pool, tenant: database.tenant, upTo: last)
        var read: [PatientHistory] = []
        for try await page in histories.pages { read += page }
        return read
    }

    /// Every live row of a projection, as one text.
    private func states(_ database: ClinicDatabase) async throws -> String {
        try await database.asAdmin { connection in
            try await connection.query(
                """
                SELECT md5(string_agg(s::text, ' ' ORDER BY patient_id)) FROM infusion.patient_state s
                """)[0].decode(at: 0)
        }
    }

    @Test(
        arguments: [
            ("patient_state", "site = 'elsewhere'", ProjectionName.patientState),
            ("recheck_queue", "due = due + 1", .recheckQueue),
            ("appointments", "chair = chair || '9'", .appointments),
            ("subject_references", "opened_position = opened_position + 1", .subjectReferences),
            ("waitlist", "due = due + 1", .waitlist),
            ("dose_report", "courses = courses + 1", .doseReport),
            ("dose_report_shares", "doses_started = doses_started + 1", .doseReport),
        ])
    func `a changed row is found, named and mended`(
        table: String, change: String, projection: ProjectionName
    ) async throws {
        try await ClinicDatabase.with { database in
            try await database.live(seed: 61, batches: 60)
            try await database.report()
            let changed = try await database.asAdmin { connection in
                try await connection.execute(
                    Query(
                        unsafeSQL: """
                            UPDATE infusion.\(table) SET \(change)
                            WHERE ctid = (SELECT max(ctid) FROM infusion.\(table))
                            """))
            }
            #expect(changed == 1)
            let report = try await database.rebuilder.check(tenant: database.tenant)
            #expect(!report.isClean && !report.isSwapped)
            for comparison in report.projections {
                #expect(comparison.isEqual == (comparison.projection != projection))
                #expect(
                    (comparison.differingRows > 0) == (comparison.projection == projection))
            }
            _ = try await database.rebuilder.rebuild([projection], tenant: database.tenant)
            #expect(try await database.rebuilder.check(tenant: database.tenant).isClean)
        }
    }

    @Test func `missing and surplus rows are found`() async throws {
        try await ClinicDatabase.with { database in
            try await database.live(seed: 62, batches: 30)
            try await database.asAdmin { connection in
                try await connection.executeScript(
                    unsafeSQL: """
                        DELETE FROM infusion.recheck_queue
                          WHERE ctid = (SELECT min(ctid) FROM infusion.recheck_queue);
                        INSERT INTO infusion.patient_state
                          SELECT tenant_id, gen_random_uuid(), version, position, generation,
                            fold_version, site, document
                          FROM infusion.patient_state LIMIT 1;
                        """)
            }
            let report = try await database.rebuilder.check(tenant: database.tenant)
            let differences = Dictionary(
                uniqueKeysWithValues: report.projections.map {
                    ($0.projection, $0.differences.first)
                }
            )
            #expect(differences[.recheckQueue]??.kind == .missing)
            #expect(differences[.patientState]??.kind == .surplus)
            #expect(try await database.rebuilder.rebuild(tenant: database.tenant).isSwapped)
            #expect(try await database.rebuilder.check(tenant: database.tenant).isClean)
        }
    }

    @Test func `all rows that differ are counted, and not more than the limit are named`()
        async throws
    {
        try await ClinicDatabase.with { database in
            try await database.live(seed: 69, batches: 60)
            let changed = try await database.asAdmin { connection in
                try await connection.execute("UPDATE infusion.recheck_queue SET due = due + 1")
            }
            try #require(changed > RebuildLimits.namedDifferences)
            let report = try await database.rebuilder.check(
                [.recheckQueue], tenant: database.tenant)
            let comparison = try #require(report.projections.first)
            #expect(comparison.differingRows == Int(changed))
            #expect(comparison.differences.count == RebuildLimits.namedDifferences)
            #expect(comparison.differences.allSatisfy { $0.kind == .different })
            _ = try await database.rebuilder.rebuild(tenant: database.tenant)
        }
    }

    /// The clinic does not stop while its projections are made again.
    @Test func `rebuilding beside a working clinic loses nothing`() async throws {
        try await ClinicDatabase.with { database in
            try await database.live(seed: 63, batches: 30)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for seed in 64...66 as ClosedRange<UInt64> {
                    group.addTask { try await database.live(seed: seed, batches: 40) }
                }
                group.addTask {
                    for _ in 0..<4 {
                        let report = try await database.rebuilder.rebuild(tenant: database.tenant)
                        #expect(report.isSwapped)
                        #expect(report.parked.isEmpty)
                    }
                }
                // The report's own writer, from whom every rebuild takes the checkpoint.
                let projector = database.projector("beside", pageEvents: 20)
                let reporting = Task { try await projector.run() }
                try await group.waitForAll()
                let head = try await database.store.head(tenant: database.tenant)
                try await database.waitForReport(head)
                reporting.cancel()
                try await reporting.value
            }
            let report = try await database.rebuilder.check(tenant: database.tenant)
            #expect(report.isClean, "\(report.projections)")
        }
    }

    /// What has happened before is folded again, and happens to nobody once more: no command, no event, no
    /// wake-up, nobody parked. The tables of commands and events may not be written at all meanwhile.
    @Test func `a rebuild writes rows and does nothing else`() async throws {
        try await ClinicDatabase.with(checking: false) { database in
            let clinic = try await database.live(seed: 68, batches: 40)
            let victim = try #require(clinic.patients.first)
            _ = try await database.poison(victim, clinic)
            let tenant = database.tenant
            let listening = try await PostgresConnection.connect(database.admin)
            let notifications = try await listening.listen(PostgresEventNotifier.channel)
            try await database.asAdmin { connection in
                try await connection.executeScript(
                    unsafeSQL: """
                        CREATE FUNCTION public.never() RETURNS trigger LANGUAGE plpgsql AS
                          $$ BEGIN RAISE EXCEPTION 'a rebuild has written this'; END $$;
                        CREATE TRIGGER never BEFORE INSERT ON event_log.events
                          EXECUTE FUNCTION public.never();
                        CREATE TRIGGER never BEFORE INSERT ON event_log.commands
                          EXECUTE FUNCTION public.never();
                        CREATE TRIGGER never BEFORE INSERT ON infusion.parked_streams
                          EXECUTE FUNCTION public.never();
                        """)
            }
            let rebuilder = database.rebuilder
            let all = try await rebuilder.rebuild(tenant: tenant)
            #expect(all.isSwapped && all.parked.map(\.patient) == [victim])
            #expect(try await rebuilder.rebuild(changedAfter: .start, tenant: tenant).isSwapped)
            #expect(try await rebuilder.rebuild(of: victim, tenant: tenant).patients == 1)
            _ = try await rebuilder.check(tenant: tenant)

            // The first that anybody hears is told by the test itself.
            _ = try await listening.query(
                "SELECT pg_notify(\(PostgresEventNotifier.channel), 'the end')")
            var heard = notifications.makeAsyncIterator()
            let first = try await heard.next()
            #expect(first?.payload == "the end")
            await listening.close()
        }
    }

    @Test func `a rebuild that was overtaken changes nothing`() async throws {
        try await ClinicDatabase.with { database in
            try await database.live(seed: 67, batches: 10)
            let (first, second) = (UUID(), UUID())
            let tenant = database.tenant.uuid
            try await database.asService(of: database.tenant) { connection in
                func begin(_ filler: UUID) async throws -> RebuildMark {
                    let rows = try await connection.query(
                        Statements.beginRebuild(tenant, ["patient_state"], filler, "test", false))
                    return try RebuildMark(rows[0], of: [.patientState])
                }
                let mark = try await begin(first)
                #expect(try await begin(second).generations == mark.generations)
                for statement in [
                    mark.statement(database.tenant, filler: first),
                    Statements.finishRebuild(tenant, first),
                ] {
                    let error = try #require(
                        await #expect(throws: PostgresError.self) {
                            try await connection.query(statement)
                        })
                    #expect(error.sqlState == "IP001")
                    let told = EventLogError(of: error)
                    #expect(told.code == .rebuildOvertaken)
                    #expect(
                        told.description.contains("another rebuild of this tenant has taken over"))
                }
            }
            #expect(
                try await database.rebuilder.rebuild(tenant: database.tenant, fromScratch: true)
                    .isSwapped)
            #expect(try await database.rebuilder.check(tenant: database.tenant).parked.isEmpty)
        }
    }
}

extension ClinicDatabase {
    /// Brings the report up to the head and stops.
    func report(pageEvents: Int = 100, cachedPatients: Int = 100) async throws {
        let head = try await store.head(tenant: tenant)
        let projector = projector("test", pageEvents: pageEvents, cachedPatients: cachedPatients)
        let task = Task { try await projector.run() }
        try await waitForReport(head)
        task.cancel()
        try? await task.value
    }

    func projector(
        _ owner: String, pageEvents: Int = 100, cachedPatients: Int = 100,
        wakeUps: any WakeUps = PollingOnly(),
        lease: Duration = .seconds(2), logger: Logger = Logger(label: "test")
    ) -> ReportingProjector<PostgresEventStore<InfusionProjector>> {
        ReportingProjector(
            pool: pool, log: store, tenant: tenant, doseReport: Self.doseReport, owner: owner,
            wakeUps: wakeUps, logger: logger, pageEvents: pageEvents,
            cachedPatients: cachedPatients,
            pollInterval: .milliseconds(20), lease: lease)
    }

    func waitForReport(_ position: Position) async throws {
        try await eventually("the report reaches \(position)") {
            try await reported().position >= position
        }
    }

    func reported() async throws -> DoseReport {
        try await models.doseReport(
            DoseReportQuery(product: nil, site: nil, from: nil, to: nil), tenant: tenant)
    }

    func digests() async throws -> [ProjectionName: String] {
        let report = try await rebuilder.check(tenant: tenant)
        return Dictionary(
            uniqueKeysWithValues: report.projections.map { ($0.projection, $0.liveDigest) })
    }
}
