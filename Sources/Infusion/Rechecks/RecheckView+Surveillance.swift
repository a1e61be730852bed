/// Whether the deficiency comes back: looks after iron that grow rarer.
extension RecheckView {
    /// Contexts whose own rules say when to look again.
    private static let ownSchedule: [ClinicalContext] = [
        .heartFailure, .ckdNonDialysis, .ckdPeritonealDialysis, .ckdHemodialysis, .oncology,
        .metastaticBreastCancer, .ibdActive, .ibdInactive,
    ]

    /// R12: in inflammatory bowel disease every three months for a year after iron, then half-yearly;
    /// instead of the next look a decision, where a result says that iron is to be given again.
    func bowelDiseaseSurveillance() -> RecheckOutcome {
        guard let context = activeContext(among: [.ibdActive, .ibdInactive]),
            let start = lastDoseAnchor
        else { return .nothing }
        let decision = retreatment(since: start, in: context)
        var outcome = repeating(
            .bowelDiseaseSurveillance, tests: Self.ironPanel, from: start,
            reason: "bowel-disease-surveillance", predicates: [context]
        ) { surveillance(from: $0, since: start, ends: false, source: "facts §6 R12 (V2)") }
        outcome.satisfied.merge(decision.satisfied) { base, _ in base }
        outcome.required = decision.required ?? outcome.required
        return outcome
    }

    /// R13: otherwise every three months for a year after iron, then half-yearly, for three years.
    func generalSurveillance() -> RecheckOutcome {
        guard activeContext(among: Self.ownSchedule) == nil, let start = lastDoseAnchor else {
            return .nothing
        }
        return repeating(
            .generalSurveillance, tests: [.hemoglobin, .ferritin], from: start,
            reason: "surveillance-after-iron", predicates: []
        ) { surveillance(from: $0, since: start, ends: true, source: "facts §6 R13, BSG (V2)") }
    }

    /// The next look, or `nil` when there is to be none.
    private func surveillance(
        from anchor: RecheckAnchor, since start: RecheckAnchor, ends: Bool, source: String
    ) -> RecheckWindow? {
        let settings = policy.rechecks
        let elapsed = anchor.date.days(since: start.date)
        let days =
            elapsed < settings.surveillanceYearDays
            ? settings.surveillanceIntervalDays : settings.surveillanceIntervalDaysLater
        if ends, elapsed + days > settings.surveillanceEndDays { return nil }
        return RecheckWindow(
            earliest: 1, due: days, overdueAfter: days + settings.surveillanceGraceDays,
            source: source)
    }
}
