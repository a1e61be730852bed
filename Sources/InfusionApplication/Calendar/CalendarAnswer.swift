public import EventStore
public import Foundation
public import Infusion

/// Some dates of a site, with all that is kept in its chairs, as known at a position.
public struct CalendarAnswer: Sendable {
    /// One date by the site's clocks.
    public struct Day: Hashable, Sendable {
        public let date: CalendarDate
        /// From its first instant to the first of the next; `nil` for a date that the zone skipped.
        public let span: TimeSpan?
        /// When it is open, its chairs and who is there; `nil` for a site that nobody opened.
        public let site: SiteDay?

        public init(date: CalendarDate, span: TimeSpan?, site: SiteDay?) {
            self.date = date
            self.span = span
            self.site = site
        }
    }

    public let site: SiteID
    public let timeZone: TimeZone
    public let days: [Day]
    /// Of every appointment that overlaps one of the dates, by start and chair.
    public let entries: [CalendarEntry]
    /// Of the site's stream; `.none` for a site that nobody opened.
    public let version: StreamVersion
    /// The position the answer rests on.
    public let position: Position

    public init(
        site: SiteID, timeZone: TimeZone, days: [Day], entries: [CalendarEntry],
        version: StreamVersion, position: Position
    ) {
        self.site = site
        self.timeZone = timeZone
        self.days = days
        self.entries = entries
        self.version = version
        self.position = position
    }

    /// What overlaps a date.
    public func entries(on day: Day) -> [CalendarEntry] {
        guard let span = day.span else { return [] }
        return entries.filter { $0.slot.start < span.until && span.from < $0.slot.end }
    }

    /// What begins on one of the dates, and not before the first of them: each appointment belongs to one
    /// date.
    public var beginning: [CalendarEntry] {
        guard let first = days.lazy.compactMap(\.span).first?.from else { return [] }
        return entries.filter { $0.slot.start >= first }
    }
}
