import EventStore
import Foundation
import Infusion
import InfusionApplication
import InfusionProjections
import Synchronization

/// Use cases that remember what they were asked and answer what they were told: enough to see that the
/// edge asks the right thing and says the answer right. Retries behave as the real ones do.
final class StubUseCases: InfusionUseCases {
    struct State {
        var requests: [CommandRequest] = []
        var accepted: [CommandID: (fingerprint: [UInt8], receipt: CommandReceipt)] = [:]
        var version: Int64 = 6
        var failure: ApplicationError?
        var events: [RecordedEvent] = []
        var asked: [AsOf] = []
        var questions: [RecheckQueueQuestion] = []
        var openings: [OpeningsQuestion] = []
        var alternatives: OpeningsAnswer?
        var identifiers: [PatientIdentifier] = []
        var utilizations: [UtilizationQuestion] = []
        var overrideReports: [OverrideReportQuestion] = []
        var delay: Duration?
        /// Waited for by every call, and not given up when the call is.
        var barrier: Barrier?
        var feedReads = 0
        var feedReadsNow = 0
        var feedReadsAtOnce = 0
    }
    private let state = Mutex(State())

    func set(_ change: (inout State) -> Void) { state.withLock { change(&$0) } }
    var requests: [CommandRequest] { state.withLock { $0.requests } }
    var lastCommand: PatientCommand? { requests.last?.command }
    var asked: [AsOf] { state.withLock { $0.asked } }
    var questions: [RecheckQueueQuestion] { state.withLock { $0.questions } }
    var openings: [OpeningsQuestion] { state.withLock { $0.openings } }
    var feedReads: Int { state.withLock { $0.feedReads } }
    /// The most there ever were at one time.
    var feedReadsAtOnce: Int { state.withLock { $0.feedReadsAtOnce } }
    var identifiers: [PatientIdentifier] { state.withLock { $0.identifiers } }
    var utilizations: [UtilizationQuestion] { state.withLock { $0.utilizations } }
    var overrideReports: [OverrideReportQuestion] { state.withLock { $0.overrideReports } }

    /// What was told to go wrong goes wrong, for every call.
    private func fail() async throws(ApplicationError) {
        let (failure, delay, barrier) = state.withLock { ($0.failure, $0.delay, $0.barrier) }
        await barrier?.passed()
        if let delay {
            do { try await Task.sleep(for: delay) } catch {
                throw .store(EventLogError(.unavailable, "cancelled"))
            }
        }
        if let failure { throw failure }
    }

    func handle(_ request: CommandRequest) async throws(ApplicationError) -> CommandReceipt {
        try await fail()
        let outcome = state.withLock { state -> Result<CommandReceipt, ApplicationError> in
            state.requests.append(request)
            if let known = state.accepted[request.commandID] {
                guard known.fingerprint == request.fingerprint else { return .failure(.keyReused) }
                return .success(Samples.receipt(known.receipt, replayed: true))
            }
            if let expected = request.expectedVersion, expected.value != state.version {
                return .failure(
                    .versionMismatch(expected: expected, current: StreamVersion(state.version)))
            }
            state.version += 1
            let receipt = Samples.receipt(version: state.version)
            state.accepted[request.commandID] = (request.fingerprint, receipt)
            return .success(receipt)
        }
        return try outcome.get()
    }

    func patient(
        holding identifier: PatientIdentifier, actor: Actor
    ) async throws(ApplicationError) -> PatientID? {
        try await fail()
        state.withLock { $0.identifiers.append(identifier) }
        return identifier.value == "unknown" ? nil : Samples.patient
    }

    func patient(
        _ id: PatientID, asOf: AsOf, actor: Actor
    ) async throws(ApplicationError) -> PatientView {
        try await fail()
        state.withLock { $0.asked.append(asOf) }
        return Samples.view
    }

    func timeline(
        _ id: PatientID, asOf: AsOf, after: StreamVersion, limit: Int, actor: Actor
    ) async throws(ApplicationError) -> TimelinePage {
        try await fail()
        let entries = Samples.timeline.filter { $0.recorded.version > after }
        let page = Array(entries.prefix(limit))
        return TimelinePage(
            entries: page, next: page.count < entries.count ? page.last?.recorded.version : nil,
            position: Samples.position)
    }

    func recheckQueue(
        _ question: RecheckQueueQuestion, actor: Actor
    ) async throws(ApplicationError) -> RecheckQueuePage {
        try await fail()
        state.withLock { $0.questions.append(question) }
        let next = RecheckQueueCursor(
            urgency: .urgent, due: Samples.date, patient: Samples.patient, recheck: Samples.recheck)
        return RecheckQueuePage(
            rows: [Samples.row], next: question.after == nil ? next : nil,
            on: question.on ?? Samples.date, position: Samples.position)
    }

    func why(
        _ recheck: RecheckID, of patient: PatientID, asOf: AsOf, actor: Actor
    ) async throws(ApplicationError) -> RecheckExplanation {
        try await fail()
        state.withLock { $0.asked.append(asOf) }
        guard recheck == Samples.recheck else { throw .notFound("recheck") }
        return Samples.explanation
    }

    func response(
        of patient: PatientID, order: OrderID?, asOf: AsOf, actor: Actor
    ) async throws(ApplicationError) -> ResponseAnswer {
        try await fail()
        state.withLock { $0.asked.append(asOf) }
        return ResponseAnswer(
            assessment: Samples.assessment,
            wouldChange: ResponseWouldChange(
                level: .nothing(.noSingleFact), verdicts: [Samples.change]),
            pathwaysVersion: "2", position: Samples.position)
    }

    func plan(
        _ order: OrderID, asOf: AsOf, actor: Actor
    ) async throws(ApplicationError) -> PlanAnswer {
        try await fail()
        state.withLock { $0.asked.append(asOf) }
        return PlanAnswer(
            plan: Samples.plan, formularyVersion: "1", pathwaysVersion: "2",
            position: Samples.position)
    }

    func gates(
        _ question: GateQuestionAsked, actor: Actor
    ) async throws(ApplicationError) -> GateAnswer {
        try await fail()
        state.withLock { $0.asked.append(question.asOf) }
        return GateAnswer(
            review: GateReview(
                order: question.order, dose: question.dose ?? Milligrams(750),
                date: Samples.date,
                findings: [Samples.finding(.order, .passed), Samples.finding(.interval, .blocked)],
                making: Samples.making, formularyVersion: "1", pathwaysVersion: "2"),
            wouldChange: [.interval: Samples.change], position: Samples.position)
    }

    func reviews(
        of patient: PatientID, knownAt: AsOf.Knowledge, actor: Actor
    ) async throws(ApplicationError) -> ReviewsAnswer {
        try await fail()
        return ReviewsAnswer(reviews: Samples.reviews, position: Samples.position)
    }

    func openings(
        _ question: OpeningsQuestion, actor: Actor
    ) async throws(ApplicationError) -> OpeningsAnswer {
        try await fail()
        state.withLock { $0.openings.append(question) }
        return Samples.openings(for: question)
    }

    func alternatives(
        to request: CommandRequest, refused error: ApplicationError
    ) async -> OpeningsAnswer? {
        state.withLock { $0.alternatives }
    }

    func waitlist(
        _ question: WaitlistQuestion, actor: Actor
    ) async throws(ApplicationError) -> WaitlistPage {
        try await fail()
        let next = question.after == nil ? Samples.waitlistRow.place : nil
        return WaitlistPage(rows: [Samples.waitlistRow], next: next, position: Samples.position)
    }

    func waitlist(
        of patient: PatientID, knownAt: AsOf.Knowledge, actor: Actor
    ) async throws(ApplicationError) -> PatientWaitlist {
        try await fail()
        return Samples.patientWaitlist
    }

    func waitlistOffers(
        _ question: WaitlistOffersQuestion, actor: Actor
    ) async throws(ApplicationError) -> WaitlistOffersAnswer {
        try await fail()
        return WaitlistOffersAnswer(
            site: question.site, chair: ChairID("chair-3"),
            free: TimeSpan(from: Samples.instant, until: Samples.instant.adding(minutes: 90))
                .map { [$0] } ?? [],
            freed: Samples.appointment,
            gaveBack: [
                AppointmentSlot(
                    site: question.site, chair: ChairID("chair-3"), start: Samples.instant,
                    end: Samples.instant.adding(minutes: 90))
            ], candidates: Samples.waitlistCandidates, next: nil,
            position: Samples.position)
    }

    func utilization(
        _ question: UtilizationQuestion, actor: Actor
    ) async throws(ApplicationError) -> UtilizationAnswer {
        try await fail()
        state.withLock { $0.utilizations.append(question) }
        return Samples.utilization(question)
    }

    func overrides(
        _ question: OverrideReportQuestion, actor: Actor
    ) async throws(ApplicationError) -> OverrideReportPage {
        try await fail()
        state.withLock { $0.overrideReports.append(question) }
        let uses = [OverrideUse.Outcome.used, .used, .expired].map {
            OverrideUse(
                version: EventVersion(7), gate: .phosphate, date: Samples.date, outcome: $0)
        }
        return OverrideReportPage(
            uses: uses,
            next: OverrideReportPlace(
                reached: Position(400), known: Samples.position, moment: Samples.instant),
            position: Samples.position)
    }

    func events(
        after: Position, limit: Int, actor: Actor
    ) async throws(ApplicationError) -> [RecordedEvent] {
        state.withLock { state in
            state.feedReadsNow += 1
            state.feedReadsAtOnce = max(state.feedReadsAtOnce, state.feedReadsNow)
        }
        defer { state.withLock { $0.feedReadsNow -= 1 } }
        try await fail()
        await Task.yield()
        return state.withLock { state in
            state.feedReads += 1
            return Array(state.events.filter { $0.position > after }.prefix(limit))
        }
    }

    func head(actor: Actor) async throws(ApplicationError) -> Position {
        try await fail()
        return state.withLock { $0.events.last?.position } ?? .start
    }
}

/// Lets nobody through until it is opened, cancelled or not.
final class Barrier: Sendable {
    private let isOpen = Mutex(false)

    func open() { isOpen.withLock { $0 = true } }

    func passed() async {
        while !isOpen.withLock({ $0 }) {
            await Task.detached { try? await Task.sleep(for: .milliseconds(2)) }.value
        }
    }
}
