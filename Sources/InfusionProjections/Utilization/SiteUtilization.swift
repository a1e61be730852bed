public import Infusion

/// How a site's chairs were used over a period, and how its visits went: by date, by chair and as a whole.
///
/// A visit counts on the date on which its slot starts, by the site's clocks, and in its slot's chair. Minutes
/// count on the date on which they pass: a visit over midnight has some on either. A minute of a chair counts
/// once, however many were promised it.
public struct SiteUtilization: Hashable, Sendable {
    public struct Day: Hashable, Sendable {
        public let date: CalendarDate
        public let figures: UtilizationFigures
    }

    public struct Chair: Hashable, Sendable {
        public let chair: ChairID
        public let figures: UtilizationFigures
    }

    public let total: UtilizationFigures
    /// Every date of the period, in order.
    public let days: [Day]
    /// Every chair that was in use or had a visit, by name.
    public let chairs: [Chair]

    /// - Parameters:
    ///   - visits: Every visit of the site that starts on a date of the period or on the one before, of which
    ///     some minutes may pass in it.
    ///   - dates: The period, in order.
    ///   - open: When chairs can be used on a date; `nil` where nobody told.
    public init(
        of visits: [VisitTimes], on dates: [CalendarDate],
        open: ((CalendarDate) -> OpenChairs)?, by clock: ZoneClock, terms: UtilizationTerms
    ) {
        var cells = Cells()
        for visit in visits {
            let date = clock.localTime(of: visit.slot.start).date
            cells[date, visit.slot.chair] += UtilizationFigures(
                of: visit, on: date, by: clock, terms)
        }
        let occupancies = Occupancy.all(of: visits, by: clock)
        // Where the hours are known, a date without any is closed: 0 min, not nobody knows how many.
        var empty = UtilizationFigures()
        empty.openSeconds = open == nil ? nil : 0
        for date in dates {
            guard
                let day = TimeSpan(
                    from: clock.start(of: date), until: clock.start(of: date.adding(days: 1)))
            else { continue }
            let usable = open?(date).usable
            for chair in Set(occupancies.keys).union(usable?.keys.map(\.self) ?? []) {
                let figures = UtilizationFigures(
                    of: occupancies[chair] ?? Occupancy(), within: day,
                    open: usable.map { $0[chair] ?? TimeSpans([]) })
                if figures != empty || usable?[chair] != nil { cells[date, chair] += figures }
            }
        }
        days = dates.map { Day(date: $0, figures: cells.sum(of: $0, from: empty)) }
        total = days.reduce(into: empty) { $0 += $1.figures }
        chairs = cells.chairs(on: dates, from: empty)
            .map { Chair(chair: $0, figures: $1) }
            .sorted { $0.chair.name < $1.chair.name }
    }
}

/// The figures of each chair on each date.
private struct Cells {
    private var cells: [CalendarDate: [ChairID: UtilizationFigures]] = [:]

    subscript(date: CalendarDate, chair: ChairID) -> UtilizationFigures {
        get { cells[date]?[chair] ?? UtilizationFigures() }
        set { cells[date, default: [:]][chair] = newValue }
    }

    func sum(of date: CalendarDate, from empty: UtilizationFigures) -> UtilizationFigures {
        (cells[date] ?? [:]).values.reduce(into: empty) { $0 += $1 }
    }

    func chairs(
        on dates: [CalendarDate], from empty: UtilizationFigures
    ) -> [ChairID: UtilizationFigures] {
        dates.reduce(into: [:]) { chairs, date in
            for (chair, figures) in cells[date] ?? [:] {
                chairs[chair, default: empty] += figures
            }
        }
    }
}

/// When a chair was promised to somebody, and when somebody sat in it.
private struct Occupancy {
    var promised = TimeSpans([])
    var seated = TimeSpans([])

    static func all(of visits: [VisitTimes], by clock: ZoneClock) -> [ChairID: Occupancy] {
        Dictionary(grouping: visits, by: \.slot.chair).mapValues { visits in
            Occupancy(
                promised: TimeSpans(visits.filter(\.keptChair).compactMap(\.promised)),
                seated: TimeSpans(visits.compactMap { $0.seated(by: clock) }))
        }
    }
}

extension VisitTimes {
    /// A discharge that was told days later frees the chair at the end of the next date, as no visit lasts
    /// longer; see ``SiteDay/horizon``.
    fileprivate func seated(by clock: ZoneClock) -> TimeSpan? {
        guard let seated else { return nil }
        let date = clock.localTime(of: slot.start).date
        let horizon = clock.start(of: date.adding(days: 2))
        return TimeSpan(from: seated.from, until: min(seated.until, horizon))
    }
}

extension UtilizationFigures {
    /// What one visit counts for.
    fileprivate init(
        of visit: VisitTimes, on date: CalendarDate, by clock: ZoneClock, _ terms: UtilizationTerms
    ) {
        self.init()
        guard visit.isVisit else {
            if visit.status == .pending, !visit.isLapsed {
                holdsPending = 1
            } else {
                holdsLapsed = 1
            }
            return
        }
        visits[visit.status] = 1
        if let cancelledAt = visit.cancelledAt, clock.localTime(of: cancelledAt).date >= date {
            cancelledOnTheDay = 1
        }
        if let arrivedAt = visit.arrivedAt {
            arrivalsTold = 1
            let latest = visit.agreedStart.adding(seconds: terms.seconds(.lateAfter))
            late = arrivedAt > latest ? 1 : 0
        }
        if let beganAt = visit.beganAt {
            beginningsTold = 1
            let planned = visit.slot.start.adding(seconds: terms.seconds(.preparation))
            let tolerance = terms.seconds(.startWithin)
            let onTime =
                planned.adding(seconds: -tolerance)...planned.adding(seconds: tolerance)
            startedOnTime = onTime.contains(beganAt) ? 1 : 0
        }
        switch visit.status {
        case .checkedIn, .fulfilled: untimed = visit.seated == nil ? 1 : 0
        case .pending, .booked, .arrived, .cancelled, .noshow: break
        }
        if let bookedAt = visit.bookedAt, visit.keptChair {
            leadTimes = LeadTimes([visit.slot.start.seconds(since: bookedAt) / 60])
        }
    }

    /// The minutes of a chair on a date.
    fileprivate init(of occupancy: Occupancy, within day: TimeSpan, open: TimeSpans?) {
        self.init()
        let promised = occupancy.promised.within(day)
        let seated = occupancy.seated.within(day)
        scheduledSeconds = promised.seconds
        actualSeconds = seated.seconds
        guard let open else { return }
        openSeconds = open.seconds
        scheduledOpenSeconds = promised.seconds - promised.subtracting(open).seconds
        actualOpenSeconds = seated.seconds - seated.subtracting(open).seconds
    }
}

extension TimeSpans {
    fileprivate var seconds: Int64 { all.reduce(0) { $0 + $1.until.seconds(since: $1.from) } }
}
