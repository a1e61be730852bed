/// What a site may be told. All times are those of its own wall clocks.
public enum SiteCommand: Hashable, Sendable {
    /// - Parameter timeZone: An IANA name, `Europe/Rome`.
    case openSite(SiteID, timeZone: String)
    case correctTimeZone(String)
    case setLimits(CapacityLimits)
    case setAutomaticOffers(AutomaticOffers)
    /// A new chair, or another description of one, which also takes back its retirement.
    case defineChair(SiteChair)
    /// From a date on the site does without it.
    case retireChair(ChairID, from: CalendarDate)
    case takeChairOut(ChairOutage)
    /// Ends every outage of the chair that has begun by then.
    case returnChair(ChairID, at: LocalTime)
    /// An outage is not to be, or should not have been recorded.
    case withdrawOutage(SiteEntryID)
    case setHours(WeeklyHours)
    case withdrawHours(validFrom: CalendarDate)
    case announceClosure(SiteClosure)
    case withdrawClosure(SiteEntryID)
    case announceOpening(SiteOpening)
    case withdrawOpening(SiteEntryID)
    case planShift(Shift)
    /// To a part of the time that was planned.
    case shortenShift(SiteEntryID, to: LocalPeriod, reason: ShiftChangeReason)
    case withdrawShift(SiteEntryID, reason: ShiftChangeReason)
    case countStock(StockCount)
    case recordDelivery(StockDelivery)
    case withdrawDelivery(SiteEntryID)
    /// Everything that differs from the plan.
    case apply(SitePlan)
}
