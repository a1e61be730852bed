extension RecheckView {
    /// R5: phosphate after every dose of ferric carboxymaltose, for patients at risk, in heart
    /// failure, or with a repeat course behind or before them, and for all where the site says so
    ///
    func phosphate() -> RecheckOutcome {
        let escalation = phosphateEscalation()
        if escalation.required != nil { return escalation }
        var outcome = phosphateAfterDose()
        outcome.satisfied.merge(escalation.satisfied) { base, _ in base }
        return outcome
    }

    private func phosphateAfterDose() -> RecheckOutcome {
        let doses = picture.administered.filter { $0.moiety == .ferricCarboxymaltose }
        guard let dose = doses.last, let anchor = anchor(dose),
            let because = reasonForPhosphate(after: dose, among: doses)
        else { return .nothing }
        return recheck(
            .phosphate, from: anchor, window: windows.phosphate, tests: [.phosphate],
            reason: "phosphate-nadir", predicates: [because]
        ) { earliest in
            picture.readings(.phosphate).first { $0.date >= earliest }.map { [$0.evidence] }
        }
    }

    private func reasonForPhosphate(after dose: DoseRecord, among doses: [DoseRecord]) -> Predicate?
    {
        func because(
            _ reason: String, _ evidence: [EventVersion], _ setting: PolicySetting? = nil
        ) -> Predicate {
            .fact(
                "phosphate-check-for", reason, "in",
                "at-risk, heart-failure, repeat-course, site-policy", holds: true,
                source: setting.map { policy.because($0) } ?? RecheckRule.phosphate.because,
                evidence: evidence)
        }
        if let risk = state.facts.hypophosphatemiaRisk.latest, risk.value {
            return because("at-risk", [risk.version])
        }
        let order = state.order(dose.order)
        if let order, order.order.indication == .heartFailure {
            return because("heart-failure", [order.version])
        }
        if let contexts = picture.contexts, contexts.value.contains(.heartFailure) {
            return because("heart-failure", [contexts.version])
        }
        if let next = state.orders.first(where: {
            $0.id != dose.order && $0.order.moiety == .ferricCarboxymaltose
                && ($0.status == .active || $0.status == .held)
        }) {
            return because("repeat-course", [next.version])
        }
        if let former = formerCourse(before: dose, among: doses) {
            return because(
                "repeat-course", [former.end?.version ?? former.version],
                .phosphateRepeatCourseMonths)
        }
        return policy.phosphate.checkEveryPatient
            ? because("site-policy", [], .phosphateForEveryPatient) : nil
    }

    /// The last dose of an earlier course, at most three calendar months before this one's first.
    private func formerCourse(before dose: DoseRecord, among doses: [DoseRecord]) -> DoseRecord? {
        let first = doses.first { $0.order == dose.order } ?? dose
        return doses.last { earlier in
            earlier.order != dose.order && earlier.startedAt < first.startedAt
                && first.started.localDate
                    <= (earlier.end?.given.localDate ?? earlier.started.localDate)
                    .adding(months: policy.phosphate.repeatCourseMonths)
        }
    }
}
