/// How a day of a site comes to be: times on the wall become instants here, and nowhere before.
struct SiteDayMaking {
    let date: CalendarDate
    let state: SiteState
    let clock: ZoneClock
    let day: TimeSpan?
    let horizon: Instant
    /// What is looked at: the date and the next one.
    private let window: TimeSpan?
    private(set) var open = TimeSpans([])

    init(date: CalendarDate, state: SiteState, clock: ZoneClock) {
        self.date = date
        self.state = state
        self.clock = clock
        let start = clock.start(of: date)
        day = TimeSpan(from: start, until: clock.start(of: date.adding(days: 1)))
        horizon = clock.start(of: date.adding(days: 2))
        window = TimeSpan(from: start, until: horizon)
        open = makeOpen()
    }

    // MARK: The site

    private func makeOpen() -> TimeSpans {
        guard let day, let window else { return TimeSpans([]) }
        let closed = state.closures.values.compactMap(\.standing).filter { isNear($0.period) }
            .compactMap(span(of:))
        let all = TimeSpans(announced).subtracting(TimeSpans(closed)).within(window)
        return TimeSpans(all.all.filter { $0.from < day.until })
    }

    /// Ordinary hours and openings that reach what is looked at, whatever closes the site. Nothing ordinary
    /// lasts longer than a day, so nothing older reaches here.
    private var announced: [TimeSpan] {
        let ordinary = [date.adding(days: -1), date, date.adding(days: 1)].flatMap { date in
            (state.hours(on: date)?.spans(on: date.weekday) ?? []).compactMap {
                clock.span(of: $0.period(on: date), ending: .second)
            }
        }
        return ordinary
            + state.openings.values.compactMap(\.standing).filter { isNear($0.period) }
            .compactMap { clock.span(of: $0.period, ending: .second) }
    }

    /// When the site closes after what begins on the date; the end of the date where it goes on with the
    /// hours of the next.
    var closing: Instant? {
        guard let day, let last = open.all.last else { return nil }
        let begun = announced.filter { $0.from < day.until }.map(\.until).max() ?? day.until
        return begun < last.until ? day.until : last.until
    }

    /// Whether the period can reach what is looked at. Zones need not be asked for that, and a site
    /// plans months ahead: most of what it has is far away.
    private func isNear(_ period: LocalPeriod) -> Bool {
        period.from.date <= date.adding(days: 2) && date.adding(days: -1) <= period.until.date
    }

    var closures: [SiteClosure] {
        guard let day else { return [] }
        return state.closures.values.compactMap(\.standing)
            .filter { isNear($0.period) && span(of: $0)?.overlaps(day) ?? false }
            .sorted { ($0.period.from, $0.id) < ($1.period.from, $1.id) }
    }

    private func span(of closure: SiteClosure) -> TimeSpan? {
        clock.span(of: closure.period, ending: .second)
    }

    // MARK: Chairs

    var chairs: [SiteDay.Chair] {
        state.chairs.values.filter { $0.retiredFrom.map { date < $0 } ?? true }
            .sorted { $0.chair.id.name < $1.chair.id.name }
            .map(chair)
    }

    private func chair(_ record: SiteState.ChairRecord) -> SiteDay.Chair {
        let outages = state.outages.values.compactMap(\.standing)
            .filter { outage in
                guard outage.chair == record.chair.id, let window else { return false }
                return span(of: outage)?.overlaps(window) ?? false
            }
            .sorted { ($0.from, $0.id) < ($1.from, $1.id) }
        let retired = record.retiredFrom.flatMap {
            TimeSpan(from: clock.start(of: $0), until: horizon)
        }
        let out = TimeSpans(outages.compactMap(span(of:)) + [retired].compactMap(\.self))
        return SiteDay.Chair(
            chair: record.chair, usable: open.subtracting(out), outages: outages)
    }

    /// One without an end goes on as far as anybody looks.
    private func span(of outage: ChairOutage) -> TimeSpan? {
        TimeSpan(
            from: clock.instant(of: outage.from),
            until: outage.until.map { clock.instant(of: $0, .second) } ?? horizon)
    }

    // MARK: Staff

    var staffing: [SiteDay.Staffing] {
        guard let day,
            let shown = TimeSpan(
                from: day.from, until: max(day.until, open.all.last?.until ?? day.until))
        else { return [] }
        let near = state.shifts.values.compactMap(\.standing).filter { isNear($0.period) }
        let shifts = near.compactMap { shift in
            clock.span(of: shift.period, ending: .first).flatMap { $0.intersection(shown) }
                .map { (shift, $0) }
        }
        let edges = Set(shifts.flatMap { [$0.1.from, $0.1.until] } + [shown.from, shown.until])
            .sorted()
        return zip(edges, edges.dropFirst()).compactMap { from, until in
            TimeSpan(from: from, until: until).map { step in
                func count(_ role: StaffRole) -> Int {
                    shifts.reduce(0) { total, entry in
                        let (shift, span) = entry
                        return span.contains(step.from) && shift.roles.contains(role)
                            ? total + shift.headcount : total
                    }
                }
                return SiteDay.Staffing(
                    span: step, nurses: count(.registeredNurse),
                    resuscitation: count(.resuscitation))
            }
        }.reduce(into: []) { steps, step in
            guard let last = steps.last, last.nurses == step.nurses,
                last.resuscitation == step.resuscitation,
                let joined = TimeSpan(from: last.span.from, until: step.span.until)
            else { return steps.append(step) }
            steps[steps.count - 1] = SiteDay.Staffing(
                span: joined, nurses: step.nurses, resuscitation: step.resuscitation)
        }
    }
}
