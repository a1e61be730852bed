import Foundation
import Infusion

/// Commands at random, sensible often enough that doses are given, and mad often enough that most
/// of the refusals are met. Time goes forward, by minutes to weeks; a part of the happenings is
/// told late.
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

    private(set) var story: Story
    private(set) var accepted = 0
    private(set) var refused = 0
    var random: SplitMix64
    private(set) var now: Instant
    private var nextID: UInt64 = 10
    /// What a visit does next, before anything at random again.
    var visit: [VisitStep] = []

    static let clinics: [Clinic] = [.newYork, .rome, .newYork, .sydney, .newYork]

    init(seed: UInt64) {
        random = SplitMix64(seed: seed)
        story = Story(Self.clinics[Int(seed % UInt64(Self.clinics.count))])
        now = story.clinic.at("2027-12-20 07:00")
    }

    mutating func freshNumber() -> UInt64 {
        nextID += 1
        return nextID
    }

    mutating func fresh<Subject>() -> Identifier<Subject> { id(freshNumber()) }

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
        let pause = visit.isEmpty ? random.pick([1, 20, 45, 600, 2_880, 10_080, 20_160]) : 15
        now = now.adding(minutes: Int64(pause))
        let command = nextCommand()
        let context = story.clinic.context(now: now)
        let before = story.state
        do throws(Refusal) {
            let events = try PatientDecider().decide(command, given: before, in: context)
            for event in events { story.state.apply(event) }
            story.events += events
            accepted += 1
            return Attempt(
                command: command, context: context, before: before, after: story.state,
                result: .success(events))
        } catch {
            refused += 1
            if case .startDose(let dose) = command, case .gatesShut(let findings) = error {
                insist(on: dose, despite: findings)
            }
            return Attempt(
                command: command, context: context, before: before, after: before,
                result: .failure(error))
        }
    }

    private mutating func nextCommand() -> PatientCommand {
        if story.state.registration == nil {
            return Act.register(random.pick([.male, .female]))
        }
        if let running = story.state.doseInProgress, !random.chance(4) { return end(running) }
        if !visit.isEmpty { return next(visit.removeFirst()) }
        switch random.number(0...24) {
        case 0...3: return labs()
        case 4: return correction()
        case 5: return facts()
        case 6, 7:
            return .recordMeasurements(
                weight: Kilograms(Decimal(random.number(45...95))), height: nil, at: moment())
        case 8: return order()
        case 9, 10: return orderChange()
        case 11: return booking()
        case 12...18: return begin()
        case 19, 20: return reaction()
        case 21:
            return .recordTransfusion(
                Transfusion(id: fresh(), units: random.number(0...3)), at: moment())
        case 22: return override()
        case 23:
            if let open = story.state.openRechecks.keys.sorted(by: {
                $0.description < $1.description
            }).first {
                return .closeRecheck(open, reason: .clinicianDecision)
            }
            return labs()
        default:
            let dose: DoseID = story.state.doses.last?.id ?? id(3)
            return .dischargePatient(dose, stable: !random.chance(4), at: now)
        }
    }

    private mutating func end(_ running: DoseRecord) -> PatientCommand {
        let planned = running.started.planned
        let given =
            random.chance(4) ? planned * Decimal(random.number(0...5)) * decimal("0.2") : planned
        let end = EndDose(
            id: running.id, given: given, lot: LotNumber("L"), expiry: date("2040-01-01"), at: now)
        return random.chance(4) ? .stopDose(end, reason: .accessLost) : .completeDose(end)
    }

    /// Ferritin and phosphate are such as come out of pmol/L and mmol/L without a remainder, and
    /// no phosphate lies between the two units' own lower limits, 0.80 mmol/L and 2.5 mg/dL.
    private mutating func labs() -> PatientCommand {
        let at = moment()
        let values: [(Analyte, Decimal)] = [
            (.hemoglobin, Decimal(random.number(6...15))),
            (.ferritin, Decimal(random.number(12...270)) * decimal("0.445")),
            (.transferrinSaturation, Decimal(random.number(5...30))),
            (.phosphate, Decimal(random.pick([3, 5, 7, 9, 10, 11, 12, 13])) * decimal("0.3097")),
            (.cReactiveProtein, Decimal(random.number(1...20))),
        ]
        let told = values.filter { _ in !random.chance(3) }
        return .recordLabs(
            told.map { analyte, value in
                LabResult(
                    id: fresh(), analyte: analyte, value: value.of(analyte),
                    collectedAt: at, status: random.chance(8) ? .preliminary : .final,
                    referenceLow: nil,
                    source: nil)
            })
    }

    private mutating func correction() -> PatientCommand {
        guard let lab = story.state.labs.randomElement(using: &random) else { return labs() }
        if random.chance(2) {
            return .retractLab(LabRetracted(result: lab.id, reason: .enteredInError))
        }
        return .correctLab(
            LabCorrected(
                result: lab.id, value: Decimal(random.number(5...12)).of(lab.analyte),
                status: .corrected, collectedAt: moment()))
    }

    private mutating func facts() -> PatientCommand {
        let contexts: Set<ClinicalContext> = [random.pick([.general, .oncology, .heartFailure])]
        var facts: [ClinicalFact] = [
            .infection(active: random.chance(8)), .hypophosphatemiaRisk(present: random.chance(2)),
            .pregnancy(.notPregnant), .therapy(.chemotherapy, active: random.chance(3)),
        ]
        if random.chance(4) { facts.append(.knownIronOverload(random.chance(3))) }
        if random.chance(8) {
            facts.append(
                .ironAllergy(
                    IronAllergy(
                        moiety: random.chance(3) ? nil : random.pick(Moiety.allCases),
                        serious: random.chance(2))))
        }
        if random.chance(4) { facts.append(.condition(.atopy, present: random.chance(2))) }
        return .setClinicalContext(contexts, facts: facts, at: moment())
    }

    private mutating func orderChange() -> PatientCommand {
        guard let order = story.state.orders.randomElement(using: &random)?.id else {
            return self.order()
        }
        return random.pick([
            .holdOrder(order, reason: .clinicianDecision), .releaseOrder(order),
            .releaseOrder(order),
            .cancelOrder(order, reason: .clinicianDecision),
        ])
    }

    private mutating func booking() -> PatientCommand {
        guard let order = story.state.orders.randomElement(using: &random)?.id else {
            return self.order()
        }
        let slot = Act.slot(now.adding(hours: Int64(random.number(-2...400))))
        if let booked = story.state.appointments.last(where: { $0.status == .booked })?.id {
            return random.pick([
                .moveAppointment(booked, to: slot), .recordNoShow(booked),
                .cancelAppointment(booked, reason: .patientRequest),
                .bookAppointment(fresh(), order: order, slot: slot),
            ])
        }
        return .bookAppointment(fresh(), order: order, slot: slot)
    }

    private mutating func reaction() -> PatientCommand {
        let dose: DoseID = story.state.doses.last?.id ?? id(3)
        if let known = story.state.reactions.last?.id, random.chance(2) {
            return .regradeReaction(known, to: .ctcae(random.number(0...4)))
        }
        let kind = random.pick(ReactionKind.allCases)
        return .logReaction(
            Reaction(
                id: fresh(), dose: dose, kind: kind, grade: .ctcae(random.chance(6) ? 3 : 1),
                onsetMinute: 3, deliveredAtOnset: nil), at: now)
    }
}
