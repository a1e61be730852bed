/// Raises the bound of a relaxation: what is used too much becomes dearer, what is left becomes cheaper.
struct Ascent {
    private let relaxation: Relaxation
    private var prices: DualPrices<Double>
    private var bestPrices: DualPrices<Double>
    private var best = -Double.infinity

    /// Units of price in a unit of the level, in the proof.
    private static let scale = 4_096

    init(_ relaxation: Relaxation) {
        self.relaxation = relaxation
        prices = relaxation.noPrices
        bestPrices = prices
    }

    /// The least that the level can be, proved in whole numbers.
    /// - Parameters:
    ///   - reached: What some plan has, by which the steps are measured; it needs not be the best.
    ///   - work: Additions to be spent, about.
    mutating func bound(reached: Int, work: Int) -> Int {
        guard reached > 0 else { return 0 }
        let rounds = min(2_000, max(20, work / max(1, relaxation.work)))
        // A plan that could reach the bound keeps the steps from dying before they are there.
        let aim = Double(reached)
        var boldness = 1.0
        var sinceBetter = 0
        for _ in 0..<rounds {
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
            if best > aim - 0.95 { break }
            if sinceBetter >= 12 {
                boldness *= 0.6
                sinceBetter = 0
                prices = bestPrices
                if boldness < 0.002 { break }
            }
            move(relaxation.excess(chosen), boldness * max(1, aim - value))
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
                prices[place] = max(0, prices[place] + step * excess[place])
            }
        }
        moved(&prices.chairs, excess.chairs)
        moved(&prices.hands, excess.hands)
        moved(&prices.present, excess.present)
        moved(&prices.starts, excess.starts)
        prices.unserved = max(0, prices.unserved + step * excess.unserved)
        prices.overtime = max(0, prices.overtime + step * excess.overtime)
    }

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
