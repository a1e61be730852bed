/// Makes one whole number of an objective that orders plans as its members do, for solvers that know
/// but one number: `((unserved · (O + 1) + overtime) · (W + 1) + waiting) · (P + 1) + peak`, with O, W
/// and P the most that each can be.
public struct ObjectiveScale: Hashable, Sendable {
    public let overtimeLargest: Int
    public let waitingLargest: Int
    public let peakLargest: Int

    public init(_ instance: PlanInstance) {
        guard let scale = ObjectiveScale(checked: instance) else {
            preconditionFailure("a sound instance has a scale")
        }
        self = scale
    }

    /// `nil` where the number could outgrow what is compared exactly.
    init?(checked instance: PlanInstance) {
        let longestOvertime = instance.days.map { $0.closes - $0.overtimeFrom }.max() ?? 0
        var overtime = 0
        var waiting = 0
        var started = 0
        for visit in instance.visits {
            switch visit.timing {
            case .requested(_, let ready, let latest):
                overtime += longestOvertime
                waiting += latest - ready
            case .promised(_, _, let later):
                overtime += longestOvertime
                waiting += later
            case .started(let start, _):
                overtime += VisitCosts.overtime(of: visit, at: start, instance.days)
                started += 1
            }
        }
        overtimeLargest = overtime
        waitingLargest = waiting
        peakLargest = max(instance.nurses.count, started)
        var largest = (VisitWeights(instance).total, false)
        for factor in [overtime + 1, waiting + 1, peakLargest + 1] {
            largest = (largest.0 + 1).multipliedReportingOverflow(by: factor)
            if largest.1 || largest.0 >= PlanningLimits.combinedObjective { return nil }
        }
    }

    /// The objective as one number; less is better.
    public func combined(_ objective: PlanObjective) -> Int {
        ((objective.unservedWeight * (overtimeLargest + 1) + objective.overtimeMinutes)
            * (waitingLargest + 1) + objective.waitingMinutes) * (peakLargest + 1)
            + objective.peakNurses
    }
}
