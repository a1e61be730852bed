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

    /// One look again, as every rule settles it. What a person closed is never asked again. What
    /// the facts answer is satisfied by the events that `answer` finds, which it is asked for with
    /// the first day on which a result counts. Everything else is open: an answer that is
    /// retracted is found no more, and the row opens again.
    ///
    /// The row carries all that it rests on: the event it counts from, what the rule read, and the
    /// sum that gives each of its dates.
    func recheck(
        _ rule: RecheckRule, from anchor: RecheckAnchor, window: RecheckWindow,
        tests: Set<Analyte>, reason: String, urgency: Urgency = .routine,
        predicates: @autoclosure () -> [Predicate] = [],
        answer: (_ earliest: CalendarDate) -> [EventVersion]?
    ) -> RecheckOutcome {
        let id = RecheckID(rule: rule, anchor: anchor.version)
        if state.rechecksClosedByPerson.contains(id) { return .nothing }
        let earliest = anchor.date.adding(days: window.earliest)
        if let evidence = answer(earliest) {
            return RecheckOutcome(required: nil, satisfied: [id: evidence])
        }
        let all =
            [anchor.predicate(source: window.because.due)] + predicates()
            + window.predicates(from: anchor)
        return RecheckOutcome(
            required: RecheckOpened(
                id: id, ruleVersion: RuleVersions.version(of: rule), tests: tests,
                earliest: earliest, due: anchor.date.adding(days: window.due),
                overdueAfter: anchor.date.adding(days: window.overdueAfter), urgency: urgency,
                reason: reason, predicates: all,
                evidence: all.flatMap(\.evidence).withoutRepeats()))
    }
}

extension [EventVersion] {
    /// Each event once, where it came first.
    fileprivate func withoutRepeats() -> [EventVersion] {
        var seen: Set<EventVersion> = []
        return filter { seen.insert($0).inserted }
    }
}
