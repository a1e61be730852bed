/// A site as its events leave it.
public struct SiteState: Hashable, Sendable {
    /// Something that was planned, and what is left of it.
    public struct Entry<Content: Hashable & Sendable>: Hashable, Sendable {
        /// As it was last announced: what a plan is compared with.
        public let planned: Content
        /// As it holds now; `nil` once it was withdrawn.
        public internal(set) var standing: Content?

        init(_ planned: Content) {
            self.planned = planned
            standing = planned
        }
    }

    public struct ChairRecord: Hashable, Sendable {
        public let chair: SiteChair
        /// The first date without it.
        public internal(set) var retiredFrom: CalendarDate?
    }

    public internal(set) var site: SiteID?
    public internal(set) var timeZone: String?
    public internal(set) var limits = CapacityLimits()
    public internal(set) var automaticOffers = AutomaticOffers.off
    public internal(set) var chairs: [ChairID: ChairRecord] = [:]
    public internal(set) var outages: [SiteEntryID: Entry<ChairOutage>] = [:]
    /// By the first date whose hours they are.
    public internal(set) var hours: [CalendarDate: WeeklyHours] = [:]
    public internal(set) var closures: [SiteEntryID: Entry<SiteClosure>] = [:]
    public internal(set) var openings: [SiteEntryID: Entry<SiteOpening>] = [:]
    public internal(set) var shifts: [SiteEntryID: Entry<Shift>] = [:]
    /// The last one of each.
    public internal(set) var stockCounts: [StockItem: StockCount] = [:]
    public internal(set) var deliveries: [SiteEntryID: Entry<StockDelivery>] = [:]
    /// Deliveries that had come when their item was last counted: they are in the count.
    public internal(set) var countedDeliveries: Set<SiteEntryID> = []

    public init() {}

    /// The ordinary hours of a date; `nil` before any came into force.
    public func hours(on date: CalendarDate) -> WeeklyHours? {
        hours.keys.filter { $0 <= date }.max().flatMap { hours[$0] }
    }

    /// Whether the site tells who is there: it has planned a shift once, be it withdrawn since. One that never
    /// has keeps its rota elsewhere, and nothing can be concluded from its silence.
    public var plansStaff: Bool { !shifts.isEmpty }

    public static func fold(_ events: some Sequence<SiteEvent>) -> SiteState {
        events.reduce(into: SiteState()) { $0.apply($1.fact) }
    }
}

extension SiteState {
    /// Total, and free of rules: an event about what is not there changes nothing.
    mutating func apply(_ fact: SiteFact) {
        switch fact {
        case .siteOpened(let id, let zone):
            site = id
            timeZone = zone
        case .timeZoneCorrected(let zone): timeZone = zone
        case .limitsSet(let limits): self.limits = limits
        case .automaticOffersSet(let offers): automaticOffers = offers
        case .chairDefined(let chair): chairs[chair.id] = ChairRecord(chair: chair)
        case .chairRetired(let chair, let date): chairs[chair]?.retiredFrom = date
        case .chairTakenOut(let outage): outages[outage.id] = Entry(outage)
        case .chairReturned(let id, let at): outages[id]?.end(at: at)
        case .hoursSet(let weekly): hours[weekly.validFrom] = weekly
        case .hoursWithdrawn(let date): hours[date] = nil
        case .closureAnnounced(let closure): closures[closure.id] = Entry(closure)
        case .closureWithdrawn(let id): closures[id]?.standing = nil
        case .openingAnnounced(let opening): openings[opening.id] = Entry(opening)
        case .openingWithdrawn(let id): openings[id]?.standing = nil
        case .shiftPlanned(let shift): shifts[shift.id] = Entry(shift)
        case .shiftShortened(let id, let period, _):
            let planned = shifts[id]?.planned
            shifts[id]?.standing = planned?.moved(to: period)
        case .shiftWithdrawn(let id, _): shifts[id]?.standing = nil
        case .stockCounted(let count):
            stockCounts[count.item] = count
            for delivery in deliveries.values.compactMap(\.standing)
            where delivery.item == count.item && delivery.on <= count.at.date {
                countedDeliveries.insert(delivery.id)
            }
        case .deliveryRecorded(let delivery): deliveries[delivery.id] = Entry(delivery)
        case .deliveryWithdrawn(let id): deliveries[id]?.standing = nil
        }
    }
}

extension SiteState.Entry<ChairOutage> {
    fileprivate mutating func end(at time: LocalTime) {
        guard let outage = standing else { return }
        standing =
            time <= outage.from
            ? nil
            : ChairOutage(
                id: outage.id, chair: outage.chair, from: outage.from,
                until: min(time, outage.until ?? time), reason: outage.reason)
    }
}
