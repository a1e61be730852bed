import Foundation

/// Simulated annealing over ruin and recreate: a few visits that are in each other's way are taken out
/// and put back, one after the other, each where it costs least; what is worse is kept more and more
/// rarely. The same seed and the same answers of the budget give the same plan.
struct PlanSearch<let words: Int> {
    var occupancy: Occupancy<words>
    var random: PlanningRandom
    private(set) var best: Placement
    /// Steps taken.
    private(set) var steps = 0
    /// Visits as they were before the step under way.
    private var ruined: [(visit: Int, unit: Int, kind: Int)] = []
    private var tried: [Int] = []
    /// In how many of 256 cases this step passes over the best start.
    private var passedOver = 0
    private var keys: [Int] = []
    private let movable: [Int]
    /// In minutes of waiting.
    private var perWeight = Int(SearchTuning.perWeight.first)
    private var perOvertimeMinute = Int(SearchTuning.perOvertimeMinute.first)
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
        random = PlanningRandom(seed: seed)
        best = first
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

    /// Allows as many hands again as there are, and goes on from the best plan.
    mutating func goBackToBest() {
        occupancy.clear(peak: .max)
        occupancy.take(best)
    }

    /// Leads the way as strictly as where `used` of the first annealing is over.
    private mutating func lead(_ used: Double) {
        func between(_ ends: (first: Double, last: Double)) -> Int {
            Int(ends.first * pow(ends.last / ends.first, used))
        }
        perWeight = between(SearchTuning.perWeight)
        perOvertimeMinute = between(SearchTuning.perOvertimeMinute)
    }

    /// Anneals until `share`, which is asked for how much of this search's time is used, says 1.
    /// - Parameter strict: Whether nothing makes up for overtime from the beginning on.
    mutating func anneal(
        warmest: Double, coldest: Double, strict: Bool, used share: (Int) -> Double
    ) {
        let cooling = log(coldest / warmest)
        while !isFinished {
            let used = share(steps)
            guard used < 1 else { return }
            let temperature = warmest * exp(cooling * used)
            lead(strict ? 1 : used)
            for _ in 0..<SearchTuning.stepsPerLook {
                step(temperature)
                if isFinishedButPeak { return }
            }
        }
    }

    /// Looks for as good a plan with fewer hands at once, as long as there is time.
    mutating func lowerPeak(used share: (Int) -> Double) {
        lead(1)
        let lowest = max(bound.peakNurses, occupancy.handsTaken.max() ?? 0)
        while !isFinished, share(steps) < 1, best.objective.peakNurses > lowest {
            let aim = best.objective.peakNurses - 1
            occupancy.clear(peak: aim)
            occupancy.takeWhatFits(best)
            while !isFinished, best.objective.peakNurses > aim {
                let used = share(steps)
                guard used < 1 else { return }
                for _ in 0..<SearchTuning.stepsPerLook {
                    step(SearchTuning.coldest * 8 * (1 - used))
                }
            }
        }
    }

    // MARK: - One step

    private func cost() -> Int {
        occupancy.unservedWeight &* perWeight
            &+ occupancy.overtime &* perOvertimeMinute &+ occupancy.waiting
    }

    private mutating func step(_ temperature: Double) {
        steps &+= 1
        let before = cost()
        passedOver = SearchTuning.passedOver[random.below(SearchTuning.passedOver.count)]
        ruin()
        recreate()
        let delta = cost() &- before
        if delta <= 0 || Double(delta) < temperature * -log(1 - random.share()) {
            keepIfBest()
        } else {
            undo()
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

    private mutating func undo() {
        for visit in tried where occupancy.start[visit] >= 0 { occupancy.remove(visit) }
        for (visit, unit, kind) in ruined { occupancy.add(visit, at: unit, in: kind) }
    }

    /// Takes out visits that compete for the same time as one that is chosen.
    private mutating func ruin() {
        ruined.removeAll(keepingCapacity: true)
        tried.removeAll(keepingCapacity: true)
        let seed = chosen()
        let unit = occupancy.start[seed]
        let wanted = occupancy.wantedUnit(seed)
        let count = 1 &+ random.below(SearchTuning.ruinedLargest)
        if unit >= 0 { takeOut(seed) } else { tried.append(seed) }
        let centre = unit >= 0 ? unit : wanted
        switch random.below(8) {
        case 0...3:
            // Those in the way between where it wants to be and where it is.
            let end = max(centre, wanted) &+ occupancy.hold[seed]
            takeOut(count, overlapping: min(centre, wanted)..<max(end, wanted &+ 1))
        case 4...6:
            let radius = 1 &+ random.below(24)
            takeOut(count, startingIn: (centre &- radius)..<(centre &+ radius &+ 1))
        case _:
            takeOut(count, startingIn: 0..<occupancy.unitCount)
        }
        addAbsent()
    }

    /// A visit at random, more often one that waits or has no booking.
    private mutating func chosen() -> Int {
        var chosen = movable[random.below(movable.count)]
        guard random.below(2) == 0 else { return chosen }
        var worst = badness(chosen)
        for _ in 0..<3 {
            let other = movable[random.below(movable.count)]
            let cost = badness(other)
            if cost > worst { (chosen, worst) = (other, cost) }
        }
        return chosen
    }

    private func badness(_ visit: Int) -> Int {
        let unit = occupancy.start[visit]
        guard unit >= 0 else { return .max }
        return occupancy.waiting(of: visit, at: unit)
            &+ occupancy.overtime(of: visit, at: unit) &* perOvertimeMinute
    }

    private mutating func takeOut(_ visit: Int) {
        ruined.append((visit, occupancy.start[visit], occupancy.chairClass[visit]))
        tried.append(visit)
        occupancy.remove(visit)
    }

    private mutating func takeOut(_ count: Int, overlapping units: Range<Int>) {
        var place = random.below(movable.count)
        for _ in 0..<movable.count {
            guard ruined.count <= count else { return }
            let visit = movable[place]
            let unit = occupancy.start[visit]
            if unit >= 0, unit < units.upperBound,
                unit &+ occupancy.hold[visit] > units.lowerBound, random.below(2) == 0
            {
                takeOut(visit)
            }
            place &+= 1
            if place == movable.count { place = 0 }
        }
    }

    private mutating func takeOut(_ count: Int, startingIn units: Range<Int>) {
        var place = random.below(movable.count)
        for _ in 0..<movable.count {
            guard ruined.count <= count else { return }
            let visit = movable[place]
            let unit = occupancy.start[visit]
            if unit >= 0, unit >= units.lowerBound, unit < units.upperBound {
                takeOut(visit)
            }
            place &+= 1
            if place == movable.count { place = 0 }
        }
    }

    /// Some of those that have no booking try again.
    private mutating func addAbsent() {
        guard occupancy.unservedWeight > 0 else { return }
        var left = SearchTuning.absentTried
        var place = random.below(movable.count)
        for _ in 0..<movable.count {
            let visit = movable[place]
            if occupancy.start[visit] < 0, !tried.contains(visit) {
                tried.append(visit)
                left &-= 1
                if left == 0 { return }
            }
            place &+= 1
            if place == movable.count { place = 0 }
        }
    }

    private mutating func recreate() {
        let order = random.below(8)
        keys.removeAll(keepingCapacity: true)
        for visit in tried {
            let key =
                switch order {
                case 0...2: random.below(1 << 16)
                case 3: occupancy.hold[visit] &* 64 &+ random.below(256)
                case 4: -occupancy.hold[visit] &* 64 &+ random.below(256)
                case 5: occupancy.ready[visit] &* 4 &+ random.below(64)
                case 6: -occupancy.weight[visit] &* 64 &+ random.below(64)
                case _:
                    (occupancy.ready[visit] &+ occupancy.stayMinutes[visit]) &* 4
                        &+ random.below(64)
                }
            keys.append(key)
        }
        sortTried()
        for visit in tried { place(visit) }
    }

    /// By their keys; there are few.
    private mutating func sortTried() {
        var end = 1
        while end < tried.count {
            let (visit, key) = (tried[end], keys[end])
            var place = end
            while place > 0, keys[place &- 1] > key {
                keys[place] = keys[place &- 1]
                tried[place] = tried[place &- 1]
                place &-= 1
            }
            keys[place] = key
            tried[place] = visit
            end &+= 1
        }
    }

    /// Puts a visit where it costs least, now and then where it costs the next to least.
    private mutating func place(_ visit: Int) {
        let open = occupancy.openStarts(visit)
        guard !open.isEmpty else { return }
        var (unit, kind, least) = (-1, -1, Int.max)
        for place in occupancy.firstClass[visit]..<occupancy.firstClass[visit &+ 1] {
            let free = occupancy.starts(visit, in: occupancy.classes[place], of: open)
            var candidate = free.first(from: 0)
            if candidate < 0 { continue }
            if candidate < occupancy.lastFree[visit] {
                // All up to `lastFree` cost the same.
                let span = occupancy.lastFree[visit] &- candidate &+ 1
                let other = free.first(from: candidate &+ random.below(span))
                if other >= 0, other <= occupancy.lastFree[visit] { candidate = other }
            } else {
                while random.below(256) < passedOver {
                    let next = free.first(from: candidate &+ 1)
                    if next < 0 { break }
                    candidate = next
                }
            }
            let cost =
                candidate <= occupancy.lastFree[visit] ? 0 : occupancy.minutes[candidate]
            if cost < least { (unit, kind, least) = (candidate, occupancy.classes[place], cost) }
        }
        if unit >= 0 { occupancy.add(visit, at: unit, in: kind) }
    }
}

extension Occupancy {
    /// The first unit at which a visit would wait for nothing.
    func wantedUnit(_ visit: Int) -> Int {
        lastFree[visit] >= 0 ? lastFree[visit] : max(0, allowed[visit].first(from: 0))
    }
}
