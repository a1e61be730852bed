/// Whether the deficiency comes back: looks after iron that grow rarer.
extension RecheckView {
    /// R12: in inflammatory bowel disease every three months for a year after iron, then every six to
    /// twelve; instead of the next look a decision, where a result says that iron is to be given again.
    func bowelDiseaseSurveillance() -> RecheckOutcome {
        guard
            let context = activeContext(
                among: [.ibdActive, .ibdInactive], of: .bowelDiseaseSurveillance),
            let start = lastDoseAnchor
        else { return .nothing }
        let decision = retreatment(since: start, in: context)
        var outcome = repeating(
            .bowelDiseaseSurveillance, tests: Self.ironPanel, from: start,
            reason: "bowel-disease-surveillance", predicates: [context]
        ) { bowelDiseaseWindow(from: $0, since: start) }
        outcome.satisfied.merge(decision.satisfied) { base, _ in base }
        outcome.required = decision.required ?? outcome.required
        return outcome
    }

    /// R13: otherwise every three months for a year after iron, then half-yearly, for three years.
    func generalSurveillance() -> RecheckOutcome {
        guard !hasOwnSchedule, let start = lastDoseAnchor else { return .nothing }
        return repeating(
            .generalSurveillance, tests: Self.ironPanel, from: start,
            reason: "surveillance-after-iron", predicates: []
        ) { generalWindow(from: $0, since: start) }
    }

    /// Whether another rule goes on to say when to look again: heart failure and bowel disease always,
    /// kidney disease on therapy, cancer while it is treated.
    private var hasOwnSchedule: Bool {
        isActive(among: [.heartFailure, .ibdActive, .ibdInactive]) || isKidneyLookedAt
            || (isActive(among: [.oncology, .metastaticBreastCancer]) && oncologyTreatment != nil)
    }

    private func isActive(among contexts: Set<ClinicalContext>) -> Bool {
        !contexts.isDisjoint(with: picture.contexts?.value ?? [])
    }

    private func bowelDiseaseWindow(
        from anchor: RecheckAnchor, since start: RecheckAnchor
    ) -> RecheckWindow {
        let settings = policy.rechecks
        let days = days(from: anchor, since: start)
        guard !isInFirstYear(anchor, since: start) else {
            return RecheckWindow(
                earliest: 1, due: days, overdueAfter: days + settings.surveillanceGraceDays,
                because: policy.because(
                    .surveillanceIntervalDays, overdueBy: .surveillanceGraceDays))
        }
        let interval = policy.because(.surveillanceIntervalDaysLater)
        return RecheckWindow(
            earliest: 1, due: days, overdueAfter: max(days, settings.bowelDiseaseLatestDaysLater),
            because: RecheckWindow.Because(
                earliest: interval, due: interval,
                overdueAfter: policy.because(.bowelDiseaseLatestDaysLater)))
    }

    /// The next look, or `nil` when there is to be none.
    private func generalWindow(
        from anchor: RecheckAnchor, since start: RecheckAnchor
    ) -> RecheckWindow? {
        let settings = policy.rechecks
        let days = days(from: anchor, since: start)
        if anchor.date.days(since: start.date) + days > settings.surveillanceEndDays { return nil }
        return RecheckWindow(
            earliest: 1, due: days, overdueAfter: days + settings.surveillanceGraceDays,
            because: policy.because(
                isInFirstYear(anchor, since: start)
                    ? .surveillanceIntervalDays : .surveillanceIntervalDaysLater,
                overdueBy: .surveillanceGraceDays))
    }

    private func isInFirstYear(_ anchor: RecheckAnchor, since start: RecheckAnchor) -> Bool {
        anchor.date.days(since: start.date) < policy.rechecks.surveillanceYearDays
    }

    /// From one look to the next.
    private func days(from anchor: RecheckAnchor, since start: RecheckAnchor) -> Int {
        isInFirstYear(anchor, since: start)
            ? policy.rechecks.surveillanceIntervalDays
            : policy.rechecks.surveillanceIntervalDaysLater
    }
}
