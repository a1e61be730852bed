import ChairPlanning

/// A plan as the verbs show it: made by the solver or by a baseline.
struct MadePlan {
    let instance: PlanInstance
    let plan: ChairPlan
    let objective: PlanObjective
    /// Only the solver proves one.
    let bound: PlanObjective?
    let gap: PlanGap?
    let seconds: Double
    let improvements: [(seconds: Double, objective: PlanObjective)]

    init(
        _ instance: PlanInstance, _ answer: PlanAnswer, seconds: Double,
        improvements: [(seconds: Double, objective: PlanObjective)]
    ) {
        self.instance = instance
        plan = answer.plan
        objective = answer.objective
        bound = answer.bound
        gap = answer.gap
        self.seconds = seconds
        self.improvements = improvements
    }

    init(_ instance: PlanInstance, _ baseline: PlanBaseline, seconds: Double) {
        self.instance = instance
        plan = baseline.plan(instance)
        objective = PlanChecker(instance).objective(of: plan)
        bound = nil
        gap = nil
        self.seconds = seconds
        improvements = []
    }
}
