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

/// A site that offers automatically, open day and night, and whoever is ordered red cells there.
struct SiteClinic: Sendable {
    let tenant: TenantID
    let site = ClinicFacts.sites[0]
    private let pool: PostgresPool
    private let keyring: MasterKeyring
    private let now: Instant

    init(_ database: ClinicDatabase, now: Instant = ClinicFacts.start) throws {
        self.now = now
        tenant = database.tenant
        pool = database.pool
        let key = Data((0..<32).map { UInt8($0) }).base64EncodedString()
        keyring = try MasterKeyring.load(Array("test \(key)\n".utf8))
    }

    /// Tomorrow, two hours from ten in the morning: of one date whenever the test runs.
    var slot: AppointmentSlot { slot(1) }

    func slot(_ chair: Int) -> AppointmentSlot {
        let tomorrow = CalendarDate(now, in: ClinicFacts.zone).adding(days: 1)
        let start = ZoneClock(ClinicFacts.zone).start(of: tomorrow).adding(hours: 10)
        return AppointmentSlot(
            site: site, chair: ChairID("\(chair)"), start: start, end: start.adding(hours: 2))
    }

    var actor: Actor {
        Actor(
            subject: "nurse-1", tenant: tenant, role: .prescriber,
            scopes: Set(Scope.allCases))
    }

    /// As one process has it.
    var service: InfusionService {
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

    var sites: SiteService {
        SiteService(
            log: PostgresEventStore(pool: pool), readModels: PostgresReadModels(pool: pool),
            knowledge: FixedKnowledge(formulary: .standard, pathways: .standard),
            now: { [now] in now })
    }

    var calendars: CalendarService {
        CalendarService(
            log: PostgresEventStore(pool: pool), readModels: PostgresReadModels(pool: pool),
            sites: FixedSites([:]), now: { [now] in now })
    }

    /// - Parameter nurses: All day long, on three dates.
    func open(chairs: Int = 1, nurses: Int = 2) async throws {
        let today = CalendarDate(now, in: ClinicFacts.zone)
        let allDay = ClockSpan(from: .midnight, until: .midnight)
        var plan = SitePlan(site: site, timeZone: ClinicFacts.zone.identifier)
        plan.automaticOffers = .on(keepMinutes: 60)
        plan.chairs = (1...chairs).map {
            SitePlan.Chair(SiteChair(id: ChairID("\($0)"), kind: .recliner))
        }
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
                    staff: .people(nurses), period: allDay.period(on: today.adding(days: days))))
        }
        try await decide(.apply(plan))
    }

    @discardableResult
    func decide(_ command: SiteCommand) async throws -> SiteReceipt {
        let id = UUID()
        return try await sites.handle(
            SiteRequest(
                actor: actor, commandID: CommandID(id), fingerprint: [1], correlationID: id,
                expectedVersion: nil, site: site, command: command))
    }

    @discardableResult
    func send(
        _ command: PatientCommand, to target: CommandTarget
    ) async throws -> CommandReceipt {
        let id = UUID()
        return try await service.handle(
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
}
