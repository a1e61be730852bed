public import Infusion
public import InfusionProjections

/// How a site's chairs were used, and how its visits went, over a period.
public struct UtilizationQuestion: Hashable, Sendable {
    public let site: SiteID
    /// At most ``ApplicationLimits/utilizationDays`` dates.
    public let period: CalendarDateRange
    public let terms: UtilizationTerms
    public let knownAt: AsOf.Knowledge

    public init(
        site: SiteID, period: CalendarDateRange, terms: UtilizationTerms, knownAt: AsOf.Knowledge
    ) {
        self.site = site
        self.period = period
        self.terms = terms
        self.knownAt = knownAt
    }
}
