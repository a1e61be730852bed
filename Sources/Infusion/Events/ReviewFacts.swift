/// A person looked at a decision that rested on what is no longer known, and closed its review
///
public struct DecisionReviewed: Hashable, Sendable {
    /// The event of the decision: an order, the start of a dose, an override.
    public let decision: EventVersion
    public let outcome: ReviewOutcome
    public init(decision: EventVersion, outcome: ReviewOutcome) {
        self.decision = decision
        self.outcome = outcome
    }
}

/// What came of a review.
public enum ReviewOutcome: String, Hashable, Sendable, CaseIterable {
    /// The decision holds on what is known now.
    case stands
    /// The order was held, cancelled or placed anew.
    case planChanged
    case patientRecalled
    /// Reported to where the clinic reports what went wrong.
    case incidentReported
}
