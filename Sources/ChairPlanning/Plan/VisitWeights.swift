/// What each visit counts when it is served.
public struct VisitWeights: Hashable, Sendable {
    /// By the instance's order; nothing for what has started, which is served anyway.
    public let weights: [Int]

    public init(_ instance: PlanInstance) {
        var requested = 0
        for visit in instance.visits where !visit.hasStarted && !visit.isPromised {
            requested += instance.weights[visit.urgency]
        }
        weights = instance.visits.map { visit in
            switch visit.timing {
            case .started: 0
            case .requested: instance.weights[visit.urgency]
            case .promised: instance.weights[visit.urgency] + requested + 1
            }
        }
    }

    var total: Int { weights.reduce(0, +) }
}
