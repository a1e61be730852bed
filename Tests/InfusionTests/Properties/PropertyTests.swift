import Foundation
import Infusion
import Testing

@Suite struct `Whatever happens` {
    static let seeds = Histories.seeds
    static let steps = Histories.steps

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
        #expect(history.accepted >= HistoryDemands.acceptedEach)
        #expect(history.refused >= HistoryDemands.refusedEach)
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
    func `no dose starts past a shut gate or by an override that was used before`(_ seed: UInt64) {
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
    func `no override is given for an open gate, and none outlives its facts`(_ seed: UInt64) {
        var history = RandomHistory(seed: seed)
        for _ in 0..<Self.steps {
            history.step { before, events, _ in
                for event in events {
                    if case .gateOverridden(let override) = event.fact {
                        let reasons = override.asked?.predicates?.filter { $0.holds != true }
                        #expect(reasons?.isEmpty == false, "\(override.gate)")
                    }
                    if case .doseStarted(let dose) = event.fact {
                        checkFacts(of: dose, given: before)
                    }
                }
            }
        }
    }

    /// By the log's own order, without the code under test: what a gate rests on that is passed by an
    /// override was told before the override, and is the last word on it.
    private func checkFacts(of dose: DoseStarted, given state: PatientState) {
        for finding in dose.findings where finding.verdict == .overridden {
            guard let granted = finding.predicates.last?.evidence.first else {
                Issue.record("\(finding.gate) names no override")
                continue
            }
            let evidence = Set(finding.predicates.dropLast().flatMap(\.evidence))
            // Identity is corrected without a word on what gates read of it.
            let facts = evidence.subtracting([state.registration?.version].compactMap(\.self))
            #expect(facts.allSatisfy { $0 < granted }, "\(finding)")
            for lab in state.labs where lab.chain.contains(where: { facts.contains($0.version) }) {
                #expect(lab.retraction == nil, "\(finding)")
                let last = lab.chain.last?.version
                #expect(last.map { $0 < granted } == true, "\(finding)")
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
        let isPassed = dose.findings.contains {
            $0.gate == .anaphylaxisSameProduct && $0.verdict == .passed
        }
        if isPassed {
            let serious = state.reactions.contains { reaction in
                state.dose(reaction.reaction.dose)?.moiety == dose.moiety
                    && reaction.reaction.kind == .anaphylaxis
            }
            #expect(!serious)
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
            .appointmentCancelled, .appointmentMissed, .appointmentHeld, .appointmentConfirmed,
            .holdExpired, .capacityOverridden, .stockReserved, .patientArrived, .visitBegun,
            .visitLeft, .dosePaused,
            .doseResumed,
            .doseCompleted,
            .doseStopped,
            .reactionLogged, .reactionRegraded, .patientDischarged, .transfusionRecorded,
            .chairsideChecked,
            .gateOverridden, .signedOff, .recheckOpened, .recheckClosed, .patientErased,
            .patientMerged,
            .historyCarried,
            .patientMergedInto, .patientUnmerged, .patientUnmergedFrom,
            .recordAttributed,
            .decisionReviewed, .waitlistEntered, .waitlistChanged,
            .waitlistOffered, .waitlistLeft, .transfusionOrdered, .transfusionOrderFilled:
            []
        }
    }
}
