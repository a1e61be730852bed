public import EventStore
public import Infusion

/// How a course was answered, and the position that rests on.
public struct ResponseAnswer: Sendable {
    /// `nil` while no iron was given.
    public let assessment: ResponseAssessment?
    public let position: Position
    public init(assessment: ResponseAssessment?, position: Position) {
        self.assessment = assessment
        self.position = position
    }
}
