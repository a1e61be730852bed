/// Heart failure: the maintenance decisions of the label's plan, the look at longer intervals, and
/// the one after an admission.
extension RecheckView {
    /// The plan ends after week 38, which is week 36 and fourteen days.
    static let planWeeks = 38
    /// The week of the plan's last decision; the label has no data beyond it.
    private static let lastDecisionWeek = 36

    /// The doses under the heart-failure table, the first of the running plan first.
    private var planDoses: ArraySlice<DoseRecord> {
        let doses = picture.administered.filter { dose in
            guard let order = state.order(dose.order), order.cancellation == nil else {
                return false
            }
            return picture.context.formulary
                .row(order.order.dosingRow, of: order.order.product)?.heartFailure != nil
        }
        var first = doses.startIndex
        for index in doses.indices.dropFirst() {
            let days = doses[index].started.localDate.days(since: doses[first].started.localDate)
            if days > Self.planWeeks * 7 { first = index }
        }
        return doses[first...]
    }

    /// R7: a maintenance decision, due on the day of its week, counted from plan day 1 and never
    /// re-anchored. A dose of its window answers it, or the results that it needs.
    func heartFailureMaintenance(_ rule: RecheckRule, week: Int) -> RecheckOutcome {
        let doses = planDoses
        guard let first = doses.first else { return .nothing }
        let anchor = planStart(first)
        let window = policy.maintenanceWindow(week: week)
        // The dose may come a week before the day on which it is due, as its slot has it.
        let slot = HeartFailureTable.schedule.slots.first { $0.day == week * 7 }
        let opens = anchor.date.adding(days: slot?.earliest ?? week * 7)
        return recheck(
            rule, from: anchor, window: window, tests: Self.ironPanel,
            reason: "heart-failure-week-\(week)"
        ) { earliest in
            let dose = doses.first { $0.started.localDate >= opens }
            return dose?.end.map { [$0.version] }
                ?? firstPanel(of: Self.ironPanel, from: earliest)
        }
    }

    private func planStart(_ first: DoseRecord) -> RecheckAnchor {
        RecheckAnchor(
            kind: .planDay, version: first.version, at: first.startedAt,
            date: first.started.localDate)
    }

    /// R8: in heart failure after iron and after an admission for it, whichever look is due first.
    func heartFailure() -> RecheckOutcome {
        guard let context = activeContext(among: [.heartFailure], of: .heartFailure) else {
            return .nothing
        }
        var outcome = heartFailureAfterIron(context)
        let admission = heartFailureAfterAdmission(context)
        outcome.satisfied.merge(admission.satisfied) { base, _ in base }
        if let look = admission.required, outcome.required.map({ look.due <= $0.due }) ?? true {
            outcome.required = look
        }
        return outcome
    }

    /// Once after the last admission, whether iron was ever given or not, and while the label's plan
    /// runs too; iron given since counts anew.
    private func heartFailureAfterAdmission(_ context: Predicate) -> RecheckOutcome {
        guard let told = state.facts.happened[.heartFailureAdmission]?.latestSince,
            let date = told.value, lastDoseAnchor.map({ $0.date < date }) ?? true
        else { return .nothing }
        let anchor = RecheckAnchor(
            kind: .admission, version: told.version, at: told.effectiveAt, date: date)
        return recheck(
            .heartFailure, from: anchor, window: windows.admission, tests: Self.ironPanel,
            reason: "heart-failure-admission", predicates: [context]
        ) { firstPanel(of: Self.ironPanel, from: $0) }
    }

    /// Twelve weeks after iron, then once or twice a year. While the label's plan waits for its last
    /// decision its own decisions are the looks, and the next one counts from the day of that decision:
    /// a decision that nobody makes puts it off no further.
    private func heartFailureAfterIron(_ context: Predicate) -> RecheckOutcome {
        guard let start = lastDoseAnchor else { return .nothing }
        let settings = policy.rechecks
        let decision = heartFailureMaintenance(
            .heartFailureWeek36, week: Self.lastDecisionWeek)
        if let first = planDoses.first, decision.required != nil {
            let days = Self.lastDecisionWeek * 7 + settings.heartFailureIntervalDays
            return recheck(
                .heartFailure, from: planStart(first),
                window: RecheckWindow(
                    earliest: Self.planWeeks * 7 + 1, due: days,
                    overdueAfter: days + settings.surveillanceGraceDays,
                    because: policy.because(
                        .heartFailureIntervalDays, overdueBy: .surveillanceGraceDays)),
                tests: Self.ironPanel, reason: "heart-failure-follow-up", predicates: [context]
            ) { firstPanel(of: Self.ironPanel, from: $0) }
        }
        return repeating(
            .heartFailure, tests: Self.ironPanel, from: start, reason: "heart-failure-follow-up",
            predicates: [context]
        ) { anchor in
            let isLater = anchor.kind == .panel
            let days =
                isLater ? settings.heartFailureIntervalDays : windows.fullIronPanel.due
            return RecheckWindow(
                earliest: 1, due: days, overdueAfter: days + settings.surveillanceGraceDays,
                because: policy.because(
                    isLater ? .heartFailureIntervalDays : .fullIronPanelDueDays,
                    overdueBy: .surveillanceGraceDays))
        }
    }

    /// One of `contexts` as the patient's own, in words, for a rule; `nil` where none is.
    func activeContext(
        among contexts: [ClinicalContext], of rule: RecheckRule
    ) -> Predicate? {
        guard let told = picture.contexts,
            let context = contexts.first(where: told.value.contains)
        else { return nil }
        return .fact(
            "context", context.rawValue, "in", contexts.map(\.rawValue).joined(separator: ", "),
            holds: true, source: rule.because, evidence: [told.version])
    }
}
