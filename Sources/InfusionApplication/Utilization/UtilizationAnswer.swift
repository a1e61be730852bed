public import EventStore
public import Foundation
public import InfusionProjections

/// The figures, the zone whose dates they are of, and the position they rest on.
public struct UtilizationAnswer: Sendable {
    public let question: UtilizationQuestion
    public let timeZone: TimeZone
    public let utilization: SiteUtilization
    public let position: Position

    public init(
        question: UtilizationQuestion, timeZone: TimeZone, utilization: SiteUtilization,
        position: Position
    ) {
        self.question = question
        self.timeZone = timeZone
        self.utilization = utilization
        self.position = position
    }
}
