/// What the search was tuned to, on instances of the public generator.
enum SearchTuning {
    /// What a unit of unserved weight costs while searching, in minutes of waiting, and a minute of
    /// overtime: at the beginning, where it pays to try what is worse, and at the end, where nothing makes
    /// up for it. Plans are kept by their objective; these only lead the way.
    static let perWeight = (first: 3_000.0, last: 1_000_000.0)
    static let perOvertimeMinute = (first: 100.0, last: 1_000.0)
    /// Visits taken out at once, at most.
    static let ruinedLargest = 10
    /// Visits without a booking that are tried again at once, at most.
    static let absentTried = 4
    /// In how many of 256 cases a start is passed over although it is the best; drawn for each step.
    static let passedOver = [0, 4, 16, 64]
    /// By how many minutes a change may worsen a plan: at the beginning and at the end.
    static let warmest = 1_000.0
    static let coldest = 0.4
    /// Steps between two looks at the budget.
    static let stepsPerLook = 128
    /// Of the budget: when a search for a lower peak begins, which has the rest.
    static let peakFrom = 0.8

    /// How often an annealing is begun again: small instances are searched through sooner.
    static func annealings(visits: Int) -> Int { min(8, max(1, 160 / max(1, visits))) }
}
