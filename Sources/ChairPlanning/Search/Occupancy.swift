/// A plan under construction: who starts when in which class of chairs, and what that leaves. Taking a
/// visit in or out costs as much as it is long; all its possible starts are found at once.
struct Occupancy<let words: Int>: Sendable {
    let unitCount: Int
    let visitCount: Int
    let classCount: Int
    // What never changes, by visit; lists of lists are flat, with where each begins.
    let stay: [Int]
    let hold: [Int]
    let weight: [Int]
    let ready: [Int]
    let stayMinutes: [Int]
    let isPromised: [Bool]
    /// The last unit that costs no waiting and no more overtime than an earlier one.
    let lastFree: [Int]
    let firstHands: [Int]
    let handsOffset: [Int]
    let handsLength: [Int]
    let firstClass: [Int]
    let classes: [Int]
    let peers: [[Int]]
    let product: [Int]
    let productUnits: [Int]
    let allowed: [TimeMask<words>]
    // By unit.
    let minutes: [Int]
    let overtimeFrom: [Int]
    let quarter: [Int]
    let quarterUnits: [Range<Int>]
    let handsTaken: [Int]
    private let handsLeft: [Int]

    /// By visit: the unit it starts at, or -1, and its class.
    private(set) var start: [Int]
    private(set) var chairClass: [Int]
    private(set) var unservedWeight = 0
    private(set) var overtime: Int
    private(set) var waiting = 0
    // What is left, and the units at which nothing is.
    private var chairsLeft: [Int]
    private var chairsFull: [TimeMask<words>]
    private var hands: [Int]
    private var handsCap: [Int]
    private var handsFull = TimeMask<words>()
    private var presentLeft: [Int]
    private var presentFull = TimeMask<words>()
    private var startsLeft: [Int]
    private var startsFull = TimeMask<words>()
    private var stockLeft: [Int]

    init(_ grid: PlanGrid) {
        let visits = grid.visits
        let units = grid.unitCount
        unitCount = units
        visitCount = visits.count
        classCount = grid.chairClasses.count
        stay = visits.map(\.stayUnits)
        hold = visits.map(\.holdUnits)
        weight = visits.map(\.weight)
        ready = visits.map(\.readyMinute)
        stayMinutes = visits.map(\.stayMinutes)
        isPromised = visits.map(\.isPromised)
        firstHands = Self.firsts(visits.map(\.hands.count))
        handsOffset = visits.flatMap { $0.hands.map(\.lowerBound) }
        handsLength = visits.flatMap { $0.hands.map(\.count) }
        firstClass = Self.firsts(visits.map(\.classes.count))
        classes = visits.flatMap(\.classes)
        peers = visits.map(\.peers)
        product = visits.map { $0.product ?? -1 }
        productUnits = visits.map(\.productUnits)
        allowed = visits.map { visit in
            var mask = TimeMask<words>()
            for unit in visit.starts { mask.insert(unit) }
            return mask
        }
        minutes = grid.minutes
        overtimeFrom = grid.overtimeFrom
        quarter = grid.quarter
        quarterUnits = grid.quarterUnits
        handsTaken = grid.handsTaken
        handsLeft = grid.handsLeft
        lastFree = visits.map { visit in
            visit.starts.last { unit in
                grid.minutes[unit] <= visit.readyMinute
                    && grid.minutes[unit] + visit.stayMinutes <= grid.overtimeFrom[unit]
            } ?? -1
        }
        start = Array(repeating: -1, count: visits.count)
        chairClass = start
        overtime = grid.startedOvertime
        chairsLeft = grid.chairClasses.flatMap { chairs in
            chairs.isFree.map { $0 ? chairs.chairs.count : 0 }
        }
        chairsFull = Array(repeating: TimeMask(), count: grid.chairClasses.count)
        hands = Array(repeating: 0, count: units)
        handsCap = grid.handsLeft
        presentLeft = grid.presentLeft
        startsLeft = grid.startsLeft
        stockLeft = grid.stock
        for unit in 0..<units {
            for kind in 0..<classCount where chairsLeft[kind * units + unit] == 0 {
                chairsFull[kind].insert(unit)
            }
            if handsCap[unit] == 0 { handsFull.insert(unit) }
            if presentLeft[unit] == 0 { presentFull.insert(unit) }
            if startsLeft[quarter[unit]] == 0 { startsFull.insert(unit) }
        }
        unservedWeight = weight.reduce(0, +)
    }

    private static func firsts(_ counts: [Int]) -> [Int] {
        counts.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1) }
    }

    // MARK: - Costs

    func overtime(of visit: Int, at unit: Int) -> Int {
        max(0, minutes[unit] &+ stayMinutes[visit] &- overtimeFrom[unit])
    }

    func waiting(of visit: Int, at unit: Int) -> Int { max(0, minutes[unit] &- ready[visit]) }

    /// The most hands at once, those of what has started included.
    var peakNurses: Int {
        var peak = 0
        for unit in 0..<unitCount { peak = max(peak, hands[unit] &+ handsTaken[unit]) }
        return peak
    }

    var objective: PlanObjective {
        PlanObjective(
            unservedWeight: unservedWeight, overtimeMinutes: overtime, waitingMinutes: waiting,
            peakNurses: peakNurses)
    }

    // MARK: - Where a visit could go

    /// Starts of a visit that is out for which all but the chairs is there.
    func openStarts(_ visit: Int) -> TimeMask<words> {
        var open = allowed[visit]
        if product[visit] >= 0, stockLeft[product[visit]] < productUnits[visit] {
            return TimeMask()
        }
        open.subtract(startsFull)
        open.subtract(presentFull.meeting(offset: 0, length: stay[visit]))
        for place in firstHands[visit]..<firstHands[visit + 1] {
            open.subtract(
                handsFull.meeting(offset: handsOffset[place], length: handsLength[place]))
        }
        for peer in peers[visit] where start[peer] >= 0 {
            let first = max(0, start[peer] - stay[visit] + 1)
            for unit in first..<min(start[peer] + stay[peer], unitCount) { open.remove(unit) }
        }
        return open
    }

    /// Of those, the starts at which a chair of the class is free for long enough.
    func starts(
        _ visit: Int, in kind: Int, of open: TimeMask<words>
    ) -> TimeMask<words> {
        var free = open
        free.subtract(chairsFull[kind].meeting(offset: 0, length: hold[visit]))
        return free
    }

    // MARK: - Taking in and out

    mutating func add(_ visit: Int, at unit: Int, in kind: Int) {
        start[visit] = unit
        chairClass[visit] = kind
        unservedWeight &-= weight[visit]
        overtime &+= overtime(of: visit, at: unit)
        waiting &+= waiting(of: visit, at: unit)
        let row = kind &* unitCount
        for place in unit..<(unit &+ hold[visit]) {
            let left = chairsLeft[row &+ place] &- 1
            chairsLeft[row &+ place] = left
            if left == 0 { chairsFull[kind].insert(place) }
        }
        for place in unit..<(unit &+ stay[visit]) {
            let left = presentLeft[place] &- 1
            presentLeft[place] = left
            if left == 0 { presentFull.insert(place) }
        }
        for segment in firstHands[visit]..<firstHands[visit &+ 1] {
            let first = unit &+ handsOffset[segment]
            for place in first..<(first &+ handsLength[segment]) {
                let now = hands[place] &+ 1
                hands[place] = now
                if now == handsCap[place] { handsFull.insert(place) }
            }
        }
        let own = quarter[unit]
        startsLeft[own] &-= 1
        if startsLeft[own] == 0 { for place in quarterUnits[own] { startsFull.insert(place) } }
        if product[visit] >= 0 { stockLeft[product[visit]] &-= productUnits[visit] }
    }

    mutating func remove(_ visit: Int) {
        let unit = start[visit]
        let kind = chairClass[visit]
        start[visit] = -1
        unservedWeight &+= weight[visit]
        overtime &-= overtime(of: visit, at: unit)
        waiting &-= waiting(of: visit, at: unit)
        let row = kind &* unitCount
        for place in unit..<(unit &+ hold[visit]) {
            let left = chairsLeft[row &+ place]
            chairsLeft[row &+ place] = left &+ 1
            if left == 0 { chairsFull[kind].remove(place) }
        }
        for place in unit..<(unit &+ stay[visit]) {
            let left = presentLeft[place]
            presentLeft[place] = left &+ 1
            if left == 0 { presentFull.remove(place) }
        }
        for segment in firstHands[visit]..<firstHands[visit &+ 1] {
            let first = unit &+ handsOffset[segment]
            for place in first..<(first &+ handsLength[segment]) {
                let now = hands[place]
                hands[place] = now &- 1
                if now == handsCap[place] { handsFull.remove(place) }
            }
        }
        let own = quarter[unit]
        if startsLeft[own] == 0 { for place in quarterUnits[own] { startsFull.remove(place) } }
        startsLeft[own] &+= 1
        if product[visit] >= 0 { stockLeft[product[visit]] &+= productUnits[visit] }
    }

    /// Takes out everything, and allows no more than `peak` hands at once from now on.
    mutating func clear(peak: Int) {
        for visit in 0..<visitCount where start[visit] >= 0 { remove(visit) }
        for unit in 0..<unitCount {
            let cap = max(0, min(handsLeft[unit], peak - handsTaken[unit]))
            handsCap[unit] = cap
            if cap == 0 { handsFull.insert(unit) } else { handsFull.remove(unit) }
        }
    }

    /// Whether `visit`, which is out, could be added there now.
    func isOpen(_ visit: Int, at unit: Int, in kind: Int) -> Bool {
        starts(visit, in: kind, of: openStarts(visit)).contains(unit)
    }
}
