/// The best plan found, and what was proved.
public struct PlanAnswer: Hashable, Sendable {
    public let plan: ChairPlan
    public let objective: PlanObjective
    /// No plan is better than this.
    public let bound: PlanObjective
    /// Steps of all searches.
    public let steps: Int

    public init(plan: ChairPlan, objective: PlanObjective, bound: PlanObjective, steps: Int) {
        self.plan = plan
        self.objective = objective
        self.bound = bound
        self.steps = steps
    }

    /// Nothing better exists.
    public var isProvedBest: Bool { objective <= bound }

    /// The first member in which the plan and the bound differ, and by how much of the plan's value.
    public var gap: PlanGap? {
        let members: [(PlanGap.Member, Int, Int)] = [
            (.unservedWeight, objective.unservedWeight, bound.unservedWeight),
            (.overtimeMinutes, objective.overtimeMinutes, bound.overtimeMinutes),
            (.waitingMinutes, objective.waitingMinutes, bound.waitingMinutes),
            (.peakNurses, objective.peakNurses, bound.peakNurses),
        ]
        return members.first { $0.1 > $0.2 }.map {
            PlanGap(member: $0.0, reached: $0.1, bound: $0.2)
        }
    }
}

/// How far a plan may be from the best, in the first member that is not proved.
public struct PlanGap: Hashable, Sendable {
    /// In the order in which they are compared.
    public enum Member: String, Hashable, Sendable, CaseIterable {
        case unservedWeight, overtimeMinutes, waitingMinutes, peakNurses
    }

    public let member: Member
    public let reached: Int
    public let bound: Int

    /// Of what was reached, 0 to 1.
    public var share: Double { Double(reached - bound) / Double(reached) }
}
