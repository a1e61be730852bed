/// What would give another answer to how a course was answered.
public struct ResponseWouldChange: Hashable, Sendable {
    /// Another level.
    public let level: WouldChange
    /// The verdict stands no more; in the order of the assessment's verdicts.
    public let verdicts: [WouldChange]

    public init(level: WouldChange, verdicts: [WouldChange]) {
        self.level = level
        self.verdicts = verdicts
    }
}

extension ResponseAssessment {
    /// - Parameters: As those the assessment itself was made with.
    public func wouldChange(
        given state: PatientState, at instant: Instant, in context: DecisionContext
    ) -> ResponseWouldChange {
        let hypothesis = Hypothesis(state: state, context: context)
        let candidates = ResponseCandidates(
            assessment: self,
            picture: ClinicalPicture(state: state, context: context, at: instant),
            make: CandidateMaker(hypothesis: hypothesis, at: instant)
        ).all.prefix(WhyLimits.candidates)
        // Every fact is tried once, whatever it is held against.
        let answers = candidates.map { candidate in
            candidate.trials.map { trial in
                hypothesis.state(after: trial, at: candidate.at).flatMap { after in
                    ResponseAssessment.assess(
                        order, given: after, at: candidate.at, in: context)
                }
            }
        }
        func first(_ isOther: (ResponseAssessment) -> Bool) -> WouldChange {
            let found = zip(candidates, answers).first { _, answers in
                answers.allSatisfy { $0.map(isOther) ?? false }
            }
            return found.map { .fact($0.0.fact) } ?? .nothing(.noSingleFact)
        }
        return ResponseWouldChange(
            level: first { $0.level != level },
            verdicts: verdicts.map { verdict in
                first { other in !other.verdicts.contains { $0.cause == verdict.cause } }
            })
    }
}
