import Foundation

/// What a site has of the vials of one size, at a moment: what it was told, what lies there by that, for whom it
/// is kept, and what is left.
public struct StockAccount: Hashable, Sendable {
    public let item: StockItem
    /// The last one; `nil` where nobody has counted.
    public let counted: StockCount?
    /// What came since the count, or is expected, by date.
    public let deliveries: [StockDelivery]
    /// What lies there, if visits took the vials that expire first: these first, expired ones included.
    public let lots: [StockLot]
    /// Of these, vials that have expired.
    public let expired: Int
    /// Of these, vials that can be given.
    public let onHand: Int
    /// Vials that visits to come take.
    public let kept: Int
    /// Vials that a further visit could take at once without taking any that another one counts on.
    public let left: Int
    /// Vials that visits to come will not find, as far as is known.
    public let missing: Int
    /// The date of the first visit that does not find all of its vials; `nil` where none is short.
    public let shortFrom: CalendarDate?

    /// - Parameters:
    ///   - visits: Of the site, those for which the product is kept since
    ///     ``SiteState/stockIsKept(of:)``.
    ///   - clock: The site's.
    init(
        of item: StockItem, given state: SiteState, visits: some Sequence<StockedVisit>,
        at moment: Instant, by clock: ZoneClock
    ) {
        let ledger = state.ledger(of: item, visits: visits, by: clock)
        let begun = ledger.demands.prefix { $0.start <= moment }
        let there = zip(ledger.supplies, ledger.allocation(to: begun).left).filter {
            $0.0.from <= moment && $0.1 > 0
        }
        let isExpired = { (supply: StockLedger.Supply) in
            supply.until.map { $0 <= moment } ?? false
        }
        let toCome = ledger.demands.dropFirst(begun.count)
        let missing = ledger.allocation(to: ledger.demands).missing.dropFirst(begun.count)
        self.item = item
        counted = state.stockCounts[item]
        deliveries = state.uncountedDeliveries(of: item)
        lots = there.map { StockLot(vials: $0.1, lot: $0.0.lot, expiry: $0.0.expiry) }
        expired = there.filter { isExpired($0.0) }.reduce(0) { $0 + $1.1 }
        onHand = there.filter { !isExpired($0.0) }.reduce(0) { $0 + $1.1 }
        kept = toCome.reduce(0) { $0 + $1.vials }
        left = ledger.left(at: moment)
        self.missing = missing.reduce(0, +)
        shortFrom = zip(toCome, missing).first { $0.1 > 0 }.map {
            clock.localTime(of: $0.0.start).date
        }
    }
}

extension SiteState {
    /// Every product that the site was ever told of, by name.
    public var stockProducts: [ProductKey] {
        Set(stockItems.map(\.product)).sorted { $0.name < $1.name }
    }

    /// The accounts of all that the site was ever told of, by product and size; empty where it was told of
    /// nothing, or in a zone that this program does not know.
    /// - Parameter visits: Of each product, those for which it is kept since ``stockIsKept(of:)``.
    public func stockAccounts(
        visits: [ProductKey: [StockedVisit]], at moment: Instant
    ) -> [StockAccount] {
        guard let zone = timeZone.flatMap(TimeZone.init(identifier:)) else { return [] }
        let clock = ZoneClock(zone)
        return stockItems.sorted().map { item in
            StockAccount(
                of: item, given: self, visits: visits[item.product] ?? [], at: moment, by: clock)
        }
    }

    private var stockItems: Set<StockItem> {
        Set(stockCounts.keys).union(deliveries.values.map(\.planned.item))
    }
}
