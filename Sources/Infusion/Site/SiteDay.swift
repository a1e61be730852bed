public import Foundation

/// One calendar date of a site, as instants: when it is open, which chairs can be used, who is there.
///
/// What begins on the date is shown to its end, also if that is on the next one: a visit that begins at 22:00
/// may end after midnight. What goes on beyond ``horizon`` is shown up to there.
public struct SiteDay: Hashable, Sendable {
    public struct Chair: Hashable, Sendable {
        public let chair: SiteChair
        /// When it can be used: the site is open, and it is not out of service.
        public let usable: TimeSpans
        /// What keeps it from use within the day and what is shown of the next, in order.
        public let outages: [ChairOutage]
    }

    /// Who is there, unchanged, for a time.
    public struct Staffing: Hashable, Sendable {
        public let span: TimeSpan
        /// Registered nurses.
        public let nurses: Int
        /// People trained and free to treat anaphylaxis; they may be among the nurses.
        public let resuscitation: Int
    }

    public let site: SiteID
    public let date: CalendarDate
    public let timeZone: TimeZone
    /// From the first instant of the date to the first of the next, 23 to 25 hours in most zones; `nil` for a
    /// date that the zone skipped.
    public let day: TimeSpan?
    /// The end of the next date: no visit that begins on this one lasts so long.
    public let horizon: Instant
    /// What is open on the date, each span whole at its end.
    public let open: TimeSpans
    /// When the site closes for the last time after what begins on the date, perhaps on the next one; the end of
    /// the date where it goes on with the hours of the next. `nil` where it is closed.
    public let closing: Instant?
    /// Closures that touch the day, in order.
    public let closures: [SiteClosure]
    /// Chairs in use on the date, by name.
    public let chairs: [Chair]
    /// From the beginning of the day to its end or, if later, to the last closing; without holes. Empty of
    /// people where shifts are planned for none of it.
    public let staffing: [Staffing]
    /// Whether the site has ever planned a shift; where it has not, ``staffing`` says nothing.
    public let plansStaff: Bool
    public let limits: CapacityLimits

    /// `nil` unless the site was opened, in a zone that this program knows.
    public init?(of date: CalendarDate, given state: SiteState) {
        guard let site = state.site, let name = state.timeZone,
            let zone = TimeZone(identifier: name)
        else { return nil }
        self.init(of: date, at: site, in: zone, by: ZoneClock(zone), given: state)
    }

    /// - Parameter clock: The rules of the zone; another than the zone's own where its rules of
    ///   another day are asked about.
    public init(
        of date: CalendarDate, at site: SiteID, in timeZone: TimeZone, by clock: ZoneClock,
        given state: SiteState
    ) {
        let making = SiteDayMaking(date: date, state: state, clock: clock)
        self.site = site
        self.date = date
        self.timeZone = timeZone
        day = making.day
        horizon = making.horizon
        open = making.open
        closing = making.closing
        closures = making.closures
        chairs = making.chairs
        staffing = making.staffing
        plansStaff = state.plansStaff
        limits = state.limits
    }

    /// What is not known of the day, and no visit is judged by.
    public var notJudged: [UnjudgedMatter] { plansStaff ? [] : [.staff] }

    /// The last instant on the date at which a visit may begin: it leaves its chair ``CapacityLimit``'s
    /// minutes before the site closes (clinical facts §9.2), and no later than the chair goes out of service.
    /// - Parameters:
    ///   - minutes: How long the visit takes its chair.
    ///   - chair: `nil` for a chair that can be used whenever the site is open.
    public func lastStart(of minutes: Int, in chair: ChairID? = nil) -> Instant? {
        usable(chair).compactMap { lastStart(of: minutes, within: $0) }.max()
    }

    /// The last instant at which a visit may begin while the chair can be used as it can at `instant`: a site that
    /// closes at noon closes then, though it opens again. `nil` where so long a visit has no room there.
    func lastStart(of minutes: Int, in chair: ChairID, around instant: Instant) -> Instant? {
        usable(chair).first { $0.contains(instant) }
            .flatMap { lastStart(of: minutes, within: $0) }
    }

    private func usable(_ chair: ChairID?) -> [TimeSpan] {
        guard let chair else { return open.all }
        return chairs.first { $0.chair.id == chair }?.usable.all ?? []
    }

    private func lastStart(of minutes: Int, within span: TimeSpan) -> Instant? {
        guard let day, let opening = open.all.first(where: { $0.contains(span.from) }) else {
            return nil
        }
        let buffer = Int64(limits[.closingBufferMinutes])
        let closing = opening.until == horizon ? horizon : opening.until.adding(minutes: -buffer)
        let last = min(
            min(span.until, closing).adding(minutes: -Int64(minutes)),
            day.until.adding(minutes: -1))
        return last >= span.from ? last : nil
    }
}
