import Foundation

/// The time in which a site may bear less than it did; `nil` at an end that nobody set.
public struct SiteReach: Hashable, Sendable {
    public let from: LocalTime?
    public let until: LocalTime?

    fileprivate static let always = SiteReach(from: nil, until: nil)

    fileprivate init(from: LocalTime?, until: LocalTime?) {
        self.from = from
        self.until = until
    }

    fileprivate init(_ period: LocalPeriod) { self.init(from: period.from, until: period.until) }

    fileprivate func union(_ other: SiteReach) -> SiteReach {
        SiteReach(
            from: from.flatMap { mine in other.from.map { min(mine, $0) } },
            until: until.flatMap { mine in other.until.map { max(mine, $0) } })
    }
}

extension SiteState {
    /// What the events of one command may take away, of whatever is not vials; `nil` where they only give.
    public func reach(of facts: some Sequence<SiteFact>) -> SiteReach? {
        facts.compactMap(reach).reduce(nil) { $0?.union($1) ?? $1 }
    }

    private func reach(of fact: SiteFact) -> SiteReach? {
        switch fact {
        case .siteOpened, .timeZoneCorrected, .limitsSet: .always
        case .chairRetired(_, let date): SiteReach(from: LocalTime(date, .midnight), until: nil)
        case .chairTakenOut(let outage): SiteReach(from: outage.from, until: outage.until)
        case .hoursSet(let weekly):
            SiteReach(from: LocalTime(weekly.validFrom, .midnight), until: nil)
        case .hoursWithdrawn(let date): SiteReach(from: LocalTime(date, .midnight), until: nil)
        case .closureAnnounced(let closure): SiteReach(closure.period)
        // What was announced under the name before, and what no longer is.
        case .openingAnnounced(let opening): openings[opening.id]?.reach(\.period)
        case .openingWithdrawn(let id): openings[id]?.reach(\.period)
        // The first shift tells that nobody is there on every other date.
        case .shiftPlanned(let shift): plansStaff ? shifts[shift.id]?.reach(\.period) : .always
        case .shiftShortened(let id, _, _), .shiftWithdrawn(let id, _):
            shifts[id]?.reach(\.period)
        case .automaticOffersSet, .chairDefined, .chairReturned, .closureWithdrawn,
            .stockCounted, .deliveryRecorded, .deliveryWithdrawn:
            nil
        }
    }
}

extension SiteState.Entry {
    fileprivate func reach(_ period: KeyPath<Content, LocalPeriod>) -> SiteReach? {
        standing.map { SiteReach($0[keyPath: period]) }
    }
}

extension SiteState {
    /// Of which products the events tell less, or more, than was known.
    public func stockTouched(by facts: some Sequence<SiteFact>) -> Set<ProductKey> {
        Set(facts.compactMap(stockTouched))
    }

    private func stockTouched(by fact: SiteFact) -> ProductKey? {
        switch fact {
        case .stockCounted(let count): count.item.product
        case .deliveryRecorded(let delivery): delivery.item.product
        case .deliveryWithdrawn(let id): deliveries[id]?.planned.item.product
        case .siteOpened, .timeZoneCorrected, .limitsSet, .automaticOffersSet, .chairDefined,
            .chairRetired, .chairTakenOut, .chairReturned, .hoursSet, .hoursWithdrawn,
            .closureAnnounced, .closureWithdrawn, .openingAnnounced, .openingWithdrawn,
            .shiftPlanned, .shiftShortened, .shiftWithdrawn:
            nil
        }
    }
}
