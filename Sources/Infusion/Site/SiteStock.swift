import Foundation

/// What a site has of one product, and for whom it is kept.
public struct SiteStock: Hashable, Sendable {
    public let product: ProductKey
    /// By the size of the vial.
    private let ledgers: [Milligrams: StockLedger]

    /// `nil` where the site was never told of any: then nothing is judged by it.
    /// - Parameter visits: Of the site, those for which the product is kept since ``SiteState/stockIsKept(of:)``,
    ///   without the one that is judged.
    public init?(
        of product: ProductKey, given state: SiteState, visits: some Sequence<StockedVisit>
    ) {
        let sizes = state.stockSizes(of: product)
        guard !sizes.isEmpty, let zone = state.timeZone.flatMap(TimeZone.init(identifier:)) else {
            return nil
        }
        let clock = ZoneClock(zone)
        let visits = Array(visits)
        self.product = product
        ledgers = Dictionary(
            uniqueKeysWithValues: sizes.map { size in
                let item = StockItem(product: product, vial: size)
                return (size, state.ledger(of: item, visits: visits, by: clock))
            })
    }

    /// The vials that a dose takes of the sizes that the site keeps; `nil` where they cannot make it.
    func need(for dose: Milligrams, of product: Product, leaving percent: Int) -> StockNeed? {
        StockNeed(for: dose, of: product, from: ledgers.keys.sorted(), leaving: percent)
    }

    /// What a visit that begins then takes, and how many vials more the site bears at that time.
    func shortage(of need: StockNeed, at start: Instant) -> StockShortage {
        StockShortage(
            product: product,
            vials: need.vials.map { vials in
                StockShortage.Vials(
                    size: vials.size, count: vials.count,
                    left: ledgers[vials.size]?.left(at: start) ?? 0)
            })
    }

    /// Whether a visit that begins then finds its vials and takes none of another's.
    func bears(_ need: StockNeed, at start: Instant) -> Bool {
        need.vials.allSatisfy { vials in
            ledgers[vials.size]?.bears(StockLedger.Demand(start: start, vials: vials.count))
                ?? false
        }
    }

    /// The same with one visit more: of a course that is planned as a whole.
    func adding(_ need: StockNeed, at start: Instant) -> SiteStock {
        SiteStock(
            product,
            Dictionary(
                uniqueKeysWithValues: ledgers.map { size, ledger in
                    let demand = StockLedger.Demand(start: start, vials: need[size])
                    return (
                        size,
                        StockLedger(
                            since: ledger.since, supplies: ledger.supplies,
                            demands: ledger.demands + [demand])
                    )
                }))
    }

    private init(_ product: ProductKey, _ ledgers: [Milligrams: StockLedger]) {
        self.product = product
        self.ledgers = ledgers
    }
}

extension SiteState {
    /// Visits of the product before it say nothing of what is left: they are in the last count, or come before
    /// the first delivery. `nil` where the site was never told of any vial.
    public func stockIsKept(of product: ProductKey) -> Instant? {
        guard let zone = timeZone.flatMap(TimeZone.init(identifier:)) else { return nil }
        let clock = ZoneClock(zone)
        return stockSizes(of: product).map { size in
            let item = StockItem(product: product, vial: size)
            if let count = stockCounts[item] { return clock.instant(of: count.at) }
            let first = deliveries.values.map(\.planned).filter { $0.item == item }.map(\.on).min()
            return clock.start(of: first ?? CalendarDate(dayNumber: 0))
        }.min()
    }

    /// Whether the site was ever told of such vials.
    func keepsAccount(of item: StockItem) -> Bool {
        stockCounts[item] != nil || deliveries.values.contains { $0.planned.item == item }
    }

    /// Every size of the product that the site has ever been told of, the smallest first.
    func stockSizes(of product: ProductKey) -> [Milligrams] {
        let items = stockCounts.keys + deliveries.values.map(\.planned.item)
        return Set(items.filter { $0.product == product }.map(\.vial)).sorted()
    }

    /// Whether vials of one size go round.
    func ledger(
        of item: StockItem, visits: some Sequence<StockedVisit>, by clock: ZoneClock
    ) -> StockLedger {
        StockLedger(
            since: stockBegins(of: item, by: clock), supplies: supplies(of: item, by: clock),
            demands: visits.filter { $0.need.product == item.product }.map {
                StockLedger.Demand(
                    start: $0.start, vials: $0.need[item.vial], visit: $0.appointment)
            })
    }

    /// From the last count; without one, there never was a vial but those that were delivered.
    private func stockBegins(of item: StockItem, by clock: ZoneClock) -> Instant {
        stockCounts[item].map { clock.instant(of: $0.at) }
            ?? Instant(microsecondsSinceUnixEpoch: 0)
    }

    /// What was counted, and what came or comes besides. A delivery that the last count has seen is in it.
    private func supplies(
        of item: StockItem, by clock: ZoneClock
    ) -> [StockLedger.Supply] {
        let count = stockCounts[item]
        let counted = count.map { count in
            count.lots.map { lot in
                StockLedger.Supply(lot, from: clock.instant(of: count.at), by: clock)
            }
        }
        let delivered = uncountedDeliveries(of: item).map { delivery in
            StockLedger.Supply(delivery.lot, from: clock.start(of: delivery.on), by: clock)
        }
        return (counted ?? []) + delivered
    }

    /// Those that no count has seen, by date and name.
    func uncountedDeliveries(of item: StockItem) -> [StockDelivery] {
        deliveries.values.compactMap(\.standing).filter {
            $0.item == item && !countedDeliveries.contains($0.id)
        }.sorted { ($0.on, $0.id) < ($1.on, $1.id) }
    }
}
