import Foundation
import Infusion

/// What a clinic does with one patient, at random: courses as their labels have them, most visits on
/// the day that is due with what is needed for them, and most of these with one thing that is wrong,
/// which is then mended or overridden; in between whatever else may happen. Time goes forward, by
/// minutes to weeks; a part of the happenings is told late.
struct RandomHistory {
    /// One command that was tried, and what came of it.
    struct Attempt {
        let command: PatientCommand
        let context: DecisionContext
        let before: PatientState
        let after: PatientState
        let result: Result<[PatientEvent], Refusal>

        var events: [PatientEvent] { (try? result.get()) ?? [] }
    }

    var story: Story
    /// The one course that this clinic orders; `nil` for any of ``plans``.
    let only: Plan?
    private(set) var accepted = 0
    private(set) var refused = 0
    var random: SplitMix64
    var now: Instant
    private var nextID: UInt64
    /// What a visit does next, before anything at random again.
    var visit: [VisitStep] = []

    // What the clinic remembers.

    /// Refused doses of an order since the last one that began.
    private(set) var refusals: [OrderID: Int] = [:]
    /// Irons that this patient may have no more.
    private(set) var avoided: Set<Moiety> = []
    /// When the blood was last counted; `nil` where something may have come in between.
    var counted: Instant?
    /// What has been wrong already, and how often.
    var met: [Gate: Int] = [:]

    static let clinics: [Clinic] = [.newYork, .rome, .newYork, .sydney, .newYork]

    /// - Parameters:
    ///   - firstID: What is numbered comes after it.
    ///   - only: The one course that is ordered, for a patient such as it is for.
    init(seed: UInt64, patient: PatientID = id(1), firstID: UInt64 = 10, only: Plan? = nil) {
        random = SplitMix64(seed: seed)
        nextID = firstID
        self.only = only
        let clinic: Clinic =
            switch only?.region {
            case nil: Self.clinics[Int(seed % UInt64(Self.clinics.count))]
            case .us?: .newYork
            case .eu?: .rome
            }
        story = Story(clinic, patient: patient)
        now = story.clinic.at("2027-12-20 07:00")
    }

    mutating func freshNumber() -> UInt64 {
        nextID += 1
        return nextID
    }

    mutating func fresh<Subject>() -> Identifier<Subject> { id(freshNumber()) }

    var today: CalendarDate { CalendarDate(now, in: story.clinic.zone) }

    var isLate: Bool { accepted + refused >= Histories.stepsBeforeTheWorst }

    /// Some of the time the past, up to twelve days.
    mutating func moment() -> Instant {
        random.chance(5) ? now.adding(hours: -Int64(random.number(1...288))) : now
    }

    /// Tries the next command; `check` sees the state before, the command's events and the state
    /// after.
    mutating func step(_ check: (PatientState, [PatientEvent], PatientState) -> Void) {
        let attempt = attempt()
        switch attempt.result {
        case .success(let events): check(attempt.before, events, attempt.after)
        case .failure: break
        }
    }

    /// Tries the next command.
    mutating func attempt() -> Attempt {
        let isBusy = !visit.isEmpty || story.state.doseInProgress != nil
        let pause = isBusy ? 15 : random.pick([1, 20, 45, 600, 1_440, 2_880])
        now = now.adding(minutes: Int64(pause))
        let command = nextCommand()
        let context = story.clinic.context(now: now)
        let before = story.state
        do throws(Refusal) {
            let events = try PatientDecider().decide(command, given: before, in: context)
            for event in events { story.state.apply(event) }
            story.events += events
            accepted += 1
            if case .startDose(let dose) = command { refusals[dose.order] = nil }
            return Attempt(
                command: command, context: context, before: before, after: story.state,
                result: .success(events))
        } catch {
            refused += 1
            learn(from: error, of: command)
            return Attempt(
                command: command, context: context, before: before, after: before,
                result: .failure(error))
        }
    }

    /// What is refused for ever is not asked for for ever.
    private mutating func learn(from refusal: Refusal, of command: PatientCommand) {
        var moiety: Moiety?
        if case .startDose(let dose) = command {
            refusals[dose.order, default: 0] += 1
            moiety = story.state.order(dose.order)?.order.moiety
        } else if case .orderInfusion(let order) = command {
            moiety = Self.allPlans.first { $0.product == order.product.name }?.moiety
        }
        guard case .gatesShut(let findings) = refusal else { return }
        let isForEver = findings.contains { $0.gate == .anaphylaxisSameProduct && $0.isShut }
        if isForEver, let moiety { avoided.insert(moiety) }
        if case .startDose(let dose) = command { insist(on: dose, despite: findings) }
    }

    private mutating func nextCommand() -> PatientCommand {
        if story.state.registration == nil {
            return Act.register(
                random.pick([.male, .female]),
                born: only?.born ?? random.pick(["1970-05-17", "1995-03-02"]),
                patient: story.patientID)
        }
        if let running = story.state.doseInProgress {
            return random.chance(10) ? atTheChair(running) : end(running)
        }
        if !visit.isEmpty { return next(visit.removeFirst()) }
        return random.chance(2) ? anything() : begin()
    }

    /// While an infusion runs.
    private mutating func atTheChair(_ running: DoseRecord) -> PatientCommand {
        switch random.number(0...3) {
        case 0: return reaction()
        case 1: return interruption(of: running)
        case 2: return visit.isEmpty ? anything() : next(visit.removeFirst())
        default: return anything()
        }
    }

    private mutating func interruption(of running: DoseRecord) -> PatientCommand {
        if running.openPause == nil {
            return .pauseDose(
                running.id, reason: random.pick([.accessLost, .patientRequest, .reaction]),
                at: now)
        }
        return .resumeDose(
            DoseResumed(
                id: running.id, ratePercent: random.pick([50, 100]),
                isResolved: !random.chance(4), role: random.pick([.prescriber, .nurse])), at: now)
    }

    /// Of what was told late, an hour after its start.
    private mutating func end(_ running: DoseRecord) -> PatientCommand {
        if random.chance(running.openPause == nil ? 12 : 2) { return interruption(of: running) }
        let planned = running.started.planned
        let given =
            random.chance(10) ? planned * Decimal(random.number(0...5)) * decimal("0.2") : planned
        let usual = max(running.startedAt.adding(hours: 1), running.lastChange)
        let end = EndDose(
            id: running.id, given: given, lot: LotNumber("L"), expiry: date("2040-01-01"),
            at: min(now, usual))
        return random.chance(10) ? .stopDose(end, reason: .accessLost) : .completeDose(end)
    }
}
