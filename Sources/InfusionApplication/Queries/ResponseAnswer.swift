public import EventStore
public import Infusion

/// How a course was answered, and the position that rests on.
public struct ResponseAnswer: Sendable {
    /// `nil` while no iron was given.
    public let assessment: ResponseAssessment?
    /// What would give another answer; with an assessment, and only then.
    public let wouldChange: ResponseWouldChange?
    /// Of the pathways whose numbers it was judged by.
    public let pathwaysVersion: String
    public let position: Position
    public init(
        assessment: ResponseAssessment?, wouldChange: ResponseWouldChange?,
        pathwaysVersion: String, position: Position
    ) {
        self.assessment = assessment
        self.wouldChange = wouldChange
        self.pathwaysVersion = pathwaysVersion
        self.position = position
    }
}
