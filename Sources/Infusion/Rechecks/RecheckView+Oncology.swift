import Foundation

/// A cancer therapy that runs, and since when.
struct OncologyTreatment {
    let therapy: Therapy
    let since: Instant
    let version: EventVersion
}

extension RecheckView {
    /// The cancer therapy that has run for longest; `nil` when none runs. A diagnosis is no
    /// treatment: R11 holds "during treatment" (facts §6).
    var oncologyTreatment: OncologyTreatment? {
        ClinicalPicture.cancerTherapies.compactMap(running)
            .min { ($0.since, $0.version) < ($1.since, $1.version) }
    }

    private func running(_ therapy: Therapy) -> OncologyTreatment? {
        let told = state.facts.therapies[therapy]?.entries ?? []
        return told.reversed().prefix { $0.value }.last.map {
            OncologyTreatment(therapy: therapy, since: $0.effectiveAt, version: $0.version)
        }
    }

    /// R11: a blood count weekly to monthly during oncology treatment, counted from the last one,
    /// or from the treatment's start where the last one is too old to count from.
    func oncologyBloodCount() -> RecheckOutcome {
        guard let treatment = oncologyTreatment else { return .nothing }
        let escalation = hemoglobinEscalation(.oncologyBloodCount)
        var outcome = escalation.required != nil ? escalation : regularCount(during: treatment)
        outcome.satisfied.merge(escalation.satisfied) { base, _ in base }
        outcome.satisfied.merge(answeredCounts()) { base, _ in base }
        return outcome
    }

    private func regularCount(during treatment: OncologyTreatment) -> RecheckOutcome {
        let began = picture.localDate(treatment.since)
        let treated = Predicate.fact(
            "running-therapy", treatment.therapy.rawValue, "in",
            ClinicalPicture.cancerTherapies.map(\.rawValue).joined(separator: ", "), holds: true,
            source: RecheckRule.oncologyBloodCount.because, evidence: [treatment.version])
        if let last = picture.latest(.hemoglobin) {
            let isLow = ReportedRange(last.value.canonical, last.value.comparator)
                .isBelow(policy.rechecks.oncologyLowHemoglobin)
            let cycle = nextCycle(after: last.date)
            let window = countWindow(isLow: isLow ?? true, until: cycle?.days)
            if last.date.adding(days: window.due) >= began {
                let anchor = RecheckAnchor(
                    kind: .bloodCount, version: last.evidence, at: last.collectedAt,
                    date: last.date)
                return count(
                    from: anchor, window: window, reason: "oncology-blood-count",
                    predicates: [treated, level(of: last, isLow: isLow)]
                        + (cycle.map { [$0.predicate] } ?? []) + hemoglobinUrgencyPredicates)
            }
        }
        let anchor = RecheckAnchor(
            kind: .treatment, version: treatment.version, at: treatment.since, date: began)
        return count(
            from: anchor,
            window: RecheckWindow(
                earliest: 0, due: 0, overdueAfter: policy.rechecks.oncologyGraceDays,
                because: RecheckWindow.Because(policy.because(.oncologyGraceDays))),
            reason: "no-blood-count", predicates: [treated])
    }

    /// The next planned cycle that the last count is too old for.
    private func nextCycle(after last: CalendarDate) -> (days: Int, predicate: Predicate)? {
        guard let cycle = planned(.cancerTreatmentCycle, as: .treatmentCycle) else { return nil }
        let days = cycle.date.days(since: last)
        guard days > policy.rechecks.cycleCountDays else { return nil }
        return (days, cycle.predicate(source: RecheckRule.oncologyBloodCount.because))
    }

    /// Weekly while the last count is low or may be, else monthly; and before the next cycle, which
    /// starts `cycle` days after the count: due from the first day on which a count serves for it.
    private func countWindow(isLow: Bool, until cycle: Int?) -> RecheckWindow {
        let settings = policy.rechecks
        let days =
            isLow ? settings.oncologyIntervalDaysWhenLow : settings.oncologyIntervalDays
        let grace = isLow ? settings.oncologyGraceDaysWhenLow : settings.oncologyGraceDays
        let because = policy.because(
            isLow ? .oncologyIntervalDaysWhenLow : .oncologyIntervalDays,
            overdueBy: isLow ? .oncologyGraceDaysWhenLow : .oncologyGraceDays)
        let due = min(days, cycle.map { $0 - settings.cycleCountDays } ?? days)
        let overdueAfter = min(days + grace, cycle ?? days + grace)
        return RecheckWindow(
            earliest: 1, due: due, overdueAfter: overdueAfter,
            because: RecheckWindow.Because(
                earliest: because.earliest,
                due: due < days ? policy.because(.cycleCountDays) : because.due,
                overdueAfter: overdueAfter < days + grace
                    ? RecheckRule.oncologyBloodCount.because : because.overdueAfter))
    }

    /// Why the count comes as often as it does.
    private func level(of last: LabFact, isLow: Bool?) -> Predicate {
        Predicate(
            name: "hemoglobin", value: last.value.text, unit: Units.GramPerDeciliter.ucum,
            comparison: isLow == false ? ">=" : "<",
            threshold: "\(policy.rechecks.oncologyLowHemoglobin)",
            holds: isLow.map { _ in true }, source: policy.because(.oncologyLowHemoglobin),
            evidence: [last.evidence])
    }

    private func count(
        from anchor: RecheckAnchor, window: RecheckWindow, reason: String, predicates: [Predicate]
    ) -> RecheckOutcome {
        // The next count answers by being what the next row counts from.
        recheck(
            .oncologyBloodCount, from: anchor, window: window, tests: [.hemoglobin],
            reason: reason, urgency: hemoglobinUrgency, predicates: predicates
        ) { _ in nil }
    }

    /// The counts that are open and now answered by a later one.
    private func answeredCounts() -> [RecheckID: [EventVersion]] {
        var answered: [RecheckID: [EventVersion]] = [:]
        let readings = picture.readings(.hemoglobin)
        for row in state.openRechecks.values where row.value.id.rule == .oncologyBloodCount {
            let later = readings.last { $0.evidence != row.value.id.anchor }
            if let later, later.date >= row.value.earliest {
                answered[row.value.id] = [later.evidence]
            }
        }
        return answered
    }
}
