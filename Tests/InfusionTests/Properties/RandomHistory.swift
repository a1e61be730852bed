import Foundation
import Infusion

/// Commands at random, sensible often enough that doses are given, and mad often enough that most
/// of the refusals are met. Time goes forward, by minutes to weeks; a part of the happenings is
/// told late.
struct RandomHistory {
    private(set) var story: Story
    private(set) var accepted = 0
    private(set) var refused = 0
    private var random: SplitMix64
    private var now: Instant
    private var nextID: UInt64 = 10
    /// What a visit does next, before anything at random again.
    private var visit: [VisitStep] = []

    private enum VisitStep { case weigh, screen, results, override, start }

    static let clinics: [(Clinic, product: String, row: String, NeedMethod, [Decimal])] = [
        (.newYork, "injectafer", "FCM-US-2", .labelCourse, [750, 750]),
        (.newYork, "venofer-us", "IS-US-NDD", .labelCourse, [200, 200, 200, 200, 200]),
        (.newYork, "feraheme", "FMX-US", .labelCourse, [510, 510]),
        (.rome, "ferinject", "FCM-EU-inf", .simplifiedTable, [1000, 500]),
        (.sydney, "venofer-eu", "IS-EU", .ganzoni, [200, 200, 200]),
    ]

    init(seed: UInt64) {
        random = SplitMix64(seed: seed)
        story = Story(Self.clinics[Int(seed % UInt64(Self.clinics.count))].0)
        now = story.clinic.at("2027-12-20 07:00")
    }

    private var plan: (Clinic, product: String, row: String, NeedMethod, [Decimal]) {
        mutating get {
            let region = story.clinic.region
            return random.pick(Self.clinics.filter { $0.0.region == region })
        }
    }

    private mutating func fresh<Subject>() -> Identifier<Subject> {
        nextID += 1
        return id(nextID)
    }

    /// Some of the time the past, up to twelve days.
    private mutating func moment() -> Instant {
        random.chance(5) ? now.adding(hours: -Int64(random.number(1...288))) : now
    }

    /// Tries the next command; `check` sees the state before, the command's events and the state
    /// after.
    mutating func step(_ check: (PatientState, [PatientEvent], PatientState) -> Void) {
        let pause = visit.isEmpty ? random.pick([1, 20, 45, 600, 2_880, 10_080, 20_160]) : 15
        now = now.adding(minutes: Int64(pause))
        let command = nextCommand()
        if case .startDose(let dose) = command { story.check(at: dose.at, in: now) }
        let before = story.state
        do throws(Refusal) {
            let events = try PatientDecider().decide(
                command, given: before, in: story.clinic.context(now: now))
            for event in events { story.state.apply(event) }
            story.events += events
            accepted += 1
            check(before, events, story.state)
        } catch {
            refused += 1
        }
    }

    private mutating func nextCommand() -> PatientCommand {
        if story.state.registration == nil {
            return Act.register(random.pick([.male, .female]))
        }
        if let running = story.state.doseInProgress, !random.chance(4) {
            let planned = running.started.planned
            let given =
                random.chance(4)
                ? planned * Decimal(random.number(0...5)) * decimal("0.2") : planned
            let end = EndDose(
                id: running.id, given: given, lot: LotNumber("L"), expiry: date("2040-01-01"),
                at: now)
            return random.chance(4) ? .stopDose(end, reason: .accessLost) : .completeDose(end)
        }
        if !visit.isEmpty { return next(visit.removeFirst()) }
        switch random.number(0...21) {
        case 0...3: return labs()
        case 4: return correction()
        case 5: return facts()
        case 6, 7:
            return .recordMeasurements(
                weight: Kilograms(Decimal(random.number(45...95))), height: nil, at: moment())
        case 8, 9: return order()
        case 10: return orderChange()
        case 11: return booking()
        case 12...16: return start()
        case 17: return reaction()
        case 18:
            return .recordTransfusion(
                Transfusion(id: fresh(), units: random.number(0...3)), at: moment())
        case 19: return override()
        case 20:
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

    private mutating func labs() -> PatientCommand {
        let at = moment()
        let values: [(Analyte, ClosedRange<Int>)] = [
            (.hemoglobin, 6...15), (.ferritin, 5...120), (.transferrinSaturation, 5...30),
            (.phosphate, 1...4), (.cReactiveProtein, 1...20),
        ]
        let results = values.filter { _ in !random.chance(3) }.map { analyte, range in
            LabResult(
                id: fresh(), analyte: analyte, value: Decimal(random.number(range)).of(analyte),
                collectedAt: at, status: random.chance(8) ? .preliminary : .final,
                referenceLow: nil,
                source: nil)
        }
        return .recordLabs(results)
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
        let facts: [ClinicalFact] = [
            .infection(active: random.chance(8)), .hypophosphatemiaRisk(present: random.chance(2)),
            .pregnancy(.notPregnant), .therapy(.chemotherapy, active: random.chance(3)),
        ]
        return .setClinicalContext(contexts, facts: facts, at: moment())
    }

    private mutating func order() -> PatientCommand {
        let plan = plan
        var doses = plan.4
        if random.chance(3) { doses[0] = doses[0] * 2 }
        nextID += 1
        return Act.order(
            nextID, product: plan.product, row: plan.row,
            indication: random.pick([.general, .oncology, .ckdNonDialysis]), prescribed: doses,
            method: plan.3, signed: now)
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

    private mutating func start() -> PatientCommand {
        guard !story.state.orders.filter({ $0.status == .active }).isEmpty else {
            return self.order()
        }
        if random.chance(4) { return next(.start) }
        visit =
            random.chance(2)
            ? [.screen, .results, .start] : [.screen, .override, .override, .start]
        return next(.weigh)
    }

    private mutating func next(_ step: VisitStep) -> PatientCommand {
        switch step {
        case .weigh: return .recordMeasurements(weight: Kilograms(80), height: nil, at: now)
        case .screen:
            return .setClinicalContext(
                [.general],
                facts: [
                    .infection(active: false), .pregnancy(.notPregnant),
                    .hypophosphatemiaRisk(present: false),
                ], at: now)
        case .results:
            let results: [(Analyte, Decimal)] = [
                (.hemoglobin, 9), (.ferritin, 12), (.transferrinSaturation, 8), (.phosphate, 3),
            ]
            return .recordLabs(
                results.map { analyte, value in
                    LabResult(
                        id: fresh(), analyte: analyte, value: value.of(analyte), collectedAt: now,
                        status: .final, referenceLow: nil, source: nil)
                })
        case .override: return self.override()
        case .start: return begin()
        }
    }

    private mutating func begin() -> PatientCommand {
        let active = story.state.orders.filter { $0.status == .active }
        guard let last = active.last else { return self.order() }
        let order = random.chance(3) ? random.pick(active) : last
        let planned = random.chance(6) ? order.remaining : order.order.prescribed[0]
        return .startDose(
            StartDose(
                id: fresh(), order: order.id, appointment: nil, planned: planned, at: moment()))
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

    private mutating func override() -> PatientCommand {
        let gate =
            random.chance(3) ? random.pick(Gate.allCases) : random.pick([.interval, .diagnosis])
        let orders = story.state.orders
        guard let last = orders.last(where: { $0.status == .active }) ?? orders.last else {
            return self.order()
        }
        let order = random.chance(5) ? random.pick(orders) : last
        return .overrideGate(
            OverrideGate(
                id: fresh(), gate: gate, order: order.id, reason: .benefitOutweighsRisk,
                justification: "discussed with the patient",
                role: random.chance(6) ? .nurse : .prescriber,
                coSigner: random.chance(6) ? nil : "Dr Verdi",
                expiresAt: now.adding(hours: Int64(random.number(1...72)))))
    }
}
