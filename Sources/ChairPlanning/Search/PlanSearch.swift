import Foundation

/// Simulated annealing: a step takes a few visits out that are in each other's way and puts them back, each
/// where it costs least; what is worse is kept more and more rarely. The same seed and the same answers of
/// the budget give the same plan.
struct PlanSearch<let words: Int> {
    var occupancy: Occupancy<words>
    /// As it was before the step under way.
    private var kept: Occupancy<words>
    var random: PlanningRandom
    private(set) var best: Placement
    /// Steps taken.
    private(set) var steps = 0
    /// What the step under way took out, and where it was.
    var ruined: [(visit: Int, unit: Int, kind: Int)] = []
    /// What it puts back: what it took out, and some that have no booking.
    var tried: [Int] = []
    /// By those it puts back: what they are put back in the order of.
    var keys: [Int] = []
    /// By visit: where it was, or would like to be, before the step.
    var former: [Int]
    /// In how many of 256 cases the step passes over the best start.
    var passedOver = 0
    /// Those that can be served at all.
    let movable: [Int]
    private(set) var weights = SearchTuning.strict
    private let bound: PlanObjective
    private let found: (Placement) -> Void

    /// - Parameters:
    ///   - from: Where it begins; it fits.
    ///   - bound: No plan is better; a plan that is as good ends the search.
    ///   - found: Told of each plan that is better than all before.
    init(
        _ empty: Occupancy<words>, from first: Placement, bound: PlanObjective, seed: UInt64,
        found: @escaping (Placement) -> Void
    ) {
        occupancy = empty
        occupancy.take(first)
        kept = occupancy
        random = PlanningRandom(seed: seed)
        best = first
        former = Array(repeating: 0, count: empty.visitCount)
        movable = (0..<empty.visitCount).filter { visit in
            empty.firstClass[visit] < empty.firstClass[visit + 1] && !empty.allowed[visit].isEmpty
        }
        self.bound = bound
        self.found = found
    }

    var isFinished: Bool { best.objective <= bound || movable.isEmpty }

    /// Only the peak could still be lower.
    private var isFinishedButPeak: Bool {
        best.objective.unservedWeight <= bound.unservedWeight
            && best.objective.overtimeMinutes <= bound.overtimeMinutes
            && best.objective.waitingMinutes <= bound.waitingMinutes
    }

    /// Goes on from the best plan.
    mutating func goBackToBest() {
        occupancy.take(best)
        kept = occupancy
    }

    /// Anneals until `share`, which is asked for how much of this annealing's time is used, says 1.
    mutating func anneal(
        from first: SearchWeights, to last: SearchWeights,
        cooling: (warmest: Double, coldest: Double), used share: (Int) -> Double
    ) {
        let rate = log(cooling.coldest / cooling.warmest)
        while !isFinished, !isFinishedButPeak {
            let used = share(steps)
            guard used < 1 else { return }
            weights = first.leaning(to: last, by: used)
            let temperature = cooling.warmest * exp(rate * used)
            for _ in 0..<SearchTuning.stepsPerLook {
                step(temperature)
                if isFinishedButPeak { return }
            }
        }
    }

    /// Looks for as good a plan with fewer hands at once, as long as there is time.
    mutating func lowerPeak(used share: (Int) -> Double) {
        weights = SearchTuning.strict
        let (warmest, coldest) = SearchTuning.peakCooling
        let lowest = max(bound.peakNurses, occupancy.startedPeak)
        while !isFinished, share(steps) < 1, best.objective.peakNurses > lowest {
            let aim = best.objective.peakNurses - 1
            occupancy.clear(peak: aim)
            occupancy.takeWhatFits(best)
            kept = occupancy
            while !isFinished, best.objective.peakNurses > aim {
                let used = share(steps)
                guard used < 1 else { return }
                let temperature = warmest + (coldest - warmest) * used
                for _ in 0..<SearchTuning.stepsPerLook { step(temperature) }
            }
        }
    }

    private func cost() -> Int {
        occupancy.unservedWeight &* weights.unserved
            &+ occupancy.overtime &* weights.overtimeMinute &+ occupancy.waiting
    }

    private mutating func step(_ temperature: Double) {
        steps &+= 1
        let before = cost()
        ruined.removeAll(keepingCapacity: true)
        tried.removeAll(keepingCapacity: true)
        passedOver = SearchTuning.passedOver[random.below(SearchTuning.passedOver.count)]
        let seed = takeOutSeed()
        if random.below(256) < SearchTuning.claims {
            claim(seed)
        } else if random.below(256) < SearchTuning.closings {
            closeUp(seed)
        } else {
            ruinAndRecreate(seed)
        }
        let delta = cost() &- before
        if delta <= 0 || Double(delta) < temperature * -log(1 - random.share()) {
            kept.copy(occupancy, where: tried)
            keepIfBest()
        } else {
            occupancy.copy(kept, where: tried)
        }
    }

    private mutating func keepIfBest() {
        let now = (occupancy.unservedWeight, occupancy.overtime, occupancy.waiting)
        let most = (
            best.objective.unservedWeight, best.objective.overtimeMinutes,
            best.objective.waitingMinutes
        )
        guard now <= most else { return }
        let peak = occupancy.peakNurses
        guard now < most || peak < best.objective.peakNurses else { return }
        best = Placement(occupancy)
        found(best)
    }
}
