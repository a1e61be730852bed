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
        let tried = TriedQuestions(question, hypothesis)
        var changes: [Gate: WouldChange] = [:]
        for finding in findings {
            let candidates = GateCandidates(
                question: question, finding: finding,
                make: CandidateMaker(hypothesis: hypothesis, at: instant))
            let isFinal = finding.isShut && finding.severity == .absolute
            changes[finding.gate] = WouldChange.first(
                of: finding.isShut ? candidates.opening : candidates.closing,
                otherwise: isFinal ? .never : .noSingleFact
            ) { trial, at in
                tried.finding(of: finding.gate, after: trial, at: at)
                    .map { $0.isShut != finding.isShut } ?? false
            }
        }
        return changes
    }
}

/// The question of a review as it would be asked after a new fact, or on another day. Several gates try the same
/// facts and the same days: what was tried for one is there for the next, with all that gates work out of it.
private final class TriedQuestions {
    private struct Key: Hashable {
        let trial: Candidate.Trial
        let at: Instant
    }

    private let question: GateQuestion
    private let hypothesis: Hypothesis
    /// `nil` where the fact would be refused, or would say nothing new.
    private var made: [Key: GateQuestion?] = [:]

    init(_ question: GateQuestion, _ hypothesis: Hypothesis) {
        self.question = question
        self.hypothesis = hypothesis
    }

    /// One gate's answer, overrides included; `nil` where it cannot be asked.
    func finding(of gate: Gate, after trial: Candidate.Trial, at instant: Instant) -> Finding? {
        let key = Key(trial: trial, at: instant)
        let asked = made[key] ?? asking(after: trial, at: instant)
        made[key] = .some(asked)
        return asked.flatMap { asked in
            Overrides.applied(to: [Gates.rule(for: gate)(asked)], question: asked).first
        }
    }

    private func asking(after trial: Candidate.Trial, at instant: Instant) -> GateQuestion? {
        hypothesis.state(after: trial, at: instant).flatMap { state in
            let decision = Decision(state: state, context: question.picture.context)
            guard let order = state.order(question.terms.id),
                let terms = try? decision.requireTerms(of: order)
            else { return nil }
            return GateQuestion(
                picture: ClinicalPicture(
                    state: state, context: question.picture.context, at: instant),
                terms: terms, date: decision.localDate(instant), occasion: question.occasion)
        }
    }
}
