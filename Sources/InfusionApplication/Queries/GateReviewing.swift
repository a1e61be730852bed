public import EventStore
public import Infusion

/// What is asked about the next dose of an order.
public struct GateQuestionAsked: Sendable {
    public let order: OrderID
    /// `nil` for the next one of the prescription.
    public let dose: Milligrams?
    /// When the dose would begin; `nil` for the moment of ``asOf``.
    public let at: Instant?
    /// Facts that happened later are left out, and the question is asked as at that moment.
    public let asOf: AsOf

    public init(
        order: OrderID, dose: Milligrams? = nil, at: Instant? = nil, asOf: AsOf = .now
    ) {
        self.order = order
        self.dose = dose
        self.at = at
        self.asOf = asOf
    }
}

/// What the gates say, and the position the answer rests on.
public struct GateAnswer: Sendable {
    public let review: GateReview
    /// What would open each gate that is shut, and shut each other one.
    public let wouldChange: [Gate: WouldChange]
    public let position: Position
    public init(review: GateReview, wouldChange: [Gate: WouldChange], position: Position) {
        self.review = review
        self.wouldChange = wouldChange
        self.position = position
    }
}
