import EventStore
import Foundation
import Infusion
import InfusionApplication
import InfusionJournal
import InfusionProjections
import Synchronization

/// A clinic in memory for one case: the real command path over the in-memory log, by the case's clock.
final class CaseClinic: Sendable {
    private let tenant = TenantID(UUID())
    private let useCases: InfusionService
    private let calendars: CalendarService
    private let site: SiteID
    private let zone: ZoneClock
    private let time: Clock

    /// - Parameter plan: What is decided about the site first; `nil` for one that nobody opens.
    init(
        site: ClinicSite, plan: SitePlan?, knowledge: FixedKnowledge, now: Instant
    ) async throws {
        self.site = site.id
        zone = ZoneClock(site.timeZone)
        let readModels = InMemoryReadModels()
        let time = Clock()
        let log = InMemoryEventLog<PatientChanges>(
            clock: {
                Timestamp(microsecondsSinceUnixEpoch: time.now.microsecondsSinceUnixEpoch)
            },
            reserve: { readModels.reserve($0, tenant: $1, versionOf: $2) },
            apply: { readModels.apply($0, $1, tenant: $2) })
        await log.open(tenant)
        // Nobody is behind a case, and nothing of it is kept.
        let key = Data((0..<32).map { UInt8($0) }).base64EncodedString()
        useCases = InfusionService(
            log: log, readModels: readModels,
            vault: IdentityVault(
                keys: log, index: log,
                keyring: try MasterKeyring.load(Array("cases \(key)\n".utf8)), random: .system),
            sites: FixedSites([tenant: [site]]), knowledge: knowledge,
            ambient: Ambient(now: { time.now }, random: .system))
        calendars = CalendarService(
            log: log, readModels: readModels, sites: FixedSites([tenant: [site]]),
            now: { time.now })
        self.time = time
        time.turn(to: now)
        guard let plan else { return }
        _ = try await SiteService(
            log: InMemoryPlainLog(log), readModels: readModels, knowledge: knowledge,
            now: { time.now }
        ).handle(
            SiteRequest(
                actor: actor, commandID: CommandID(UUID()), fingerprint: Self.fingerprint,
                correlationID: UUID(), expectedVersion: nil, site: plan.site,
                command: .apply(plan)))
    }

    /// Turns as the case's steps do, and never back.
    private final class Clock: Sendable {
        private let moment = Mutex(Instant(microsecondsSinceUnixEpoch: 0))
        var now: Instant { moment.withLock(\.self) }
        func turn(to instant: Instant) { moment.withLock { $0 = max($0, instant) } }
    }

    /// What the service does by itself, where the site has decided so.
    func settle() async throws(ApplicationError) {
        try await AutomaticOffering(useCases).run(tenant)
    }

    var now: Instant { time.now }
    func turn(to instant: Instant) { time.turn(to: instant) }

    private var actor: Actor {
        Actor(
            subject: "case", tenant: tenant, role: .prescriber, scopes: Set(Scope.allCases))
    }

    @discardableResult
    func send(
        _ command: PatientCommand, of patient: PatientID
    ) async throws(ApplicationError) -> CommandReceipt {
        try await useCases.handle(request(command, of: patient))
    }

    /// Nobody sends anything twice.
    private static let fingerprint = [UInt8](repeating: 0, count: 32)

    private func request(_ command: PatientCommand, of patient: PatientID) -> CommandRequest {
        CommandRequest(
            actor: actor, commandID: CommandID(UUID()), fingerprint: Self.fingerprint,
            correlationID: UUID(), expectedVersion: nil, target: .patient(patient),
            command: command)
    }

    /// Where else a visit could be that was refused for its time or its chair.
    func alternatives(
        to command: PatientCommand, of patient: PatientID, refused error: ApplicationError
    ) async -> [Opening] {
        await useCases.alternatives(to: request(command, of: patient), refused: error)?
            .openings.openings ?? []
    }

    func register(
        _ person: CasePatient, as patient: PatientID
    ) async throws(ApplicationError) {
        try await send(
            .registerPatient(
                RegisterPatient(
                    patient: patient,
                    identity: Identity(
                        name: PersonName(family: "Case", given: ["A"]),
                        birthDate: person.birthDate,
                        identifiers: [
                            PatientIdentifier(
                                system: "urn:ferrovia:case", value: "\(patient)")
                        ]), gender: person.gender, site: site)), of: patient)
    }

    func view(of patient: PatientID) async throws(ApplicationError) -> PatientView {
        try await useCases.patient(patient, asOf: .now, actor: actor)
    }

    func gates(_ question: GateQuestionAsked) async throws(ApplicationError) -> GateReview {
        try await useCases.gates(question, actor: actor).review
    }

    /// Now.
    func plan(of order: OrderID) async throws(ApplicationError) -> OrderPlan {
        try await useCases.plan(order, asOf: .now, actor: actor).plan
    }

    func response(
        of patient: PatientID
    ) async throws(ApplicationError) -> ResponseAssessment? {
        try await useCases.response(of: patient, order: nil, asOf: .now, actor: actor).assessment
    }

    func reviews(of patient: PatientID) async throws(ApplicationError) -> [DecisionReview] {
        try await useCases.reviews(of: patient, knownAt: .now, actor: actor).reviews
    }

    /// The patient's open rechecks.
    func queue(of patient: PatientID) async throws(ApplicationError) -> [RecheckQueueRow] {
        try await useCases.recheckQueue(
            RecheckQueueQuestion(
                site: site, status: nil, on: nil, knownAt: .now, after: nil,
                limit: QueryLimits.pageMaximum), actor: actor
        ).rows.filter { $0.patient == patient }
    }

    /// All that is kept on a date, by start and chair.
    func calendar(of date: CalendarDate) async throws(ApplicationError) -> [CalendarEntry] {
        try await calendars.calendar(
            CalendarQuestion(site: site, dates: .range(CalendarDateRange(date))), actor: actor
        ).entries
    }

    func waitlist() async throws(ApplicationError) -> [WaitlistRow] {
        try await useCases.waitlist(
            WaitlistQuestion(
                site: site, knownAt: .now, after: nil, limit: QueryLimits.pageMaximum),
            actor: actor
        ).rows
    }

    /// Who of the list could have the time that the visit gave back.
    func candidates(
        for visit: AppointmentID
    ) async throws(ApplicationError) -> [WaitlistCandidate] {
        try await useCases.waitlistOffers(
            WaitlistOffersQuestion(
                site: site, time: .visit(visit), after: nil,
                limit: ApplicationLimits.offersJudged), actor: actor
        ).candidates
    }

    /// By the site's clock.
    func local(_ instant: Instant) -> String { "\(zone.localTime(of: instant))" }
}
