import ChairPlanning
import Foundation

extension MadePlan {
    /// What the plan costs, what is proved of it, and what that means.
    var summary: String {
        let booked = plan.bookings.count { $0 != nil }
        var table = Table("", "plan", "bound")
        for member in PlanGap.Member.allCases {
            table.add(
                member.name, "\(member.value(of: objective))",
                bound.flatMap { isComparable(member) ? "\(member.value(of: $0))" : nil } ?? "")
        }
        return """
            \(booked) of \(instance.visits.count.counted("visit")) booked in \
            \((seconds * 1_000).rounded().formatted(.number.grouping(.never))) ms.
            \(table.render())
            \(verdict)
            """
    }

    /// The bound of a number is of plans that are at the bound of those before it; where this plan is not,
    /// the two have nothing to do with each other.
    private func isComparable(_ member: PlanGap.Member) -> Bool {
        guard let gap else { return true }
        return PlanGap.Member.allCases.prefix { $0 != gap.member }.contains(member)
            || member == gap.member
    }

    private var verdict: String {
        guard bound != nil else { return "No bound: nothing was searched." }
        guard let gap else {
            return "Proved: there is no better plan." + unservedByAny(objective.unservedWeight)
        }
        let least =
            switch gap.member {
            case .unservedWeight: "no plan leaves less than \(gap.bound) without a booking"
            case .overtimeMinutes:
                "no plan that leaves as little unbooked has less than \(gap.bound)"
            case .waitingMinutes, .peakNurses:
                "no plan that is as good before it has less than \(gap.bound)"
            }
        let rest =
            gap.member == .peakNurses
            ? ""
            : " Of the numbers after it nothing is proved: their bounds are of plans that reach this one."
        return "Not proved to be the best: \(gap.member.name) is \(gap.reached), and \(least)."
            + (gap.member == .unservedWeight
                ? unservedByAny(gap.bound) : unservedByAny(objective.unservedWeight))
            + rest
    }

    /// - Parameter weight: What is proved to be left over.
    private func unservedByAny(_ weight: Int) -> String {
        weight == 0
            ? "" : " Not everybody can be served: at least a weight of \(weight) is left over."
    }
}

extension PlanGap.Member {
    fileprivate var name: String {
        switch self {
        case .unservedWeight: "weight without a booking"
        case .overtimeMinutes: "overtime, min"
        case .waitingMinutes: "waiting, min"
        case .peakNurses: "nurses' hands at once"
        }
    }

    fileprivate func value(of objective: PlanObjective) -> Int {
        switch self {
        case .unservedWeight: objective.unservedWeight
        case .overtimeMinutes: objective.overtimeMinutes
        case .waitingMinutes: objective.waitingMinutes
        case .peakNurses: objective.peakNurses
        }
    }
}
