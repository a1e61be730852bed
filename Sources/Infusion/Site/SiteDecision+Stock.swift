import Foundation

/// What a site is told of its vials.
extension SiteDecision {
    /// Counted again as it was, nothing changes; else the last count is what lies there.
    func count(_ count: StockCount) throws(SiteRefusal) -> [SiteFact] {
        try require(count.item)
        // What lies there can be counted to its end, whatever the formulary has become.
        if !state.keepsAccount(of: count.item) { try requireInFormulary(count.item) }
        let latest = try latestCount()
        let earliest = state.stockCounts[count.item]?.at
        guard count.at <= latest, earliest.map({ $0 <= count.at }) ?? true else {
            throw .invalidValue(
                field: "at", problem: "is \(count.at)",
                accepted: "the time of the count, "
                    + (earliest.map { "\($0), when it was last counted, to " } ?? "up to ")
                    + "\(latest)")
        }
        guard count.lots.count <= InfusionLimits.lotsPerCount else {
            throw .invalidValue(
                field: "lots", problem: "are \(count.lots.count)",
                accepted: "at most \(InfusionLimits.lotsPerCount)")
        }
        for lot in count.lots { try require(lot, atLeast: 0) }
        return state.stockCounts[count.item] == count ? [] : [.stockCounted(count)]
    }

    func record(_ delivery: StockDelivery) throws(SiteRefusal) -> [SiteFact] {
        guard try isNews(delivery, delivery.id, .delivery, in: state.deliveries) else { return [] }
        try requireUncounted(delivery.id)
        try require(delivery.item)
        try requireInFormulary(delivery.item)
        try require(delivery.lot, atLeast: 1)
        try SiteValues.requireNear(delivery.on, "on", at: now)
        return [.deliveryRecorded(delivery)]
    }

    /// What a count has seen is in it, and is set right by the next.
    func requireUncounted(_ delivery: SiteEntryID) throws(SiteRefusal) {
        guard !state.countedDeliveries.contains(delivery) else {
            throw .invalidValue(
                field: "delivery", problem: "was there when its vials were last counted",
                accepted: "a new count")
        }
    }

    /// By the site's clocks, a little ahead of ours where theirs is.
    private func latestCount() throws(SiteRefusal) -> LocalTime {
        guard let zone = state.timeZone.flatMap(TimeZone.init(identifier:)) else {
            throw .siteNotOpened
        }
        return ZoneClock(zone).localTime(
            of: now.adding(seconds: InfusionLimits.clockToleranceSeconds))
    }

    private func require(_ item: StockItem) throws(SiteRefusal) {
        try SiteValues.requireVisible(
            item.product.name, "product", atMost: InfusionLimits.productNameCharacters)
        guard Vial.isSize(item.vial) else {
            let accepted = InfusionLimits.vialMilligrams
            throw .invalidValue(
                field: "vial", problem: "is \(item.vial)",
                accepted: "\(accepted.lowerBound) to \(accepted.upperBound) mg, in tenths")
        }
    }

    /// A product that nobody can order, or a size that it is not sold in, would never be used up by a visit: it
    /// is a slip. Of a product whose sizes nobody knows, each may be right.
    private func requireInFormulary(_ item: StockItem) throws(SiteRefusal) {
        guard let product = formulary.product(item.product) else {
            throw .invalidValue(
                field: "product", problem: "is no product of the formulary",
                accepted: formulary.products.map(\.key.name).sorted().joined(separator: ", "))
        }
        let sizes = product.vials.map(\.size).sorted()
        guard sizes.isEmpty || sizes.contains(item.vial) else {
            throw .invalidValue(
                field: "vial", problem: "is \(item.vial), and \(item.product) has no such vial",
                accepted: sizes.map { "\($0)" }.joined(separator: ", "))
        }
    }

    private func require(_ lot: StockLot, atLeast least: Int) throws(SiteRefusal) {
        let most = InfusionLimits.vialsPerLot.upperBound
        guard (least...most).contains(lot.vials) else {
            throw .invalidValue(
                field: "vials", problem: "are \(lot.vials)", accepted: "\(least) to \(most)")
        }
        let accepted = 1...InfusionLimits.lotCharacters
        guard lot.lot.map({ accepted.contains($0.text.count) }) ?? true else {
            throw .invalidValue(
                field: "lot", problem: "is no lot's number",
                accepted: "\(SiteValues.text(accepted)) characters")
        }
    }
}
