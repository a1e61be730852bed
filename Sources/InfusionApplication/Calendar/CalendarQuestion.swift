public import Infusion

/// What is asked of a site's calendar.
public struct CalendarQuestion: Hashable, Sendable {
    /// Which dates, by the site's clocks.
    public enum Dates: Hashable, Sendable {
        /// The date at the site of the moment that is asked about.
        case today
        case range(CalendarDateRange)
        /// So many dates before today, and from today on.
        case around(back: Int, ahead: Int)
    }
    public let site: SiteID
    public let dates: Dates
    /// Only this chair's appointments; `nil` for all.
    public let chair: ChairID?
    public let knownAt: AsOf.Knowledge

    public init(
        site: SiteID, dates: Dates, chair: ChairID? = nil, knownAt: AsOf.Knowledge = .now
    ) {
        self.site = site
        self.dates = dates
        self.chair = chair
        self.knownAt = knownAt
    }
}

/// Dates from a first to a last, both included.
public struct CalendarDateRange: Hashable, Sendable {
    public let first: CalendarDate
    public let last: CalendarDate

    /// `nil` unless `last` is `first` or later, and there are at most so many dates.
    public init?(from first: CalendarDate, to last: CalendarDate, atMost days: Int) {
        guard first <= last, last.days(since: first) < days else { return nil }
        self.first = first
        self.last = last
    }

    /// One date.
    public init(_ date: CalendarDate) { self.init(around: date, back: 0, ahead: 1) }

    init(around date: CalendarDate, back: Int, ahead: Int) {
        first = date.adding(days: -back)
        last = date.adding(days: ahead - 1)
    }

    public var dates: [CalendarDate] {
        (0...last.days(since: first)).map { first.adding(days: $0) }
    }
}
