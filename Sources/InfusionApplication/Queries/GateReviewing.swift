public import EventStore
public import Infusion

/// What is asked about the next dose of an order.
public struct GateQuestionAsked: Sendable {
    public let order: OrderID
    /// `nil` for the next one of the prescription.
    public let dose: Milligrams?
    /// When the dose would begin; `nil` for now.
    public let at: Instant?
    public let knownAt: AsOf.Knowledge

    public init(
        order: OrderID, dose: Milligrams? = nil, at: Instant? = nil,
        knownAt: AsOf.Knowledge = .now
    ) {
        self.order = order
        self.dose = dose
        self.at = at
        self.knownAt = knownAt
    }
}

/// What the gates say, and the position the answer rests on.
public struct GateAnswer: Sendable {
    public let review: GateReview
    public let position: Position
    public init(review: GateReview, position: Position) {
        self.review = review
        self.position = position
    }
}
