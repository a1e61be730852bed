/// When the chairs of a site can be used within one calendar date, and not beyond its end: dates follow one
/// another without a gap and without an overlap, so what is open may be added up over them.
public struct OpenChairs: Hashable, Sendable {
    /// From the first instant of the date to the first of the next; `nil` for a date that the zone skipped.
    public let day: TimeSpan?
    /// The chairs in use on the date, those that cannot be used on it included.
    public let usable: [ChairID: TimeSpans]

    public init(on date: CalendarDate, given state: SiteState, by clock: ZoneClock) {
        let making = SiteDayMaking(date: date, state: state, clock: clock)
        day = making.day
        usable = Dictionary(
            making.chairs.map { chair in
                (chair.chair.id, making.day.map { chair.usable.within($0) } ?? TimeSpans([]))
            }, uniquingKeysWith: { first, _ in first })
    }
}
