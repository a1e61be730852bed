/// Rechecks that ask the patient and not the laboratory.
extension RecheckView {
    /// R1: how the patient is after the first dose of a course ("closer watch on the first dose"), of
    /// every course, as all of the table counts by course: a reaction comes late after iron that was
    /// borne before as well. Any symptom said to be there or not, a reaction, or the next visit's
    /// check answers it.
    func symptomCheck() -> RecheckOutcome {
        guard let dose = picture.administered.last, let anchor = anchor(dose),
            let first = picture.administered.first(where: { $0.order == dose.order }),
            let began = self.anchor(first)
        else { return .nothing }
        let answers =
            state.facts.symptoms.values.flatMap { $0.entries.map { ($0.effectiveAt, $0.version) } }
            + state.reactions.map { ($0.at, $0.version) }
            + state.chairsideChecks.entries.map { ($0.effectiveAt, $0.version) }
        let exposure = Predicate.fact(
            "first-dose", dose.moiety.rawValue, "present", "first dose of the course",
            holds: true, source: RecheckRule.symptomCheck.because, evidence: [first.version])
        var outcome = asked(
            .symptomCheck, from: began, window: windows.symptomCheck, answers: answers,
            reason: "symptoms-after-first-dose", predicates: [exposure])
        // A dose of a later day is a visit before the call, and the visit's own check answers. What was
        // given later on the first day, as the rest of it after a test dose, is the same visit.
        if anchor.date > began.date { outcome.required = nil }
        return outcome
    }

    /// symptoms of low phosphate, two weeks after every dose of ferric carboxymaltose. A
    /// statement on bone pain, weakness or fatigue answers it.
    func phosphateSymptoms() -> RecheckOutcome {
        guard
            let dose = picture.administered.last(where: { $0.moiety == .ferricCarboxymaltose }),
            let anchor = anchor(dose)
        else { return .nothing }
        let answers = state.facts.symptoms.filter(\.key.suggestsLowPhosphate).values.flatMap {
            $0.entries.map { ($0.effectiveAt, $0.version) }
        }
        return asked(
            .phosphateSymptoms, from: anchor, window: windows.phosphateSymptoms, answers: answers,
            reason: "phosphate-symptoms-after-dose", predicates: [])
    }

    private func asked(
        _ rule: RecheckRule, from anchor: RecheckAnchor, window: RecheckWindow,
        answers: [(at: Instant, version: EventVersion)], reason: String, predicates: [Predicate]
    ) -> RecheckOutcome {
        recheck(
            rule, from: anchor, window: window, tests: [], reason: reason, predicates: predicates
        ) { earliest in
            answers.filter { picture.localDate($0.at) >= earliest }
                .min { ($0.at, $0.version) < ($1.at, $1.version) }
                .map { [$0.version] }
        }
    }
}
