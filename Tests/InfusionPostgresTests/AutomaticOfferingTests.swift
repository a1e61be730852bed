import EventStore
import Foundation
import Infusion
import InfusionApplication
import InfusionJournal
import InfusionKnowledge
import InfusionPostgres
import InfusionProjections
import Postgres
import PostgresEventStore
import ReadModelsConformance
import Testing

/// Automatic offers over the database, by several processes at once.
@Suite struct AutomaticOfferingTests {
    @Test func `a time has one open offer, however many processes look for it`() async throws {
        try await ClinicDatabase.with { database in
            let clinic = try OfferingClinic(database)
            try await clinic.open()
            let (_, first) = try await clinic.order("1")
            for name in ["2", "3"] { try await clinic.wait(try await clinic.order(name).order) }
            let visit = AppointmentID(UUID())
            try await clinic.send(
                .bookAppointment(visit, order: first, slot: clinic.slot), to: .order(first))
            #expect(try await clinic.runTogether() == 0)
            try await clinic.send(
                .cancelAppointment(visit, reason: .patientRequest), to: .appointment(visit))
            #expect(try await clinic.runTogether() == 1)
            let offered = try #require(try await clinic.offered())
            let offer = try #require(offered.offer).appointment
            #expect(try await clinic.runTogether() == 0)
            try await clinic.send(
                .declineOffer(offer, reason: .patientRequest), to: .appointment(offer))
            #expect(try await clinic.runTogether() == 1)
            let next = try #require(try await clinic.offered())
            #expect(next.order != offered.order)
        }
    }
}

/// A site that offers automatically, open day and night, with one chair.
private struct OfferingClinic: Sendable {
    private let tenant: TenantID
    private let pool: PostgresPool
    private let keyring: MasterKeyring
    private let site = ClinicFacts.sites[0]
    private let now = ClinicFacts.start

    init(_ database: ClinicDatabase) throws {
        tenant = database.tenant
        pool = database.pool
        let key = Data((0..<32).map { UInt8($0) }).base64EncodedString()
        keyring = try MasterKeyring.load(Array("test \(key)\n".utf8))
    }

    /// Tomorrow, two hours.
    var slot: AppointmentSlot {
        AppointmentSlot(
            site: site, chair: ChairID("1"), start: now.adding(hours: 26),
            end: now.adding(hours: 28))
    }

    private var actor: Actor {
        Actor(
            subject: "nurse-1", tenant: tenant, role: .prescriber,
            scopes: Set(Scope.allCases))
    }

    /// As one process has it.
    private var service: InfusionService {
        let subjects = PostgresSubjectDirectory(pool: pool)
        return InfusionService(
            log: PostgresEventStore(pool: pool, projector: InfusionProjector()),
            readModels: PostgresReadModels(pool: pool),
            vault: IdentityVault(
                keys: subjects, index: subjects, keyring: keyring, random: .system),
            sites: FixedSites([
                tenant: [
                    ClinicSite(id: site, timeZone: ClinicFacts.zone, region: .us)
                ]
            ]),
            knowledge: FixedKnowledge(formulary: .standard, pathways: .standard),
            ambient: Ambient(now: { [now] in now }, random: .system))
    }

    func open() async throws {
        let today = CalendarDate(now, in: ClinicFacts.zone)
        let allDay = ClockSpan(from: .midnight, until: .midnight)
        var plan = SitePlan(site: site, timeZone: ClinicFacts.zone.identifier)
        plan.automaticOffers = .on(keepMinutes: 60)
        plan.chairs = [SitePlan.Chair(SiteChair(id: ChairID("1"), kind: .recliner))]
        plan.hours = [
            .set(
                WeeklyHours(
                    validFrom: today,
                    days: Dictionary(
                        uniqueKeysWithValues: Weekday.allCases.map { ($0, [allDay]) })))
        ]
        plan.shifts = (0..<3).map { days in
            .announced(
                Shift(
                    id: SiteEntryID("day-\(days)"), roles: [.registeredNurse, .resuscitation],
                    staff: .people(2), period: allDay.period(on: today.adding(days: days))))
        }
        let id = UUID()
        _ = try await SiteService(
            log: PostgresEventStore(pool: pool), readModels: PostgresReadModels(pool: pool),
            knowledge: FixedKnowledge(formulary: .standard, pathways: .standard),
            now: { [now] in now }
        )
        .handle(
            SiteRequest(
                actor: actor, commandID: CommandID(id), fingerprint: [1], correlationID: id,
                expectedVersion: nil, site: site, command: .apply(plan)))
    }

    func send(_ command: PatientCommand, to target: CommandTarget) async throws {
        let id = UUID()
        _ = try await service.handle(
            CommandRequest(
                actor: actor, commandID: CommandID(id), fingerprint: [1], correlationID: id,
                expectedVersion: nil, target: target, command: command))
    }

    /// Somebody for whom a unit of red cells is ordered.
    func order(_ name: String) async throws -> (patient: PatientID, order: OrderID) {
        let (patient, order) = (PatientID(UUID()), OrderID(UUID()))
        let target = CommandTarget.patient(patient)
        try await send(
            .registerPatient(
                RegisterPatient(
                    patient: patient,
                    identity: Identity(
                        name: PersonName(family: "Rossi", given: ["Anna"]),
                        birthDate: CalendarDate(dayNumber: 5_000),
                        identifiers: [PatientIdentifier(system: "urn:test:mrn", value: name)]),
                    gender: .female, site: site)), to: target)
        try await send(
            .setClinicalContext([.metastaticBreastCancer], facts: [], at: now), to: target)
        try await send(
            .recordLabs([
                LabResult(
                    id: LabResultID(UUID()), analyte: .hemoglobin,
                    value: LabValue(
                        comparator: nil, reported: Decimal(7.5),
                        reportedUnit: Analyte.hemoglobin.canonicalUnit, canonical: Decimal(7.5)),
                    collectedAt: now, status: .final, referenceLow: nil, source: nil)
            ]), to: target)
        try await send(
            .orderTransfusion(
                OrderTransfusion(
                    id: order, units: 1, indication: .metastaticBreastCancer,
                    signature: Signature(prescriber: "Dr Bianchi", signedAt: now))), to: target)
        return (patient, order)
    }

    func wait(_ order: OrderID) async throws {
        try await send(
            .enterWaitlist(
                WaitlistRequest(
                    order: order, site: nil, minutes: 120, earliest: nil, latest: nil,
                    weekdays: Set(Weekday.allCases), hours: nil, noticeHours: 0)),
            to: .order(order))
    }

    /// Six processes that have just started; how many offers they make.
    func runTogether() async throws -> Int {
        try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<6 {
                group.addTask { try await AutomaticOffering(service).run(tenant) }
            }
            return try await group.reduce(0, +)
        }
    }

    /// The one who is offered a time; `nil` where nobody is, or several are.
    func offered() async throws -> WaitlistRow? {
        let rows = try await service.waitlist(
            WaitlistQuestion(site: site, knownAt: .now, after: nil, limit: 50), actor: actor
        ).rows.filter { $0.status == .offered }
        return rows.count == 1 ? rows[0] : nil
    }
}
