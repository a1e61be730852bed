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
    let firstPeer: [Int]
    let peers: [Int]
    let product: [Int]
    let productUnits: [Int]
    let allowed: [TimeMask<words>]
    // By unit.
    let minutes: [Int]
    let overtimeFrom: [Int]
    let quarter: [Int]
    let quarterUnits: [Range<Int>]
    let handsTaken: [Int]
    /// Of what has started: no plan has a lower one.
    let startedPeak: Int
    private let handsLeft: [Int]

    /// By visit: the unit it starts at, or -1, and its class.
    private(set) var start: [Int]
    private(set) var chairClass: [Int]
    private(set) var unservedWeight = 0
    private(set) var overtime: Int
    private(set) var waiting = 0
    // What is left.
    private var handsCap: [Int]
    /// By class the chairs; then the hands, then the patients that may be looked after.
    private var left: Capacity<words>
    private let handsRow: Int
    private let presentRow: Int
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
        firstPeer = Self.firsts(visits.map(\.peers.count))
        peers = visits.flatMap(\.peers)
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
        startedPeak = grid.startedPeak
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
        handsCap = grid.handsLeft
        handsRow = grid.chairClasses.count
        presentRow = handsRow + 1
        left = Capacity(
            grid.chairClasses.map { chairs in chairs.isFree.map { $0 ? chairs.chairs.count : 0 } }
                + [grid.handsLeft, grid.presentLeft], most: visits.count)
        startsLeft = grid.startsLeft
        stockLeft = grid.stock
        for unit in 0..<units where startsLeft[quarter[unit]] == 0 { startsFull.insert(unit) }
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
        var peak = startedPeak
        for unit in 0..<unitCount {
            peak = max(
                peak,
                min(handsCap[unit], visitCount) &- left.left(handsRow, unit) &+ handsTaken[unit])
        }
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
        let unwatched = left.none(presentRow)
        if !unwatched.isEmpty {
            open.subtract(unwatched.meeting(offset: 0, length: stay[visit]))
        }
        let handsFull = left.none(handsRow)
        for place in firstHands[visit]..<firstHands[visit + 1] {
            open.subtract(
                handsFull.meeting(offset: handsOffset[place], length: handsLength[place]))
        }
        for place in firstPeer[visit]..<firstPeer[visit + 1] where start[peers[place]] >= 0 {
            let peer = peers[place]
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
        free.subtract(left.none(kind).meeting(offset: 0, length: hold[visit]))
        return free
    }

    // MARK: - Taking in and out

    mutating func add(_ visit: Int, at unit: Int, in kind: Int) {
        start[visit] = unit
        chairClass[visit] = kind
        unservedWeight &-= weight[visit]
        overtime &+= overtime(of: visit, at: unit)
        waiting &+= waiting(of: visit, at: unit)
        left.take(kind, from: unit, length: hold[visit])
        left.take(presentRow, from: unit, length: stay[visit])
        for segment in firstHands[visit]..<firstHands[visit &+ 1] {
            left.take(handsRow, from: unit &+ handsOffset[segment], length: handsLength[segment])
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
        left.giveBack(kind, from: unit, length: hold[visit])
        left.giveBack(presentRow, from: unit, length: stay[visit])
        for segment in firstHands[visit]..<firstHands[visit &+ 1] {
            left.giveBack(
                handsRow, from: unit &+ handsOffset[segment], length: handsLength[segment])
        }
        let own = quarter[unit]
        if startsLeft[own] == 0 { for place in quarterUnits[own] { startsFull.remove(place) } }
        startsLeft[own] &+= 1
        if product[visit] >= 0 { stockLeft[product[visit]] &+= productUnits[visit] }
    }

    /// Becomes what another is that differs from it in nothing but where `visits` are.
    mutating func copy(_ other: Self, where visits: [Int]) {
        for visit in visits {
            start[visit] = other.start[visit]
            chairClass[visit] = other.chairClass[visit]
        }
        unservedWeight = other.unservedWeight
        overtime = other.overtime
        waiting = other.waiting
        left.copy(other.left)
        startsLeft.withUnsafeMutableBufferPointer {
            _ = $0.update(fromContentsOf: other.startsLeft)
        }
        startsFull = other.startsFull
        for product in stockLeft.indices { stockLeft[product] = other.stockLeft[product] }
    }

    /// Takes out everything, and allows no more than `peak` hands at once from now on.
    mutating func clear(peak: Int) {
        for visit in 0..<visitCount where start[visit] >= 0 { remove(visit) }
        handsCap = zip(handsLeft, handsTaken).map { max(0, min($0, peak - $1)) }
        left.set(handsRow, handsCap)
    }

    /// Whether `visit`, which is out, could be added there now.
    func isOpen(_ visit: Int, at unit: Int, in kind: Int) -> Bool {
        starts(visit, in: kind, of: openStarts(visit)).contains(unit)
    }
}
