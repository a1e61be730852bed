import Foundation
import Infusion
import Testing

@Suite struct `Whatever happens` {
    static let seeds: [UInt64] = Array(0..<25)
    static let steps = 140

    @Test(arguments: seeds)
    func `versions are dense, folding repeats itself, and the queue is what the facts require`(
        _ seed: UInt64
    ) {
        var history = RandomHistory(seed: seed)
        for _ in 0..<Self.steps {
            let context = { (now: Instant, clinic: Clinic) in clinic.context(now: now) }
            let clinic = history.story.clinic
            history.step { before, events, after in
                #expect(after.version == EventVersion(before.version.value + Int64(events.count)))
                #expect(Set(after.openRechecks.keys.map(\.rule)).count == after.openRechecks.count)
                let required = Rechecks.required(
                    after, in: context(clinic.at("2030-01-01"), clinic))
                #expect(Set(required.map(\.id)) == Set(after.openRechecks.keys))
                for row in after.openRechecks.values { #expect(row.value.explainsItsDates) }
            }
        }
        let story = history.story
        #expect(PatientState.fold(story.events) == story.state)
        #expect(history.accepted > 20)
        #expect(history.refused > 20)
    }

    @Test(arguments: seeds)
    func `the same history is decided the same`(_ seed: UInt64) {
        var one = RandomHistory(seed: seed)
        var two = RandomHistory(seed: seed)
        for _ in 0..<Self.steps {
            one.step { _, _, _ in }
            two.step { _, _, _ in }
        }
        #expect(one.story.events == two.story.events)
    }

    @Test(arguments: seeds)
    func `no dose starts past a shut gate, above a cap or inside an interval`(_ seed: UInt64) {
        var history = RandomHistory(seed: seed)
        for _ in 0..<Self.steps {
            history.step { before, events, _ in
                for event in events {
                    if case .doseStarted(let dose) = event.fact { check(dose, given: before) }
                }
            }
        }
    }

    @Test(arguments: seeds)
    func `what a gate lists says whether it is shut`(_ seed: UInt64) {
        var history = RandomHistory(seed: seed)
        var findings: [Finding] = []
        for _ in 0..<Self.steps {
            history.step { _, events, _ in
                for event in events { findings += event.fact.findings }
            }
        }
        for finding in findings {
            let opens = finding.predicates.allSatisfy { $0.holds == true }
            #expect(opens == (finding.verdict == .passed), "\(finding)")
            guard finding.verdict != .passed else { continue }
            #expect(finding.gate.severities.contains(finding.severity), "\(finding)")
            #expect(finding.nextStep.map(finding.gate.nextSteps.contains) ?? false, "\(finding)")
        }
    }

    /// Written from the labels again, without the code under test.
    private func check(_ dose: DoseStarted, given state: PatientState) {
        #expect(dose.findings.map(\.gate) == Gate.allCases)
        let shut = dose.findings.filter(\.refusesDose)
        #expect(shut.isEmpty)
        for finding in dose.findings where finding.verdict == .overridden {
            let used = finding.predicates.last?.evidence.first
            let override = state.overrides.first { $0.version == used }
            #expect(finding.severity != .absolute)
            #expect(override?.override.gate == finding.gate)
            #expect(override?.override.order == dose.order)
            #expect(override?.spentBy == nil)
        }
        guard let order = state.order(dose.order) else {
            Issue.record("a dose without an order")
            return
        }
        #expect(order.status == .active)
        #expect(state.doseInProgress == nil)
        #expect(order.given + dose.planned <= order.prescribedTotal)
        func passed(_ gate: Gate) -> Bool {
            dose.findings.contains { $0.gate == gate && $0.verdict == .passed }
        }
        if passed(.cumulativeDose) {
            #expect(order.given + dose.planned <= order.order.plannedTotal)
            if let cap = Self.weekly[order.order.dosingRow.name] {
                for first in -6...0 {
                    let days = first...first + 6
                    let others = state.doses.filter {
                        days.contains($0.started.localDate.days(since: dose.localDate))
                    }.map(\.counted).reduce(.zero, +)
                    #expect(others + dose.planned <= Milligrams(cap))
                }
            }
        }
        if passed(.weightAndAge), let single = Self.single[order.order.dosingRow.name] {
            #expect(dose.planned <= Milligrams(single))
        }
        if passed(.interval) {
            for other in state.doses {
                let days = abs(dose.localDate.days(since: other.started.localDate))
                let least =
                    other.order == dose.order ? Self.interval[order.order.dosingRow.name] ?? 0 : 28
                #expect(days >= least)
            }
        }
        if passed(.anaphylaxisSameProduct) {
            let serious = state.reactions.contains { reaction in
                state.dose(reaction.reaction.dose)?.moiety == dose.moiety
                    && reaction.reaction.kind == .anaphylaxis
            }
            #expect(!serious)
        }
    }

    static let weekly: [String: Decimal] = ["FCM-EU-inf": 1000, "IS-EU": 500]
    static let single: [String: Decimal] = [
        "FCM-US-2": 750, "IS-US-NDD": 200, "FMX-US": 510, "FCM-EU-inf": 1000, "IS-EU": 200,
    ]
    static let interval: [String: Int] = ["FCM-US-2": 7, "FMX-US": 3]

    @Test func `doses are given in these histories at all, overridden ones among them`() {
        var doses = 0
        var overridden = 0
        for seed in Self.seeds {
            var history = RandomHistory(seed: seed)
            for _ in 0..<Self.steps { history.step { _, _, _ in } }
            doses += history.story.state.doses.count
            overridden += history.story.state.overrides.count { $0.spentBy != nil }
        }
        #expect(doses >= 30)
        #expect(overridden > 1)
    }

    @Test(arguments: seeds)
    func `the order in which independent results arrive does not matter`(_ seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var base = given { story in
            story.patient(
                .female, [random.pick([.general, .oncology])],
                facts: [.pregnancy(.notPregnant), .hypophosphatemiaRisk(present: true)],
                on: "2026-03-01")
            story.ordered(on: "2026-03-02")
            story.dose(1, 750, on: "2026-03-02")
        }
        base.does(
            .recordTransfusion(Transfusion(id: id(5), units: 1), at: base.clinic.at("2026-03-25")),
            at: "2026-03-25")
        let start = base.clinic.at("2026-03-03 08:00")
        let analytes: [(Analyte, ClosedRange<Int>)] = [
            (.hemoglobin, 6...13), (.ferritin, 10...300), (.transferrinSaturation, 5...40),
            (.phosphate, 1...4),
        ]
        let results = (0..<14).map { index in
            let (analyte, range) = random.pick(analytes)
            return Act.result(
                UInt64(100 + index), analyte, Decimal(random.number(range)),
                start.adding(hours: Int64(index * 97 + random.number(0...90))))
        }
        var queues: [Set<Row>] = []
        for _ in 0..<3 {
            var story = base
            for result in results.shuffled(using: &random) {
                story.does(.recordLabs([result]), at: "2026-08-01")
            }
            queues.append(Set(story.state.openRechecks.values.map { Row($0.value) }))
        }
        #expect(queues[0] == queues[1])
        #expect(queues[0] == queues[2])
    }

    /// A row of the queue without the versions that the order of arrival numbers.
    struct Row: Hashable {
        let rule: RecheckRule
        let dates: [CalendarDate]
        let urgency: Urgency
        let reason: String
        init(_ open: RecheckOpened) {
            rule = open.id.rule
            dates = [open.earliest, open.due, open.overdueAfter]
            urgency = open.urgency
            reason = open.reason
        }
    }

    @Test(arguments: seeds)
    func `no part of a history, in any order, stops the fold`(_ seed: UInt64) {
        var history = RandomHistory(seed: seed)
        for _ in 0..<Self.steps { history.step { _, _, _ in } }
        var random = SplitMix64(seed: seed &+ 1)
        let events = history.story.events.shuffled(using: &random).prefix(90)
        let twice = Array(events) + Array(events)
        #expect(PatientState.fold(twice).version == EventVersion(Int64(twice.count)))
        let middle = history.story.events[history.story.events.count / 2].effectiveAt
        let then = PatientState.fold(history.story.events, effectiveAt: middle)
        #expect(then.version == history.story.state.version)
    }
}

extension PatientFact {
    fileprivate var findings: [Finding] {
        switch self {
        case .infusionOrdered(let order): order.findings
        case .appointmentBooked(let appointment): appointment.findings
        case .doseStarted(let dose): dose.findings
        case .patientRegistered, .identityCorrected, .labRecorded, .labCorrected, .labRetracted,
            .weightRecorded, .heightRecorded, .clinicalContextSet, .clinicalFactRecorded,
            .orderHeld, .orderReleased, .orderCancelled, .appointmentMoved,
            .appointmentCancelled, .appointmentMissed, .doseCompleted, .doseStopped,
            .reactionLogged, .reactionRegraded, .patientDischarged, .transfusionRecorded,
            .chairsideChecked,
            .gateOverridden, .recheckOpened, .recheckClosed, .patientErased:
            []
        }
    }
}
