/// How long an order's next visit can wait (clinical facts §6, the urgency ladder).
///
/// A pure function of the facts: it says the same on every day, so that a place on the list changes when
/// something was learned and never because time has passed.
struct WaitlistRanking {
    let view: RecheckView

    init(state: PatientState, context: DecisionContext) {
        view = RecheckView(state: state, context: context)
    }

    func priority(of id: OrderID) -> WaitlistPriority? {
        guard let due = due(of: id) else { return nil }
        let predicates = view.hemoglobinUrgencyPredicates + [due.sum]
        return WaitlistPriority(
            ruleVersion: RuleVersions.waitlist, urgency: view.hemoglobinUrgency, due: due.date,
            predicates: predicates, evidence: predicates.flatMap(\.evidence))
    }

    private struct Due {
        let date: CalendarDate
        let sum: Predicate

        init(
            _ anchor: String, _ from: CalendarDate, days: Int, source: String,
            evidence: EventVersion
        ) {
            date = from.adding(days: days)
            sum = .fact(
                "due", date, "=", "\(anchor) + \(days) d", holds: true, source: source,
                evidence: [evidence])
        }
    }

    private func due(of id: OrderID) -> Due? {
        if let order = view.state.transfusionOrder(id) {
            return waiting(from: order.order.signature, order.version)
        }
        guard let order = view.state.order(id) else { return nil }
        // The first dose waits by its urgency, no further one longer than the label asks for: due is the
        // first date on which neither an interval nor the weekly limit is against it.
        let last = view.state.doses(of: id).max { $0.started.localDate < $1.started.localDate }
        guard let last else { return waiting(from: order.order.signature, order.version) }
        let date = last.started.localDate
        let known = terms(of: order)
        let first = known.flatMap { ready($0, from: date) } ?? date
        return Due(
            "last-dose", date, days: first.days(since: date),
            source: known?.row.because ?? Gate.interval.because, evidence: last.version)
    }

    private func waiting(from signature: Signature, _ version: EventVersion) -> Due {
        let wait = WaitlistWait(view.hemoglobinUrgency, by: view.policy)
        return Due(
            "signed", view.picture.localDate(signature.signedAt), days: wait.days,
            source: wait.source, evidence: version)
    }

    /// `nil` where the formulary in force does not have the order's row any more.
    private func terms(of order: OrderRecord) -> OrderTerms? {
        try? Decision(state: view.state, context: view.picture.context).requireTerms(of: order)
    }

    private func ready(_ terms: OrderTerms, from date: CalendarDate) -> CalendarDate? {
        let question = GateQuestion(
            picture: view.picture, terms: terms, date: date, occasion: .booking)
        return terms.row.earliestDate(
            question.proposal, for: DosingCheck(question).subject, indication: terms.indication)
    }
}

/// How many days a signed order waits for its first visit at most.
private struct WaitlistWait {
    let days: Int
    let source: String

    init(_ urgency: Urgency, by policy: ClinicalPolicy) {
        switch urgency {
        case .emergency, .urgent, .soon:
            let window = policy.windows.escalation(urgency)
            (days, source) = (window.overdueAfter, window.because.overdueAfter)
        case .routine:
            (days, source) = (policy.waiting.routineDays, policy.because(.waitRoutineDays))
        }
    }
}
