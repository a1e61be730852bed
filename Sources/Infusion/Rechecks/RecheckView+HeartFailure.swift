/// Heart failure: the maintenance decisions of the label's plan, and the look at longer intervals.
extension RecheckView {
    /// The plan ends after week 38, which is week 36 and fourteen days.
    static let planWeeks = 38

    /// The doses under the heart-failure table, the first of the running plan first.
    private var planDoses: ArraySlice<DoseRecord> {
        let doses = picture.administered.filter { dose in
            guard let order = state.order(dose.order), order.cancellation == nil else {
                return false
            }
            return picture.context.formulary
                .row(order.order.dosingRow, of: order.order.product)?.dose == .heartFailureTable
        }
        var first = doses.startIndex
        for index in doses.indices.dropFirst() {
            let days = doses[index].started.localDate.days(since: doses[first].started.localDate)
            if days > Self.planWeeks * 7 { first = index }
        }
        return doses[first...]
    }

    /// R7: a maintenance decision, counted from plan day 1 and never re-anchored. A dose of
    /// its window answers it, or the results that it needs.
    func heartFailureMaintenance(_ rule: RecheckRule, week: Int) -> RecheckOutcome {
        let doses = planDoses
        guard let first = doses.first else { return .nothing }
        let anchor = RecheckAnchor(
            kind: .planDay, version: first.version, at: first.startedAt,
            date: first.started.localDate)
        let id = RecheckID(rule: rule, anchor: anchor.version)
        if isClosedByPerson(id) { return .nothing }
        let window = policy.maintenanceWindow(week: week)
        let opens = anchor.date.adding(days: window.due)
        if let dose = doses.first(where: { $0.started.localDate >= opens }), let end = dose.end {
            return RecheckOutcome(required: nil, satisfied: [id: [end.version]])
        }
        let earliest = anchor.date.adding(days: window.earliest)
        if let evidence = firstPanel(of: Self.ironPanel, from: earliest) {
            return RecheckOutcome(required: nil, satisfied: [id: evidence])
        }
        return RecheckOutcome(
            required: opened(
                id, from: anchor, window: window, tests: Self.ironPanel,
                reason: "heart-failure-week-\(week)", urgency: .routine, predicates: []))
    }

    /// R8: in heart failure twelve weeks after iron, then once or twice a year. While the label's
    /// plan runs, its own decisions are the looks.
    func heartFailure() -> RecheckOutcome {
        guard let context = activeContext(among: [.heartFailure]), let start = lastDoseAnchor,
            heartFailureMaintenance(.heartFailureWeek36, week: 36).required == nil
        else { return .nothing }
        let settings = policy.rechecks
        return repeating(
            .heartFailure, tests: Self.ironPanel, from: start, reason: "heart-failure-follow-up",
            predicates: [context]
        ) { anchor in
            let days =
                anchor.kind == .panel
                ? settings.heartFailureIntervalDays : windows.fullIronPanel.due
            return RecheckWindow(
                earliest: 1, due: days, overdueAfter: days + settings.surveillanceGraceDays,
                source: "facts §6 R8 (V2)")
        }
    }

    /// One of `contexts` as the patient's own, in words; `nil` where none is.
    func activeContext(among contexts: [ClinicalContext]) -> Predicate? {
        guard let told = picture.contexts,
            let context = contexts.first(where: told.value.contains)
        else { return nil }
        return .fact(
            "context", context.rawValue, "in", contexts.map(\.rawValue).joined(separator: ", "),
            holds: true, source: "facts §6", evidence: [told.version])
    }
}
