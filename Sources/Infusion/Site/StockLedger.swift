/// Whether vials of one size go round: each visit takes what can be used on its date, the vials that expire
/// first before the others, which leaves the most to those who come later.
struct StockLedger: Hashable, Sendable {
    /// Vials that can be used from one instant until before another.
    struct Supply: Hashable, Sendable {
        let vials: Int
        let from: Instant
        /// `nil` where nobody said when they expire.
        let until: Instant?
    }

    struct Demand: Hashable, Sendable {
        let start: Instant
        let vials: Int
    }

    /// From here on account is kept; a visit before it is none of the stock's.
    let since: Instant
    let supplies: [Supply]
    let demands: [Demand]

    init(since: Instant, supplies: [Supply], demands: [Demand]) {
        self.since = since
        self.supplies = supplies.sorted { left, right in
            switch (left.until, right.until) {
            case (let one?, let other?): one == other ? left.from < right.from : one < other
            case (_?, nil): true
            case (nil, _?): false
            case (nil, nil): left.from < right.from
            }
        }
        self.demands = demands.filter { $0.start >= since && $0.vials > 0 }
            .sorted { $0.start < $1.start }
    }

    /// Vials that are asked for and not there when they are.
    var shortfall: Int { shortfall(with: nil) }

    /// Whether the visit finds its vials, and takes none that another one counts on. Who was short before,
    /// by somebody's override, is no reason against it.
    func bears(_ demand: Demand) -> Bool {
        demand.start < since || shortfall(with: demand) <= shortfall
    }

    private func shortfall(with more: Demand?) -> Int {
        var left = supplies.map(\.vials)
        var short = 0
        var all = demands
        if let more {
            all.insert(more, at: all.firstIndex { $0.start > more.start } ?? all.endIndex)
        }
        for demand in all {
            var wanted = demand.vials
            for index in supplies.indices where wanted > 0 && left[index] > 0 {
                let supply = supplies[index]
                guard supply.from <= demand.start, supply.until.map({ demand.start < $0 }) ?? true
                else { continue }
                let taken = min(wanted, left[index])
                left[index] -= taken
                wanted -= taken
            }
            short += wanted
        }
        return short
    }
}
