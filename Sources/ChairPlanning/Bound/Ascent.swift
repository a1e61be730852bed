/// Raises the bound of a relaxation: what is used too much becomes dearer, what is left becomes cheaper.
struct Ascent {
    private let relaxation: Relaxation
    private var prices: DualPrices<Double>
    private var bestPrices: DualPrices<Double>
    private var best = -Double.infinity
    /// How much of the last direction is kept in the next. Without it the ascent goes back to the best
    /// prices when it is lost; with it the direction finds its way.
    private let smoothing: Double
    private var direction: Relaxation.Excess?
    /// Evaluations made.
    private(set) var rounds = 0

    /// Which is better depends on the instance; both are tried.
    static let smoothings = [0, 0.7]
    /// Units of price in a unit of the level, in the proof.
    private static let scale = 4_096
    /// A price is never more, so that the proof's whole numbers stay below 2⁶².
    private static let dearest = 65_536.0

    init(_ relaxation: Relaxation, smoothing: Double) {
        self.relaxation = relaxation
        self.smoothing = smoothing
        prices = relaxation.noPrices
        bestPrices = prices
    }

    /// The least that the level can be, proved in whole numbers.
    /// - Parameters:
    ///   - reached: What some plan has, by which the steps are measured; it needs not be the best.
    ///   - work: Additions to be spent, about.
    ///   - isOver: Asked after each evaluation: no more is made where it says so.
    mutating func bound(reached: Int, work: Int, isOver: () -> Bool) -> Int {
        guard reached > 0 else { return 0 }
        let mostRounds = min(2_000, max(20, work / max(1, relaxation.work)))
        // A plan that could reach the bound keeps the steps from dying before they are there.
        let aim = Double(reached)
        var boldness = 1.0
        var sinceBetter = 0
        for _ in 0..<mostRounds {
            rounds += 1
            var chosen: [(visit: Int, unit: Int, kind: Int)] = []
            chosen.reserveCapacity(relaxation.grid.visits.count)
            guard
                let value = relaxation.evaluate(
                    prices, scale: 1, whole: { Double($0) }, chosen: { chosen.append(($0, $1, $2)) }
                )
            else { return 0 }
            if value > best {
                sinceBetter = value > best + 0.001 * abs(best) ? 0 : sinceBetter + 1
                best = value
                bestPrices = prices
            } else {
                sinceBetter += 1
            }
            // Proved already, to the next whole number.
            if best > aim - 0.95 || isOver() { break }
            if sinceBetter >= 12 {
                boldness *= 0.6
                sinceBetter = 0
                if smoothing == 0 { prices = bestPrices }
                if boldness < 0.002 { break }
            }
            let excess =
                direction?.turned(to: relaxation.excess(chosen), keeping: smoothing)
                ?? relaxation.excess(chosen)
            direction = smoothing == 0 ? nil : excess
            move(excess, boldness * max(1, aim - value))
        }
        return proved()
    }

    private mutating func move(_ excess: Relaxation.Excess, _ distance: Double) {
        var square = 0.0
        func measure(_ excess: [Double], _ prices: [Double]) {
            for (more, price) in zip(excess, prices) where more > 0 || price > 0 {
                square += more * more
            }
        }
        measure(excess.chairs, prices.chairs)
        measure(excess.hands, prices.hands)
        measure(excess.present, prices.present)
        measure(excess.starts, prices.starts)
        square += excess.unserved * excess.unserved + excess.overtime * excess.overtime
        guard square > 0 else { return }
        let step = distance / square
        func moved(_ prices: inout [Double], _ excess: [Double]) {
            for place in prices.indices {
                prices[place] = Self.price(prices[place] + step * excess[place])
            }
        }
        moved(&prices.chairs, excess.chairs)
        moved(&prices.hands, excess.hands)
        moved(&prices.present, excess.present)
        moved(&prices.starts, excess.starts)
        prices.unserved = Self.price(prices.unserved + step * excess.unserved)
        prices.overtime = Self.price(prices.overtime + step * excess.overtime)
    }

    private static func price(_ value: Double) -> Double { min(dearest, max(0, value)) }

    /// The best prices, rounded to whole numbers, evaluated exactly.
    private func proved() -> Int {
        func rounded(_ prices: [Double]) -> [Int] {
            prices.map { Int(($0 * Double(Self.scale)).rounded()) }
        }
        let whole = DualPrices<Int>(
            chairs: rounded(bestPrices.chairs), hands: rounded(bestPrices.hands),
            present: rounded(bestPrices.present), starts: rounded(bestPrices.starts),
            unserved: rounded([bestPrices.unserved])[0], overtime: rounded([bestPrices.overtime])[0]
        )
        let value = relaxation.evaluate(
            whole, scale: Self.scale, whole: { $0 }, chosen: { _, _, _ in })
        guard let value, value > 0 else { return 0 }
        return (value + Self.scale - 1) / Self.scale
    }
}

extension DualPrices<Double> {
    /// A share of this and the rest of another.
    fileprivate func turned(to other: Self, keeping share: Double) -> Self {
        func mixed(_ mine: Double, _ theirs: Double) -> Double {
            mine * share + theirs * (1 - share)
        }
        return Self(
            chairs: zip(chairs, other.chairs).map(mixed), hands: zip(hands, other.hands).map(mixed),
            present: zip(present, other.present).map(mixed),
            starts: zip(starts, other.starts).map(mixed),
            unserved: mixed(unserved, other.unserved), overtime: mixed(overtime, other.overtime))
    }
}
