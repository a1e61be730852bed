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

/// How long a rebuild holds a tenant's appends, by how much it has to do meanwhile.
@Suite struct HeldAppendsTests {
    /// Twenty thousand shares are added up, which lasts until 150 more events are there, of as many patients:
    /// their histories are more than three thousand events. Behind the lock there may be two thousand.
    @Test func `at size and with appends throughout, little is folded behind the lock`()
        async throws
    {
        try await ClinicDatabase.with { database in
            let patients = try await database.giveDoses(to: 1_000, months: 20)
            try await database.addUpSlowly(until: 150)
            var rebuilder = database.rebuilder
            rebuilder.holding.events = RebuildLimits.eventsHeld
            let report = try await database.whileGivingDoses(patients) { [rebuilder] in
                try await rebuilder.rebuild(tenant: database.tenant)
            }
            #expect(report.isSwapped && report.parked.isEmpty)
            #expect(report.appendsHeld != nil)
            #expect(report.eventsHeld <= RebuildLimits.eventsHeld)
            #expect(try await database.shares() >= 20_000)
            let check = try await database.rebuilder.check(tenant: database.tenant)
            #expect(check.isClean, "\(check.projections)")
        }
    }

    @Test func `who holds for too long lets go, comes again, and in the end says so`()
        async throws
    {
        try await ClinicDatabase.with { database in
            try await database.live(seed: 181, batches: 40, patients: 20)
            try await database.report()
            let before = try await database.digests()
            var hasty = database.rebuilder
            hasty.holding.time = .zero
            let holds = Holds()
            let code = await EventLogError.Code.of { [hasty] in
                _ = try await hasty.rebuild(tenant: database.tenant) { holds.note($0) }
            }
            #expect(code == .appendsHeldTooLong)
            #expect(holds.count == RebuildLimits.holdingRounds)
            #expect(try await database.digests() == before)
            let next = try await database.rebuilder.rebuild(tenant: database.tenant)
            #expect(next.isSwapped && next.isClean)
            #expect(next.resumedPatients == next.patients)
            #expect(try await database.leftBehind() == 0)
        }
    }

    /// Fewer at a time first, and then the one again and again.
    @Test func `so does who replaces live rows where they are`() async throws {
        try await ClinicDatabase.with { database in
            let clinic = try await database.live(seed: 182, batches: 30, patients: 20)
            try await database.report()
            try await database.asAdmin { connection in
                _ = try await connection.query(
                    "UPDATE infusion.patient_state SET site = 'elsewhere'")
            }
            let damaged = try await database.digests()
            var hasty = database.rebuilder
            hasty.holding.time = .zero
            let holds = Holds()
            let code = await EventLogError.Code.of { [hasty] in
                _ = try await hasty.rebuild(changedAfter: .start, tenant: database.tenant) {
                    holds.note($0)
                }
            }
            #expect(code == .appendsHeldTooLong)
            #expect(holds.count > RebuildLimits.holdingRounds)
            #expect(try await database.digests() == damaged)
            let next = try await database.rebuilder.rebuild(
                changedAfter: .start, tenant: database.tenant)
            #expect(next.patients >= clinic.patients.count)
            #expect(try await database.rebuilder.check(tenant: database.tenant).isClean)
        }
    }
}

/// How often a rebuild has taken the tenant's lock.
private final class Holds: Sendable {
    private let holds = Mutex(0)

    var count: Int { holds.withLock { $0 } }

    func note(_ progress: RebuildProgress) {
        if progress.phase == .holdingAppends { holds.withLock { $0 += 1 } }
    }
}

/// A patient who is given iron month after month, and never anything else.
private struct DosedPatient: Sendable {
    let id = PatientID(UUID())
    private let order = OrderID(UUID())
    private(set) var state = PatientState()
    private var month = 0
    private static let identity = Identity(
        name: PersonName(family: "Rossi", given: []), birthDate: CalendarDate(dayNumber: 0),
        identifiers: [])

    mutating func registration(_ months: Int, tenant: TenantID) -> Append<PatientChanges> {
        let registered = PatientEvent(
            effectiveAt: ClinicFacts.start,
            fact: .patientRegistered(
                PatientRegistered(
                    patient: id, identity: .present(Self.identity), gender: .female,
                    site: SiteID("north"))))
        return append([registered] + (0..<months).map { _ in dose() }, tenant: tenant)
    }

    mutating func oneMore(tenant: TenantID) -> Append<PatientChanges> {
        append([dose()], tenant: tenant)
    }

    private mutating func dose() -> PatientEvent {
        month += 1
        let day = CalendarDate(dayNumber: 20_000 + month * 31)
        return PatientEvent(
            effectiveAt: ClinicFacts.start.adding(minutes: Int64(month)),
            fact: .doseStarted(
                DoseStarted(
                    id: DoseID(UUID()), order: order, appointment: nil,
                    product: ProductKey("injectafer"), moiety: .ferricCarboxymaltose,
                    planned: Milligrams(750), localDate: day, findings: [],
                    formularyVersion: "test")))
    }

    private mutating func append(
        _ events: [PatientEvent], tenant: TenantID
    ) -> Append<PatientChanges> {
        let append = HandMade.append(events, of: id, before: state, tenant: tenant)
        for event in events { state.apply(event) }
        return append
    }
}

extension ClinicDatabase {
    /// Patients with one share a month each.
    fileprivate func giveDoses(to count: Int, months: Int) async throws -> [DosedPatient] {
        var patients = (0..<count).map { _ in DosedPatient() }
        for start in stride(from: 0, to: count, by: 40) {
            let some = start..<min(start + 40, count)
            let batch = some.map { patients[$0].registration(months, tenant: tenant) }
            let outcomes = try await store.append(batch, tenant: tenant)
            let areAppended = outcomes.allSatisfy { $0.isAppended }
            #expect(areAppended)
        }
        return patients
    }

    /// What adding up takes with the shares of millions: until so many events more are in the log.
    fileprivate func addUpSlowly(until events: Int64) async throws {
        try await asAdmin { connection in
            try await connection.executeScript(
                unsafeSQL: """
                    CREATE FUNCTION public.wait_for_appends() RETURNS trigger LANGUAGE plpgsql AS $$
                    DECLARE
                      head bigint := (SELECT max(position) FROM event_log.events);
                    BEGIN
                      FOR round IN 1..3000 LOOP
                        IF (SELECT max(position) FROM event_log.events) >= head + \(events) THEN
                          RETURN NULL;
                        END IF;
                        PERFORM pg_sleep(0.01);
                      END LOOP;
                      RAISE EXCEPTION 'nobody appends';
                    END $$;
                    CREATE TRIGGER slowly AFTER INSERT ON infusion.dose_report
                      FOR EACH STATEMENT EXECUTE FUNCTION public.wait_for_appends();
                    """)
        }
    }

    /// Runs the body while two writers go round their patients, at a rate that a rebuild which is not
    /// optimized keeps up with.
    fileprivate func whileGivingDoses(
        _ patients: [DosedPatient], _ body: @escaping @Sendable () async throws -> RebuildReport
    ) async throws -> RebuildReport {
        let day = WorkingDay()
        return try await withThrowingTaskGroup(of: RebuildReport?.self) { group in
            for writer in 0..<2 {
                group.addTask {
                    var own = patients.indices.filter { $0 % 2 == writer }.map { patients[$0] }
                    var next = 0
                    while day.goesOn {
                        next = (next + 1) % own.count
                        let outcome = try await store.append(
                            [own[next].oneMore(tenant: tenant)], tenant: tenant)[0]
                        #expect(outcome.isAppended)
                        try? await Task.sleep(for: .milliseconds(40))
                    }
                    return nil
                }
            }
            group.addTask {
                defer { day.end() }
                return try await body()
            }
            var report: RebuildReport?
            for try await done in group { report = done ?? report }
            return try #require(report)
        }
    }

    fileprivate func shares() async throws -> Int64 {
        try await asAdmin { connection in
            try await connection.query("SELECT count(*) FROM infusion.dose_report_shares")[0]
                .decode(at: 0)
        }
    }
}
