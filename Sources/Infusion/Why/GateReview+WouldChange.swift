extension GateReview {
    /// For each gate that is shut what would open it, and for each that lets the dose pass what would shut
    /// it; see ``WouldChange``.
    /// - Parameters: As those the review itself was made with.
    /// - Throws: As the review does.
    public func wouldChange(
        at instant: Instant, given state: PatientState, in context: DecisionContext
    ) throws(Refusal) -> [Gate: WouldChange] {
        let question = try GateReview.question(
            of: order, dose: dose, at: instant, given: state, in: context)
        let hypothesis = Hypothesis(state: state, context: context)
        var changes: [Gate: WouldChange] = [:]
        for finding in findings {
            let candidates = GateCandidates(
                question: question, finding: finding,
                make: CandidateMaker(hypothesis: hypothesis, at: instant))
            let isFinal = finding.isShut && finding.severity == .absolute
            changes[finding.gate] = WouldChange.first(
                of: finding.isShut ? candidates.opening : candidates.closing,
                otherwise: isFinal ? .never : .noSingleFact, in: hypothesis
            ) { state, at in
                question.asked(again: finding.gate, at: at, given: state)
                    .map { $0.isShut != finding.isShut } ?? false
            }
        }
        return changes
    }
}

extension GateQuestion {
    /// One gate's answer to the same question, overrides included, by another state or at another moment.
    fileprivate func asked(
        again gate: Gate, at instant: Instant, given state: PatientState
    ) -> Finding? {
        let decision = Decision(state: state, context: picture.context)
        guard let order = state.order(terms.id), let terms = try? decision.requireTerms(of: order)
        else { return nil }
        let question = GateQuestion(
            picture: ClinicalPicture(state: state, context: picture.context, at: instant),
            terms: terms, date: decision.localDate(instant), occasion: occasion)
        return Overrides.applied(to: [Gates.rule(for: gate)(question)], question: question).first
    }
}
