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
    private let site: SiteID
    private let time: Clock

    init(site: ClinicSite, knowledge: FixedKnowledge, now: Instant) async throws {
        self.site = site.id
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
        self.time = time
        time.turn(to: now)
    }

    /// Turns as the case's steps do, and never back.
    private final class Clock: Sendable {
        private let moment = Mutex(Instant(microsecondsSinceUnixEpoch: 0))
        var now: Instant { moment.withLock(\.self) }
        func turn(to instant: Instant) { moment.withLock { $0 = max($0, instant) } }
    }

    var now: Instant { time.now }
    func turn(to instant: Instant) { time.turn(to: instant) }

    private var actor: Actor {
        Actor(
            subject: "case", tenant: tenant, role: .prescriber, scopes: Set(Scope.allCases))
    }

    func send(
        _ command: PatientCommand, of patient: PatientID
    ) async throws(ApplicationError) {
        _ = try await useCases.handle(
            CommandRequest(
                actor: actor, commandID: CommandID(UUID()),
                fingerprint: Array(repeating: 0, count: 32), correlationID: UUID(),
                expectedVersion: nil, target: .patient(patient), command: command))
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
                            PatientIdentifier(system: "urn:ferrovia:case", value: "1")
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

    /// The open rechecks of the one patient there is.
    func queue() async throws(ApplicationError) -> [RecheckQueueRow] {
        try await useCases.recheckQueue(
            RecheckQueueQuestion(
                site: site, status: nil, on: nil, knownAt: .now, after: nil,
                limit: QueryLimits.pageMaximum), actor: actor
        ).rows
    }
}
