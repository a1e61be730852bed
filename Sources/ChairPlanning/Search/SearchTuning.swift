import Foundation

/// What the search was tuned to, on instances of the public generator.
enum SearchTuning {
    /// What a unit of unserved weight and a minute of overtime cost, in minutes of waiting, at the beginning
    /// and at the end of an annealing. Plans are kept by their objective; these only lead the way. On the
    /// first path overtime is cheap before it is dear, so that whoever can be served is; on the other it
    /// costs the same throughout, which finds less overtime where there is room for everybody. Searches
    /// side by side take turns.
    static let paths = [
        (
            first: SearchWeights(unserved: 10_000, overtimeMinute: 1),
            last: SearchWeights(unserved: 100_000, overtimeMinute: 100)
        ),
        (
            first: SearchWeights(unserved: 10_000, overtimeMinute: 30),
            last: SearchWeights(unserved: 10_000, overtimeMinute: 30)
        ),
    ]
    /// At last nothing makes up for a visit or for overtime.
    static let strict = SearchWeights(unserved: 1_000_000, overtimeMinute: 1_000)
    /// By how many minutes a change may worsen a plan, at the beginning and at the end of an annealing.
    static let cooling = (warmest: 1_000.0, coldest: 3.0)
    static let strictCooling = (warmest: 80.0, coldest: 0.4)
    static let peakCooling = (warmest: 3.0, coldest: 0.1)
    /// Of the budget: when the strict annealing begins, and when the search for a lower peak does.
    static let strictFrom = 0.8
    static let peakFrom = 0.95
    /// The short search before the bound: its steps, and the share of the budget it never exceeds.
    static let shortSteps = 4_000
    static let shortShare = 0.125
    /// The share of the budget at which the bound ends, however little was spent on it.
    static let boundShare = 0.35
    /// Steps between two looks at the budget.
    static let stepsPerLook = 128

    /// Of 256 steps: how many claim a start for one visit, and how many of the others close up.
    static let claims = 160
    static let closings = 64
    /// Visits taken out at once, at most, by each kind of step.
    static let ruinedLargest = 10
    static let claimedLargest = 8
    static let closedLargest = 24
    /// How far from where it is a visit claims a start, at most, units.
    static let claimReach = 16
    /// How long before the seed the stretch begins that is closed up, at most, and how long after it the
    /// stretch ends, units.
    static let closedBefore = 12
    static let closedAfter = 40
    /// By how much the order of those that are closed up is disturbed, sixteenths of a unit.
    static let disturbances = [1, 16, 64, 160]
    /// Visits without a booking that are tried again at once, at most.
    static let absentTried = 4
    /// In how many of 256 cases a start is passed over although it is the best; drawn for each step.
    static let passedOver = [0, 4, 16, 64]
}

/// What makes one number of a plan while searching.
struct SearchWeights: Sendable {
    let unserved: Int
    let overtimeMinute: Int

    /// These at the beginning, others at the end, growing evenly by factors.
    func leaning(to other: Self, by share: Double) -> Self {
        func between(_ from: Int, _ until: Int) -> Int {
            Int(Double(from) * pow(Double(until) / Double(from), share))
        }
        return Self(
            unserved: between(unserved, other.unserved),
            overtimeMinute: between(overtimeMinute, other.overtimeMinute))
    }
}
