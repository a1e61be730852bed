/// What the recheck rules read: every fact known, whenever it was true.
struct RecheckView {
    let picture: ClinicalPicture
    var state: PatientState { picture.state }
    var policy: ClinicalPolicy { picture.context.site.policy }
    var windows: RecheckWindows { picture.context.site.policy.windows }
    var ladders: UrgencyLadders { picture.context.site.policy.ladders }

    init(state: PatientState, context: DecisionContext) {
        picture = ClinicalPicture(
            state: state, context: context, at: Instant(microsecondsSinceUnixEpoch: .max))
    }

    func isClosedByPerson(_ id: RecheckID) -> Bool { state.rechecksClosedByPerson.contains(id) }

    /// The last haemoglobin's urgency: invalid for a verdict or not, it is valid for safety.
    var hemoglobinUrgency: Urgency {
        picture.latest(.hemoglobin).map { ladders.hemoglobin.urgency(of: $0.value) }
            ?? .routine
    }

    /// What that urgency rests on: nothing, where it is routine.
    var hemoglobinUrgencyPredicates: [Predicate] {
        let rung = picture.latest(.hemoglobin).flatMap {
            ladders.hemoglobin.predicate(of: $0.value, evidence: $0.evidence)
        }
        return rung.map { [$0] } ?? []
    }

    /// A row and everything it rests on: the event it counts from, what the rule read, and the sum
    /// that gives each of its dates.
    func opened(
        _ id: RecheckID, from anchor: RecheckAnchor, window: RecheckWindow, tests: Set<Analyte>,
        reason: String, urgency: Urgency, predicates: [Predicate]
    ) -> RecheckOpened {
        let all =
            [anchor.predicate(source: window.source)] + predicates
            + window.predicates(from: anchor)
        return RecheckOpened(
            id: id, ruleVersion: RuleVersions.version(of: id.rule), tests: tests,
            earliest: anchor.date.adding(days: window.earliest),
            due: anchor.date.adding(days: window.due),
            overdueAfter: anchor.date.adding(days: window.overdueAfter), urgency: urgency,
            reason: reason, predicates: all, evidence: all.flatMap(\.evidence).withoutRepeats())
    }
}

extension [EventVersion] {
    /// Each event once, where it came first.
    fileprivate func withoutRepeats() -> [EventVersion] {
        var seen: Set<EventVersion> = []
        return filter { seen.insert($0).inserted }
    }
}
