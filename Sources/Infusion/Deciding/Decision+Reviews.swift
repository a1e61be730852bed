extension Decision {
    func close(_ review: DecisionReviewed) throws(Refusal) -> [PatientEvent] {
        _ = try requireRegistered()
        guard
            let made = MadeDecision.all(in: state).first(where: { $0.version == review.decision }),
            DecisionReview(of: made, in: state, context).isOpen
        else { throw .reviewNotOpen(review.decision) }
        return [happensNow(.decisionReviewed(review))]
    }
}
