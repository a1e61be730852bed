public import EventStore
public import Infusion

/// An order's plan, and the position it rests on.
public struct PlanAnswer: Sendable {
    public let plan: OrderPlan
    public let formularyVersion: String
    public let pathwaysVersion: String
    public let position: Position
    public init(
        plan: OrderPlan, formularyVersion: String, pathwaysVersion: String, position: Position
    ) {
        self.plan = plan
        self.formularyVersion = formularyVersion
        self.pathwaysVersion = pathwaysVersion
        self.position = position
    }
}
