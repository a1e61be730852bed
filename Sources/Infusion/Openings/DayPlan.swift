/// A date of a site as a search for openings reads it: seconds and quarters of an hour instead of
/// instants and spans. It knows no visits; see ``DayCapacity``.
struct DayPlan: Hashable, Sendable {
    /// What may be in one quarter of an hour.
    struct Quarter: Hashable, Sendable {
        /// A visit that begins in it has left by then, s; 0 where the site is closed at its
        /// beginning.
        var mayLastUntil = 0
        /// Infusions that may begin in it; where the site plans no staff, as many as like.
        var starts = Int.max
        /// Patients who may be there in it; where the site plans no staff, as many as like.
        var patients = Int.max
        /// Whether somebody who can treat anaphylaxis is there for all of it, as far as the site tells.
        var isCovered = true
    }

    /// A time in which a chair can be used, to the end of a visit: the site's closing less its
    /// buffer, or the chair's going out of service.
    struct Span: Hashable, Sendable {
        let from: Int
        let until: Int
    }

    struct Chair: Hashable, Sendable {
        let chair: SiteChair
        let spans: [Span]
    }

    let date: CalendarDate
    /// Of ``quarters``, the first: the one at which the date begins.
    let firstQuarter: Int
    /// The quarters of the date itself: a visit of the date begins in one of them.
    let startCount: Int
    /// To the end of the next date, since a visit may go on past midnight.
    let quarters: [Quarter]
    let chairs: [Chair]
    let window: Span
    /// Whether the site tells who is there; where it does not, no quarter is without cover or full.
    let plansStaff: Bool

    init(_ day: SiteDay) {
        date = day.date
        let from = day.day?.from.wholeSeconds ?? day.horizon.wholeSeconds
        let until = day.day?.until.wholeSeconds ?? from
        window = Span(from: from, until: day.horizon.wholeSeconds)
        firstQuarter = QuarterHours.from(from)
        startCount = max(0, QuarterHours.from(until) - firstQuarter)
        let count = max(startCount, QuarterHours.containing(window.until) - firstQuarter)
        var quarters = [Quarter](repeating: Quarter(), count: count)
        for span in day.open.all {
            let end = day.latestEnd(within: span).wholeSeconds
            let first = QuarterHours.from(span.from.wholeSeconds)
            let last = QuarterHours.from(span.until.wholeSeconds)
            for quarter in first..<max(first, last) {
                let index = quarter - firstQuarter
                if quarters.indices.contains(index) { quarters[index].mayLastUntil = end }
            }
        }
        plansStaff = day.plansStaff
        for index in quarters.indices where day.plansStaff {
            let allowed = day.allowed(
                in: QuarterHour(
                    holding: Instant(wholeSeconds: (firstQuarter + index) * QuarterHours.seconds)))
            quarters[index].starts = allowed.starts
            quarters[index].patients = allowed.patients
            quarters[index].isCovered = allowed.isCovered
        }
        self.quarters = quarters
        chairs = day.chairs.map { chair in
            Chair(
                chair: chair.chair,
                spans: chair.usable.all.compactMap { usable in
                    let opening = day.open.all.first { $0.contains(usable.from) }
                    let end = min(
                        usable.until, opening.map { day.latestEnd(within: $0) } ?? usable.until)
                    return usable.from < end
                        ? Span(from: usable.from.secondsRoundedUp, until: end.wholeSeconds) : nil
                })
        }
    }
}

extension SiteDay {
    /// When a visit must have left its chair, that begins while the site is open in `span`
    /// (clinical facts §9.2).
    fileprivate func latestEnd(within span: TimeSpan) -> Instant {
        span.until == horizon
            ? horizon : span.until.adding(minutes: -Int64(limits[.closingBufferMinutes]))
    }
}
