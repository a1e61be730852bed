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
        let at = try times.instant(try map.required("on"))
        let told = try map.optional("told").map(times.instant) ?? at
        guard told >= at else { throw value.problem("is told before it happened") }
        let patient = try map.optional("patient").flatMap(other)
        let signOff = try map.optional("signOff").map(OrderReader.signOff)
        let parts = map.all.filter { !Self.keys.contains($0.key) }
        var steps: [CaseStep] = []
        var facts: [ClinicalFact] = []
        for (key, member) in parts {
            let found = try FactReader.read(key, member, times)
            if !found.isEmpty {
                facts += found
                continue
            }
            guard let kind = StepKind(rawValue: key) else {
                let accepted = Self.keys + StepKind.allCases.map(\.rawValue) + FactReader.keys
                throw member.problem("is no step; accepted: \(accepted.joined(separator: ", "))")
            }
            steps.append(
                CaseStep(
                    at: at, told: told, patient: patient, action: try action(kind, member),
                    signOff: signOff, place: member))
        }
        if !facts.isEmpty {
            steps.insert(
                CaseStep(
                    at: at, told: told, patient: patient, action: .facts(facts),
                    signOff: signOff, place: value),
                at: contextsEnd(steps))
        }
        if steps.isEmpty {
            steps = [
                CaseStep(
                    at: at, told: told, patient: patient, action: .look, signOff: signOff,
                    place: value)
            ]
        }
        if signOff != nil, !steps.contains(where: \.action.takesSignOff) {
            throw value.problem("signs for nothing; accepted: with release, regrade or a fact")
        }
        return steps
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
            let action = CaseAction.orderTransfusion(
                name: try map.optional("name")?.text() ?? "red cells",
                units: try map.optional("units")?.integer(0...100) ?? 1,
                try map.optional("for")?.oneOf(ClinicalContext.self) ?? .general)
            try map.finish()
            return action
        case .override: return .override(try OrderReader.override(value))
        case .closeRecheck:
            var map = try value.mapping(accepted: "{rule: R3, reason: clinicianDecision}")
            let action = CaseAction.closeRecheck(
                try map.required("rule").oneOf(RecheckRule.self),
                try map.optional("reason")?.oneOf(RecheckCloseReason.self) ?? .clinicianDecision)
            try map.finish()
            return action
        case .chairside: return .chairside(try DoseReader.chairside(value))
        case .review:
            var map = try value.mapping(accepted: "{decision: order, outcome: stands}")
            let action = CaseAction.review(
                kind: try decisionKind(map.required("decision")),
                try map.required("outcome").oneOf(ReviewOutcome.self))
            try map.finish()
            return action
        case .ask: return try OrderReader.question(value, times)
        }
    }

    /// A name, or `last` for the last thing of its kind.
    private func name(_ value: YAMLValue) throws(YAMLProblems) -> String? {
        let text = try value.text(accepted: "a name, or last")
        return text == "last" ? nil : text
    }
}
