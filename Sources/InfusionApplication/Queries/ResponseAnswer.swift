public import EventStore
public import Infusion

/// How a course was answered, and the position that rests on.
public struct ResponseAnswer: Sendable {
    /// `nil` while no iron was given.
    public let assessment: ResponseAssessment?
    /// What would give another answer; with an assessment, and only then.
    public let wouldChange: ResponseWouldChange?
    public let position: Position
    public init(
        assessment: ResponseAssessment?, wouldChange: ResponseWouldChange?, position: Position
    ) {
        self.assessment = assessment
        self.wouldChange = wouldChange
        self.position = position
    }
}
