public import Foundation

/// A site's days and the visits in them, kept at hand so that an opening is found without asking
/// anybody.
///
/// A value: who changes a copy disturbs nobody. What was worked out for a date is kept until one of
/// its visits, or the site, changes.
public struct SiteCalendar: Sendable {
    /// A visit that takes its chair.
    public struct Visit: Hashable, Sendable {
        public let appointment: AppointmentID
        public let chair: ChairID
        public let from: Instant
        public let until: Instant
        /// Its patient is in the chair, and has it beyond `until` too where the visit takes longer.
        public let isSeated: Bool

        public init(_ appointment: AppointmentID, slot: AppointmentSlot, isSeated: Bool = false) {
            self.appointment = appointment
            chair = slot.chair
            from = slot.start
            until = slot.end
            self.isSeated = isSeated
        }
    }

    public let site: SiteID
    public let timeZone: TimeZone
    public private(set) var state: SiteState
    let clock: ZoneClock
    private let turnoverSeconds: Int
    /// By the date on which they begin.
    private var visits: [CalendarDate: [AppointmentID: Visit]] = [:]
    private var plans: [CalendarDate: DayPlan] = [:]
    private var capacities: [CalendarDate: DayCapacity] = [:]

    /// `nil` unless the site was opened, in a zone that this program knows.
    public init?(
        of state: SiteState, visits: some Sequence<Visit>,
        settings: ChairTimeSettings = ChairTimeSettings()
    ) {
        guard let site = state.site, let name = state.timeZone,
            let zone = TimeZone(identifier: name)
        else { return nil }
        self.site = site
        self.state = state
        timeZone = zone
        clock = ZoneClock(zone)
        turnoverSeconds = settings[.turnover] * 60
        add(visits)
    }

    /// What the site does not tell, and no visit is judged by.
    var notJudged: [UnjudgedMatter] { state.plansStaff ? [] : [.staff] }

    public var visitCount: Int { visits.values.reduce(0) { $0 + $1.count } }

    /// What was decided about the site since; `false` where its clocks are others now, and
    /// everything has to be read again.
    public mutating func apply(_ state: SiteState) -> Bool {
        guard state.timeZone == self.state.timeZone else { return false }
        self.state = state
        plans = [:]
        capacities = [:]
        return true
    }

    /// Visits that take their chair no more, or no longer in that slot, and then those that do.
    public mutating func apply(
        removing removed: some Sequence<Visit>, adding added: some Sequence<Visit>
    ) {
        for visit in removed {
            let date = date(of: visit)
            visits[date]?[visit.appointment] = nil
            forget(date)
        }
        add(added)
    }

    private mutating func add(_ added: some Sequence<Visit>) {
        for visit in added {
            let date = date(of: visit)
            visits[date, default: [:]][visit.appointment] = visit
            forget(date)
        }
    }

    /// Nothing before the date is asked about any more.
    public mutating func forget(before date: CalendarDate) {
        // A visit of the evening before may still be there.
        let first = date.adding(days: -1)
        guard
            visits.keys.contains(where: { $0 < first })
                || plans.keys.contains(where: { $0 < first })
        else { return }
        visits = visits.filter { $0.key >= first }
        plans = plans.filter { $0.key >= first }
        capacities = capacities.filter { $0.key >= first }
    }

    /// Works out what is asked about next, so that it is kept.
    public mutating func prepare(_ dates: some Sequence<CalendarDate>) {
        for date in dates where capacities[date] == nil {
            if plans[date] == nil { plans[date] = makePlan(date) }
            capacities[date] = capacity(on: date)
        }
    }

    /// The same without one visit: what it leaves when it is moved.
    func without(_ visit: Visit) -> SiteCalendar {
        var copy = self
        copy.apply(removing: CollectionOfOne(visit), adding: [])
        return copy
    }

    /// The same as of `now`: who sits on in a chair beyond the end of a visit takes it until now.
    func sittingOn(at now: Instant) -> SiteCalendar {
        let today = CalendarDate(now, in: timeZone)
        let seated = [-2, -1, 0].lazy.compactMap { visits[today.adding(days: $0)] }
            .flatMap(\.values).filter(\.isSeated)
        let lasting = seated.compactMap { visit -> Visit? in
            let slot = AppointmentSlot(
                site: site, chair: visit.chair, start: visit.from, end: visit.until)
            guard slot.isSatOn(at: now) else { return nil }
            return Visit(visit.appointment, slot: slot.taken(seatedAt: now), isSeated: true)
        }
        guard !lasting.isEmpty else { return self }
        var copy = self
        copy.add(lasting)
        return copy
    }

    func capacity(on date: CalendarDate) -> DayCapacity {
        if let known = capacities[date] { return known }
        let around = [-1, 0, 1].lazy.compactMap { visits[date.adding(days: $0)] }
            .flatMap(\.values)
        return DayCapacity(
            plans[date] ?? makePlan(date), visits: around, turnoverSeconds: turnoverSeconds)
    }

    private func makePlan(_ date: CalendarDate) -> DayPlan {
        DayPlan(SiteDay(of: date, at: site, in: timeZone, by: clock, given: state))
    }

    private func date(of visit: Visit) -> CalendarDate { CalendarDate(visit.from, in: timeZone) }

    /// A visit lasts a day at most: it may be there on the date before's night and on the date
    /// after.
    private mutating func forget(_ date: CalendarDate) {
        for days in -1...1 { capacities[date.adding(days: days)] = nil }
    }
}
