/// Chronic kidney disease: looks that repeat for as long as it is treated (KDIGO 2026, V2).
extension RecheckView {
    /// R9: haemoglobin, ferritin and saturation every three months, on therapy.
    func ckdIronPanel() -> RecheckOutcome {
        guard
            let context = activeContext(among: [.ckdNonDialysis, .ckdPeritonealDialysis]),
            let therapy = anemiaTherapy
        else { return .nothing }
        return repeating(
            .ckdIronPanel, tests: Self.ironPanel, from: therapy, reason: "ckd-iron-panel",
            predicates: [context]
        ) { _ in
            kidneyWindow(
                policy.rechecks.ckdIntervalDays, grace: policy.rechecks.surveillanceGraceDays,
                source: "facts §6 R9")
        }
    }

    /// R10: haemoglobin every month in haemodialysis, treated or not.
    func hemodialysisBloodCount() -> RecheckOutcome {
        let since = state.contexts.entries.reversed()
            .prefix { $0.value.contains(.ckdHemodialysis) }.last
        guard let context = activeContext(among: [.ckdHemodialysis]), let told = since else {
            return .nothing
        }
        let start = RecheckAnchor(
            kind: .context, version: told.version, at: told.effectiveAt,
            date: picture.localDate(told.effectiveAt))
        return repeating(
            .hemodialysisBloodCount, tests: [.hemoglobin], from: start,
            reason: "hemodialysis-blood-count", predicates: [context]
        ) { _ in
            kidneyWindow(
                policy.rechecks.hemodialysisCountIntervalDays,
                grace: policy.rechecks.hemodialysisGraceDays,
                source: "facts §6 R10")
        }
    }

    /// R10: ferritin and saturation every one to three months in haemodialysis, on therapy.
    func hemodialysisIronPanel() -> RecheckOutcome {
        guard let context = activeContext(among: [.ckdHemodialysis]), let therapy = anemiaTherapy
        else { return .nothing }
        return repeating(
            .hemodialysisIronPanel, tests: Self.ironStoresPanel, from: therapy,
            reason: "hemodialysis-iron-panel", predicates: [context]
        ) { _ in
            kidneyWindow(
                policy.rechecks.hemodialysisIntervalDays,
                grace: policy.rechecks.hemodialysisGraceDays,
                source: "facts §6 R10")
        }
    }

    private func kidneyWindow(_ days: Int, grace: Int, source: String) -> RecheckWindow {
        RecheckWindow(earliest: 1, due: days, overdueAfter: days + grace, source: source)
    }

    /// Since when anaemia is treated: the first iron given here, or the start of an ESA that runs. Not
    /// the last dose: a small one every week would put off the look for ever.
    private var anemiaTherapy: RecheckAnchor? {
        let iron = picture.administered.first.flatMap(anchor)
        return [iron, stimulationStart].compactMap(\.self)
            .min { ($0.at, $0.version) < ($1.at, $1.version) }
    }
}
