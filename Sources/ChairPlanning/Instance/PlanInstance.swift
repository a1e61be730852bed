/// A day or a week of an infusion centre to be planned. One that exists is sound.
public struct PlanInstance: Hashable, Sendable {
    public let days: [DayHours]
    /// The present, minutes from the first day's midnight: whoever has not started starts no earlier.
    /// `nil` where the days are still to come.
    public let now: Int?
    /// Visits start on this grid of the clock, minutes; promised starts also where they were promised.
    public let startGridMinutes: Int
    public let rules: StaffingRules
    public let weights: UrgencyWeights
    public let chairs: [Chair]
    public let nurses: [NurseOnShift]
    /// When somebody who can treat anaphylaxis is in the house; nobody is in a chair outside it.
    public let cover: [Range<Int>]
    /// Units that are left for visits that have not started; a product that is not named is plenty.
    public let stock: [String: Int]
    /// In the order in which they were asked for.
    public let visits: [PlannedVisit]

    public init(
        days: [DayHours], now: Int? = nil, startGridMinutes: Int = 5,
        rules: StaffingRules = .standard, weights: UrgencyWeights = UrgencyWeights(),
        chairs: [Chair], nurses: [NurseOnShift], cover: [Range<Int>]? = nil,
        stock: [String: Int] = [:], visits: [PlannedVisit]
    ) throws(PlanProblems) {
        self.days = days
        self.now = now
        self.startGridMinutes = startGridMinutes
        self.rules = rules
        self.weights = weights
        self.chairs = chairs
        self.nurses = nurses
        self.cover = cover ?? days.map(\.open).filter { !$0.isEmpty }
        self.stock = stock
        self.visits = visits
        var validation = InstanceValidation(self)
        let problems = validation.problems()
        guard problems.isEmpty else { throw PlanProblems(problems) }
    }
}
