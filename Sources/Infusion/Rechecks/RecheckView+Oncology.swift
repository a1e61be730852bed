import Foundation

extension RecheckView {
    /// SEED-C: the count below which the weekly end of "once a week or once a month" holds, g/dL.
    static let lowHemoglobin = Decimal(10)
    /// A weekly count is late sooner than a monthly one, in days.
    static let weeklyGraceDays = 3

    /// What makes it oncology treatment, from its beginning; `nil` when there is none.
    ///
    /// A cancer therapy that runs, or a cancer context for which no therapy was ever told: not
    /// knowing asks for a look more. A context whose therapies have all ended asks for none.
    var oncologyTreatment: Kept<Bool>? {
        let timelines = ClinicalPicture.cancerTherapies.compactMap { state.facts.therapies[$0] }
        let running = timelines.compactMap { timeline -> Kept<Bool>? in
            guard timeline.latest?.value == true else { return nil }
            return timeline.entries.reversed().prefix { $0.value }.last
        }
        if let first = running.min(by: { $0.precedes($1) }) { return first }
        guard timelines.isEmpty else { return nil }
        let run = state.contexts.entries.reversed().prefix {
            !$0.value.isDisjoint(with: [.oncology, .metastaticBreastCancer])
        }
        return run.last.map { Kept(true, effectiveAt: $0.effectiveAt, version: $0.version) }
    }

    /// R11: a blood count weekly to monthly during oncology treatment, counted from the last one.
    func oncologyBloodCount() -> RecheckOutcome {
        guard let treatment = oncologyTreatment else { return .nothing }
        let escalation = hemoglobinEscalation(.oncologyBloodCount)
        var outcome = escalation.required != nil ? escalation : regularCount(during: treatment)
        outcome.satisfied.merge(escalation.satisfied) { base, _ in base }
        outcome.satisfied.merge(answeredCounts()) { base, _ in base }
        return outcome
    }

    private func regularCount(during treatment: Kept<Bool>) -> RecheckOutcome {
        let began = picture.localDate(treatment.effectiveAt)
        let treated = Predicate.fact(
            "oncology-treatment", true, "=", "true", holds: true, source: "facts §6 R11, SEED-C",
            evidence: [treatment.version])
        let settings = policy.rechecks
        guard let last = picture.latest(.hemoglobin) else {
            return count(
                anchor: treatment.version, earliest: began, due: began,
                grace: settings.oncologyGraceDays, reason: "no-blood-count", predicates: [treated])
        }
        let low =
            ReportedRange(last.value.canonical, last.value.comparator).isBelow(Self.lowHemoglobin)
            ?? true
        let days = low ? settings.oncologyIntervalDaysWhenLow : settings.oncologyIntervalDays
        let level = Predicate.fact(
            "hemoglobin", last.value.text, unit: Units.GramPerDeciliter.ucum, "<",
            Self.lowHemoglobin, holds: low, source: "site setting (ED) within SEED-C",
            evidence: [last.evidence])
        return count(
            anchor: last.evidence, earliest: last.date.adding(days: 1),
            due: max(last.date.adding(days: days), began),
            grace: low ? Self.weeklyGraceDays : settings.oncologyGraceDays,
            reason: "oncology-blood-count", predicates: [treated, level])
    }

    private func count(
        anchor: EventVersion, earliest: CalendarDate, due: CalendarDate, grace: Int, reason: String,
        predicates: [Predicate]
    ) -> RecheckOutcome {
        let id = RecheckID(rule: .oncologyBloodCount, anchor: anchor)
        if isClosedByPerson(id) { return .nothing }
        return RecheckOutcome(
            required: RecheckOpened(
                id: id, ruleVersion: RuleVersions.version(of: .oncologyBloodCount),
                tests: [.hemoglobin], earliest: earliest, due: due,
                overdueAfter: due.adding(days: grace), urgency: hemoglobinUrgency, reason: reason,
                predicates: predicates, evidence: predicates.flatMap(\.evidence)))
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
