/// A site's no. Closed, because callers act on every case; each has a stable code.
public enum SiteRefusal: Error, Hashable, Sendable {
    case siteNotOpened
    /// In another zone than the one named.
    case siteAlreadyOpened(timeZone: String)
    /// A value outside what is physically or formally possible. `accepted` says what would be.
    case invalidValue(field: String, problem: String, accepted: String)
    case chairNotFound(ChairID, accepted: [String])
    case chairRetired(ChairID, from: CalendarDate)
    case hoursNotFound(validFrom: CalendarDate)
    case entryNotFound(SiteEntryKind, SiteEntryID)
    /// A name is used once: what was withdrawn does not come back under it.
    case entryWithdrawn(SiteEntryKind, SiteEntryID)
    /// One person is not on two shifts at a time.
    case staffOnOtherShift(StaffCode, SiteEntryID)
    /// What the log has and the plan does not mention: nothing vanishes for not being said.
    case missingFromPlan(chairs: [ChairID], hours: [CalendarDate])

    /// Stable for ever; what the HTTP problem's `code` carries.
    public var code: String {
        switch self {
        case .siteNotOpened: "site-not-opened"
        case .siteAlreadyOpened: "site-already-opened"
        case .invalidValue: "invalid-value"
        case .chairNotFound: "chair-not-found"
        case .chairRetired: "chair-retired"
        case .hoursNotFound: "hours-not-found"
        case .entryNotFound: "entry-not-found"
        case .entryWithdrawn: "entry-withdrawn"
        case .staffOnOtherShift: "staff-on-other-shift"
        case .missingFromPlan: "missing-from-plan"
        }
    }
}
