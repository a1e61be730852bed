/// Chronic kidney disease: looks that repeat for as long as it is treated (KDIGO 2026, V2).
extension RecheckView {
    /// R9: haemoglobin, ferritin and saturation every three months, on therapy.
    func ckdIronPanel() -> RecheckOutcome { kidneyPanel(ckdLook) }

    /// R10: ferritin and saturation every one to three months in haemodialysis, on therapy.
    func hemodialysisIronPanel() -> RecheckOutcome { kidneyPanel(hemodialysisLook) }

    /// R10: haemoglobin every month in haemodialysis, treated or not.
    func hemodialysisBloodCount() -> RecheckOutcome {
        let since = state.contexts.entries.reversed()
            .prefix { $0.value.contains(.ckdHemodialysis) }.last
        guard
            let context = activeContext(
                among: [.ckdHemodialysis], of: .hemodialysisBloodCount), let told = since
        else { return .nothing }
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
                because: policy.because(
                    .hemodialysisCountIntervalDays, overdueBy: .hemodialysisGraceDays))
        }
    }

    /// Whether R9 or R10p still looks at the stores: beyond therapy R13 does.
    var isKidneyLookedAt: Bool {
        [ckdLook, hemodialysisLook].contains { look in
            guard let look else { return false }
            return look.goesOn(from: Self.later(lastPanel(of: look.tests), look.start))
        }
    }

    private func kidneyPanel(_ look: KidneyLook?) -> RecheckOutcome {
        guard let look else { return .nothing }
        return repeating(
            look.rule, tests: look.tests, from: look.start, reason: look.reason,
            predicates: [look.context]
        ) { anchor in
            look.goesOn(from: anchor)
                ? kidneyWindow(look.days, grace: look.grace, because: look.because) : nil
        }
    }

    private var ckdLook: KidneyLook? {
        guard
            let context = activeContext(
                among: [.ckdNonDialysis, .ckdPeritonealDialysis], of: .ckdIronPanel),
            let start = anemiaTherapy
        else { return nil }
        return KidneyLook(
            rule: .ckdIronPanel, tests: Self.ironPanel, reason: "ckd-iron-panel", context: context,
            start: start, lastDay: lastDayOfTherapy, days: policy.rechecks.ckdIntervalDays,
            grace: policy.rechecks.surveillanceGraceDays,
            because: policy.because(.ckdIntervalDays, overdueBy: .surveillanceGraceDays))
    }

    private var hemodialysisLook: KidneyLook? {
        guard
            let context = activeContext(among: [.ckdHemodialysis], of: .hemodialysisIronPanel),
            let start = anemiaTherapy
        else { return nil }
        return KidneyLook(
            rule: .hemodialysisIronPanel, tests: Self.ironStoresPanel,
            reason: "hemodialysis-iron-panel", context: context, start: start,
            lastDay: lastDayOfTherapy, days: policy.rechecks.hemodialysisIntervalDays,
            grace: policy.rechecks.hemodialysisGraceDays,
            because: policy.because(
                .hemodialysisIntervalDays, overdueBy: .hemodialysisGraceDays))
    }

    private func kidneyWindow(
        _ days: Int, grace: Int, because: RecheckWindow.Because
    ) -> RecheckWindow {
        RecheckWindow(earliest: 1, due: days, overdueAfter: days + grace, because: because)
    }

    /// Since when anaemia is treated: the first iron given here, or the start of an ESA that runs. Not
    /// the last dose: a small one every week would put off the look for ever.
    private var anemiaTherapy: RecheckAnchor? {
        let iron = picture.administered.first.flatMap(anchor)
        return [iron, stimulationStart].compactMap(\.self)
            .min { ($0.at, $0.version) < ($1.at, $1.version) }
    }

    /// The last day on which anaemia counts as treated by the iron given; `nil` while an ESA runs.
    private var lastDayOfTherapy: CalendarDate? {
        guard stimulationStart == nil else { return nil }
        return lastDoseAnchor?.date.adding(days: policy.rechecks.kidneyTherapyDays)
    }
}

/// A look in kidney disease that repeats while anaemia is treated.
private struct KidneyLook {
    let rule: RecheckRule
    let tests: Set<Analyte>
    let reason: String
    let context: Predicate
    let start: RecheckAnchor
    /// The last day of therapy; `nil` where no end is known.
    let lastDay: CalendarDate?
    let days: Int
    let grace: Int
    let because: RecheckWindow.Because

    /// Whether the next look, counted from `anchor`, is still one on therapy.
    func goesOn(from anchor: RecheckAnchor) -> Bool {
        lastDay.map { anchor.date.adding(days: days) <= $0 } ?? true
    }
}
