import Faults
import Foundation
import Infusion
import YAMLReader

/// Steps: a time, and whatever happened then, in the order it is written.
struct StepReader {
    let times: CaseTimes
    /// The names of the case's other patients.
    let others: [String]

    /// One step or a list of them.
    func steps(_ value: YAMLValue) throws(YAMLProblems) -> [CaseStep] {
        if !value.isList { return try step(value) }
        return try value.list { (value) throws(YAMLProblems) in try step(value) }.flatMap(\.self)
    }

    private func step(_ value: YAMLValue) throws(YAMLProblems) -> [CaseStep] {
        var map = try value.mapping(accepted: "a step, such as {on: 2026-03-02, weight: 70 kg}")
        let at = reading(try times.instant(try map.required("on")))
        let told = reading(try told(map.optional("told"), after: at, of: value))
        let patient = reading(try map.optional("patient").flatMap(other))
        let signOff = reading(try map.optional("signOff").map(OrderReader.signOff))
        let parts = reading(
            try map.all.filter { !Self.keys.contains($0.key) }.allRead {
                (entry) throws(YAMLProblems) in try part(entry.key, entry.value)
            })
        let read = try allRead(at, told, patient, parts, signOff)
        func step(_ action: CaseAction, _ place: YAMLValue) -> CaseStep {
            CaseStep(
                at: read.0, told: read.1, patient: read.2, action: action, signOff: read.4,
                place: place)
        }
        var facts: [ClinicalFact] = []
        var steps: [CaseStep] = []
        for part in read.3 {
            switch part {
            case .facts(let more): facts += more
            case .action(let action, let place): steps.append(step(action, place))
            }
        }
        if !facts.isEmpty { steps.insert(step(.facts(facts), value), at: contextsEnd(steps)) }
        if read.4 != nil, !steps.contains(where: \.action.takesSignOff) {
            throw value.problem("signs for nothing; accepted: with release, regrade or a fact")
        }
        return steps.isEmpty ? [step(.look, value)] : steps
    }

    private enum Part {
        case facts([ClinicalFact])
        case action(CaseAction, place: YAMLValue)
    }

    private func part(_ key: String, _ member: YAMLValue) throws(YAMLProblems) -> Part {
        let facts = try FactReader.read(key, member, times)
        if !facts.isEmpty { return .facts(facts) }
        guard let kind = StepKind(rawValue: key) else {
            let accepted = Self.keys + StepKind.allCases.map(\.rawValue) + FactReader.keys
            throw member.problem("is no step; accepted: \(accepted.joined(separator: ", "))")
        }
        return .action(try action(kind, member), place: member)
    }

    private func told(
        _ told: YAMLValue?, after at: Result<Instant, YAMLProblems>, of step: YAMLValue
    ) throws(YAMLProblems) -> Instant {
        let at = try at.get()
        let told = try told.map(times.instant) ?? at
        guard told >= at else { throw step.problem("is told before it happened") }
        return told
    }

    /// When the first of them was told, as far as that can be read; what else they say does not matter.
    func beginning(_ value: YAMLValue) -> Instant? {
        let steps = value.isList ? try? value.list { (step) throws(YAMLProblems) in step } : [value]
        guard let first = steps?.first, var map = try? first.mapping(),
            let at = map.optional("on")
        else { return nil }
        return try? times.instant(map.optional("told") ?? at)
    }

    /// What a step says besides what happens.
    private static let keys = ["on", "told", "patient", "signOff"]

    private func other(_ value: YAMLValue) throws(YAMLProblems) -> String? {
        try value.oneOf(
            [(CasePatient.own, nil)] + others.map { (name: $0, value: String?.some($0)) })
    }

    /// Facts go after the contexts and before whatever rests on them.
    private func contextsEnd(_ steps: [CaseStep]) -> Int {
        steps.lastIndex { if case .contexts = $0.action { true } else { false } }.map { $0 + 1 }
            ?? 0
    }

    private enum StepKind: String, CaseIterable {
        case weight, height, labs, correct, retract, contexts, order, hold, release, cancelOrder
        case book, cancelVisit, missVisit, holdVisit, confirmVisit, beginVisit, leaveVisit
        case wait, changeWait, leaveWait, offer, acceptOffer, declineOffer
        case start, pause, resume, dose, end, reaction, regrade
        case discharge
        case transfusion, orderTransfusion, override, closeRecheck, chairside, review, ask
    }

    private func decisionKind(_ value: YAMLValue) throws(YAMLProblems) -> String {
        try value.oneOf(["order", "dose", "override", "transfusion-order"].map { ($0, $0) })
    }

    private func action(_ kind: StepKind, _ value: YAMLValue) throws(YAMLProblems) -> CaseAction {
        switch kind {
        case .weight: return .weight(Kilograms(try value.amount("kg")))
        case .height: return .height(Centimeters(try value.amount("cm")))
        case .labs: return .labs(try LabReader.labs(value))
        case .correct: return try LabReader.correction(value)
        case .retract: return try LabReader.retraction(value)
        case .contexts:
            return .contexts(
                Set(
                    try value.list { (value) throws(YAMLProblems) in
                        try value.oneOf(ClinicalContext.self)
                    }))
        case .order: return .order(try OrderReader.order(value))
        case .hold:
            return try OrderReader.named(value) { (name, reason) throws(YAMLProblems) in
                .hold(order: name, try reason.oneOf(HoldReason.self))
            }
        case .release: return .release(order: try name(value))
        case .cancelOrder:
            return try OrderReader.named(value) { (name, reason) throws(YAMLProblems) in
                .cancelOrder(order: name, try reason.oneOf(CancellationReason.self))
            }
        case .book: return .book(try VisitReader.visit(value, times))
        case .cancelVisit:
            return try OrderReader.named(value) { (name, reason) throws(YAMLProblems) in
                .cancelVisit(name: name, try reason.oneOf(CancellationReason.self))
            }
        case .missVisit: return .missVisit(name: try name(value))
        case .beginVisit: return .beginVisit(name: try name(value))
        case .leaveVisit: return .leaveVisit(name: try name(value))
        case .holdVisit: return try VisitReader.hold(value, times)
        case .confirmVisit: return .confirmVisit(name: try name(value))
        case .wait: return .wait(try VisitReader.wait(value))
        case .changeWait: return .changeWait(try VisitReader.wait(value))
        case .leaveWait:
            return try OrderReader.named(value) { (name, reason) throws(YAMLProblems) in
                .leaveWait(order: name, try reason.oneOf(CancellationReason.self))
            }
        case .offer: return .offer(try VisitReader.offer(value, times))
        case .acceptOffer: return .acceptOffer(order: try name(value))
        case .declineOffer:
            return try OrderReader.named(value) { (name, reason) throws(YAMLProblems) in
                .declineOffer(order: name, try reason.oneOf(CancellationReason.self))
            }
        case .start: return .startDose(try DoseReader.start(value))
        case .pause: return .pauseDose(try value.oneOf(StopReason.self))
        case .resume: return .resumeDose(try DoseReader.resumption(value))
        case .dose:
            let (dose, end) = try DoseReader.whole(value)
            return .dose(dose, end)
        case .end: return .endDose(try DoseReader.end(value))
        case .reaction: return try DoseReader.reaction(value)
        case .regrade: return try DoseReader.regrade(value)
        case .discharge:
            return .discharge(
                stable: try value.oneOf([("stable", true), ("unstable", false)]))
        case .transfusion: return .transfusion(units: try value.integer(0...100))
        case .orderTransfusion:
            var map = try value.mapping(accepted: "{units: 1, for: metastaticBreastCancer}")
            let told = try allRead(
                reading(try map.optional("name")?.text() ?? "red cells"),
                reading(try map.optional("units")?.integer(0...100) ?? 1),
                reading(try map.optional("for")?.oneOf(ClinicalContext.self) ?? .general),
                reading(try map.finish()))
            return .orderTransfusion(name: told.0, units: told.1, told.2)
        case .override: return .override(try OrderReader.override(value, times))
        case .closeRecheck:
            var map = try value.mapping(accepted: "{rule: R3, reason: clinicianDecision}")
            let told = try allRead(
                reading(try map.required("rule").oneOf(RecheckRule.self)),
                reading(
                    try map.optional("reason")?.oneOf(RecheckCloseReason.self)
                        ?? .clinicianDecision), reading(try map.finish()))
            return .closeRecheck(told.0, told.1)
        case .chairside: return .chairside(try DoseReader.chairside(value))
        case .review:
            var map = try value.mapping(accepted: "{decision: order, outcome: stands}")
            let told = try allRead(
                reading(try decisionKind(map.required("decision"))),
                reading(try map.required("outcome").oneOf(ReviewOutcome.self)),
                reading(try map.finish()))
            return .review(kind: told.0, told.1)
        case .ask: return try OrderReader.question(value, times)
        }
    }

    /// A name, or `last` for the last thing of its kind.
    private func name(_ value: YAMLValue) throws(YAMLProblems) -> String? {
        let text = try value.text(accepted: "a name, or last")
        return text == "last" ? nil : text
    }
}
