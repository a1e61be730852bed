public import EventStore
public import Infusion

/// A patient's decisions that wait for a person to look at them again, and the position that rests
/// on.
public struct ReviewsAnswer: Sendable {
    public let reviews: [DecisionReview]
    public let position: Position
    public init(reviews: [DecisionReview], position: Position) {
        self.reviews = reviews
        self.position = position
    }
}
