/// The day without its limits on chairs and nurses, which are paid for instead: each visit then goes by
/// itself where it costs least. Whatever the prices, no plan that keeps the limits costs less than the
/// sum, so every evaluation is a proof.
struct Relaxation: Sendable {
    let grid: PlanGrid
    let level: BoundLevel
    private let overtime: [[Int]]
    private let waiting: [[Int]]
    private let starts: [[Int]]
    /// By class and unit.
    private let chairs: [Int]

    init(_ grid: PlanGrid, _ level: BoundLevel) {
        self.grid = grid
        self.level = level
        let overtimeOf = { (visit: GridVisit, unit: Int) in
            max(0, grid.minutes[unit] + visit.stayMinutes - grid.overtimeFrom[unit])
        }
        starts = grid.visits.map { visit in
            visit.classes.isEmpty
                ? []
                : visit.starts.filter { !level.avoidsOvertime || overtimeOf(visit, $0) == 0 }
        }
        overtime = zip(grid.visits, starts).map { visit, starts in
            starts.map { overtimeOf(visit, $0) }
        }
        waiting = zip(grid.visits, starts).map { visit, starts in
            starts.map { max(0, grid.minutes[$0] - visit.readyMinute) }
        }
        chairs = grid.chairClasses.flatMap { kind in
            kind.isFree.map { $0 ? kind.chairs.count : 0 }
        }
    }

    /// Additions that one evaluation takes, about.
    var work: Int {
        zip(grid.visits, starts).reduce(grid.unitCount * (grid.chairClasses.count + 3)) {
            $0 + $1.1.count * ($1.0.classes.count + $1.0.hands.count + 3)
        }
    }

    var noPrices: DualPrices<Double> {
        DualPrices(
            chairs: Array(repeating: 0, count: chairs.count),
            hands: Array(repeating: 0, count: grid.unitCount),
            present: Array(repeating: 0, count: grid.unitCount),
            starts: Array(repeating: 0, count: grid.startsLeft.count), unserved: 1, overtime: 1)
    }

    /// What is used of each thing, minus what there is.
    typealias Excess = DualPrices<Double>

    /// The bound at these prices, and where visits go that are priced so. With whole prices it is exact.
    /// - Parameter scale: How many units of price a unit of the level is.
    /// - Returns: `nil` where a visit that must be served has no start.
    func evaluate<Value>(
        _ prices: DualPrices<Value>, scale: Value, whole: (Int) -> Value,
        chosen: (_ visit: Int, _ unit: Int, _ kind: Int) -> Void
    ) -> Value? {
        let units = grid.unitCount
        var chairSums: [Value] = []
        chairSums.reserveCapacity((units + 1) * grid.chairClasses.count)
        for kind in grid.chairClasses.indices {
            Self.addSums(prices.chairs[(kind * units)..<((kind + 1) * units)], to: &chairSums)
        }
        var handSums: [Value] = []
        Self.addSums(prices.hands[...], to: &handSums)
        var presentSums: [Value] = []
        Self.addSums(prices.present[...], to: &presentSums)
        var total: Value = 0
        for (index, visit) in grid.visits.enumerated() {
            var least: Value = 0
            var (unit, kind) = (-1, -1)
            if !level.servesAll {
                least = whole(visit.weight) * unservedPrice(prices, scale)
            } else if starts[index].isEmpty {
                return nil
            }
            for (place, start) in starts[index].enumerated() {
                var cost = prices.starts[grid.quarter[start]]
                cost += presentSums[start &+ visit.stayUnits] - presentSums[start]
                for range in visit.hands {
                    cost +=
                        handSums[start &+ range.upperBound] - handSums[start &+ range.lowerBound]
                }
                switch level {
                case .unserved: break
                case .overtime: cost += whole(overtime[index][place]) * scale
                case .waiting:
                    cost += whole(waiting[index][place]) * scale
                    cost += whole(overtime[index][place]) * prices.overtime
                }
                if unit >= 0 || !level.servesAll, cost >= least { continue }
                for other in visit.classes {
                    let row = other &* (units &+ 1) &+ start
                    let full = cost + chairSums[row &+ visit.holdUnits] - chairSums[row]
                    if full < least || unit < 0 && level.servesAll {
                        (least, unit, kind) = (full, start, other)
                    }
                }
            }
            total += least
            if unit >= 0 { chosen(index, unit, kind) }
        }
        return total - paid(prices, whole: whole)
    }

    private func unservedPrice<Value>(_ prices: DualPrices<Value>, _ scale: Value) -> Value {
        switch level {
        case .unserved: scale
        case .overtime, .waiting: prices.unserved
        }
    }

    /// What the limits give back: their prices times what there is.
    private func paid<Value>(_ prices: DualPrices<Value>, whole: (Int) -> Value) -> Value {
        var sum: Value = 0
        for (price, left) in zip(prices.chairs, chairs) { sum += price * whole(left) }
        for (price, left) in zip(prices.hands, grid.handsLeft) { sum += price * whole(left) }
        for (price, left) in zip(prices.present, grid.presentLeft) { sum += price * whole(left) }
        for (price, left) in zip(prices.starts, grid.startsLeft) { sum += price * whole(left) }
        switch level {
        case .unserved: break
        case .overtime(let unserved): sum += prices.unserved * whole(unserved)
        case .waiting(let unserved, let overtime):
            if !level.servesAll { sum += prices.unserved * whole(unserved) }
            sum += prices.overtime * whole(overtime)
        }
        return sum
    }

    private static func addSums<Value: SignedNumeric>(
        _ prices: ArraySlice<Value>, to sums: inout [Value]
    ) {
        var sum: Value = 0
        sums.append(sum)
        for price in prices {
            sum += price
            sums.append(sum)
        }
    }

    /// How much more is used than there is, when each visit goes where `chosen` says.
    func excess(_ chosen: [(visit: Int, unit: Int, kind: Int)]) -> Excess {
        let units = grid.unitCount
        var excess = Excess(
            chairs: chairs.map { Double(-$0) }, hands: grid.handsLeft.map { Double(-$0) },
            present: grid.presentLeft.map { Double(-$0) },
            starts: grid.startsLeft.map { Double(-$0) }, unserved: 0, overtime: 0)
        var unserved = grid.visits.reduce(0) { $0 + $1.weight }
        var overtimeUsed = 0
        for (index, unit, kind) in chosen {
            let visit = grid.visits[index]
            unserved -= visit.weight
            overtimeUsed += max(
                0, grid.minutes[unit] + visit.stayMinutes - grid.overtimeFrom[unit])
            let row = kind * units + unit
            for place in row..<(row + visit.holdUnits) { excess.chairs[place] += 1 }
            for place in unit..<(unit + visit.stayUnits) { excess.present[place] += 1 }
            for range in visit.hands {
                for offset in range { excess.hands[unit + offset] += 1 }
            }
            excess.starts[grid.quarter[unit]] += 1
        }
        switch level {
        case .unserved: break
        case .overtime(let least): excess.unserved = Double(unserved - least)
        case .waiting(let least, let overtime):
            excess.unserved = level.servesAll ? 0 : Double(unserved - least)
            excess.overtime = Double(overtimeUsed - overtime)
        }
        return excess
    }
}
