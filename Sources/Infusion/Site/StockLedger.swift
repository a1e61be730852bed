/// Whether vials of one size go round: each visit takes what can be used on its date, the vials that expire
/// first before the others, which leaves the most to those who come later.
struct StockLedger: Hashable, Sendable {
    /// Vials that can be used from one instant until before another.
    struct Supply: Hashable, Sendable {
        let vials: Int
        let from: Instant
        /// `nil` where nobody said when they expire.
        let until: Instant?
        /// What is known of them.
        var lot: LotNumber?
        var expiry: CalendarDate?
    }

    struct Demand: Hashable, Sendable {
        let start: Instant
        let vials: Int
        /// `nil` for a visit that is thought of.
        var visit: AppointmentID?
    }

    /// Who gets how many.
    struct Allocation: Hashable, Sendable {
        /// Of each of the ledger's supplies, vials that nobody takes.
        let left: [Int]
        /// Of each demand, by time, vials that it does not find.
        let missing: [Int]
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

    /// How many vials a visit that begins then could take without missing one, and without taking another's.
    func left(at start: Instant) -> Int {
        // What is borne falls with the number, and no more are left than ever were there.
        var (borne, tooMany) = (0, supplies.reduce(0) { $0 + $1.vials } + 1)
        let short = shortfall
        while tooMany - borne > 1 {
            let middle = (borne + tooMany) / 2
            if shortfall(with: Demand(start: start, vials: middle)) <= short {
                borne = middle
            } else {
                tooMany = middle
            }
        }
        return borne
    }

    /// Whether the visit finds its vials, and takes none that another one counts on. Who was short before,
    /// by somebody's override, is no reason against it.
    func bears(_ demand: Demand) -> Bool {
        demand.start < since || shortfall(with: demand) <= shortfall
    }

    private func shortfall(with more: Demand?) -> Int {
        var all = demands
        if let more {
            all.insert(more, at: all.firstIndex { $0.start > more.start } ?? all.endIndex)
        }
        return allocation(to: all).missing.reduce(0, +)
    }

    /// - Parameter demands: By time.
    func allocation(to demands: some Sequence<Demand>) -> Allocation {
        var left = supplies.map(\.vials)
        var missing: [Int] = []
        for demand in demands {
            var wanted = demand.vials
            for index in supplies.indices where wanted > 0 && left[index] > 0 {
                let supply = supplies[index]
                guard supply.from <= demand.start, supply.until.map({ demand.start < $0 }) ?? true
                else { continue }
                let taken = min(wanted, left[index])
                left[index] -= taken
                wanted -= taken
            }
            missing.append(wanted)
        }
        return Allocation(left: left, missing: missing)
    }
}

extension StockLedger.Supply {
    init(_ lot: StockLot, from: Instant, by clock: ZoneClock) {
        self.init(
            vials: lot.vials, from: from,
            until: lot.expiry.map { clock.start(of: $0.adding(days: 1)) }, lot: lot.lot,
            expiry: lot.expiry)
    }
}
