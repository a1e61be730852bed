/// An event of a site's stream: what was decided, and when.
public struct SiteEvent: Hashable, Sendable {
    public let effectiveAt: Instant
    public let fact: SiteFact

    public init(effectiveAt: Instant, fact: SiteFact) {
        self.effectiveAt = effectiveAt
        self.fact = fact
    }
}

/// What can happen to a site. A new case is a build error everywhere it matters.
public enum SiteFact: Hashable, Sendable {
    case siteOpened(SiteID, timeZone: String)
    /// It was wrong, or the zone was divided: every time on the wall is read in this one.
    case timeZoneCorrected(String)
    case limitsSet(CapacityLimits)
    case automaticOffersSet(AutomaticOffers)
    case chairDefined(SiteChair)
    case chairRetired(ChairID, from: CalendarDate)
    case chairTakenOut(ChairOutage)
    /// The outage ends at a time; if that is not after its beginning, it never was.
    case chairReturned(outage: SiteEntryID, at: LocalTime)
    case hoursSet(WeeklyHours)
    case hoursWithdrawn(validFrom: CalendarDate)
    case closureAnnounced(SiteClosure)
    case closureWithdrawn(SiteEntryID)
    case openingAnnounced(SiteOpening)
    case openingWithdrawn(SiteEntryID)
    case shiftPlanned(Shift)
    case shiftShortened(SiteEntryID, to: LocalPeriod, reason: ShiftChangeReason)
    case shiftWithdrawn(SiteEntryID, reason: ShiftChangeReason)
    case stockCounted(StockCount)
    case deliveryRecorded(StockDelivery)
    /// It did not come, or should not have been recorded.
    case deliveryWithdrawn(SiteEntryID)
}
