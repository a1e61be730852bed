/// Where a site has room for a visit, date by date, and which of it is best. What the patient's own
/// rules say of a date comes from ``VisitDates``.
struct OpeningSearch {
    /// What is against a date, or what goes with it.
    struct Verdict: Hashable {
        var constraint: OpeningConstraint?
        var gates: [Gate] = []
        var freshLabs: FreshLabs?

        static let free = Verdict()
    }

    /// What stands first.
    enum Order: Hashable {
        /// The closer after the clinically due date, the better; wishes and load count too.
        case due(CalendarDate)
        /// The closer to a time that was wished for and is taken, the better.
        case nearest(Instant)
    }

    let calendar: SiteCalendar
    let visit: DayStarts.Visit
    let wishes: PatientWishes
    let order: Order
    /// The vials of the visit, where the site keeps account of them.
    let stock: OpeningStock?

    /// A date's openings, best first, and what is said of the date.
    /// - Parameter most: So many of the date are wanted; all are counted.
    func day(
        _ date: CalendarDate, atMost most: Int, by verdict: (Instant) -> Verdict
    ) -> (openings: [Opening], day: OpeningDay) {
        let capacity = calendar.capacity(on: date)
        let starts = DayStarts(on: capacity, for: visit, at: wished)
        guard let first = starts.starts.first else {
            return ([], OpeningDay(date, constraint: starts.constraint))
        }
        // Vials come and expire with a date, so the first time of it speaks for all.
        let start = instant(of: first)
        var verdict = verdict(start)
        if verdict.constraint == nil, let stock, !stock.bears(start) {
            verdict = Verdict(constraint: .stockShort)
        }
        if let constraint = verdict.constraint {
            return (
                [],
                OpeningDay(
                    date, constraint: constraint, gates: verdict.gates,
                    freshLabs: verdict.freshLabs)
            )
        }
        // In the order of the day, which is kept among those of equal points.
        let ranked = starts.starts.map { start in
            (start: start, rank: rank(of: start, at: instant(of: start), on: date))
        }.sorted {
            ($0.rank.points, $0.start.second) < ($1.rank.points, $1.start.second)
        }
        let openings = ranked.prefix(most).map { start, rank in
            let from = instant(of: start)
            return Opening(
                slot: AppointmentSlot(
                    site: calendar.site, chair: start.chair, start: from, end: end(of: from)),
                date: date, chairsFree: start.chairsFree, rank: rank, freshLabs: verdict.freshLabs)
        }
        return (openings, OpeningDay(date, starts: ranked.count, freshLabs: verdict.freshLabs))
    }

    private func instant(of start: DayStarts.Start) -> Instant {
        Instant(wholeSeconds: start.second)
    }

    /// The very time that was asked for, of which a chair may have been refused.
    private var wished: Int? {
        switch order {
        case .due: nil
        case .nearest(let wanted):
            wanted.wholeSeconds == wanted.secondsRoundedUp ? wanted.wholeSeconds : nil
        }
    }

    private func end(of start: Instant) -> Instant { start.adding(minutes: Int64(visit.minutes)) }

    private func rank(
        of start: DayStarts.Start, at instant: Instant, on date: CalendarDate
    ) -> OpeningRank {
        // Who wishes nothing has nothing unmet, and the clocks of a zone are slow to ask.
        let unmet =
            wishes == PatientWishes()
            ? []
            : wishes.unmet(
                from: calendar.clock.localTime(of: instant),
                until: calendar.clock.localTime(of: end(of: instant)))
        switch order {
        case .due(let due):
            let days = date.days(since: due)
            let missed = abs(days) + unmet.reduce(0) { $0 + $1.days }
            return OpeningRank(
                daysFromDue: days, unmet: unmet, loadPercent: start.loadPercent,
                points: missed * OpeningPoints.perDay
                    + (start.loadPercent ?? 0) * OpeningPoints.fullSite / 100)
        case .nearest(let wanted):
            let wished = CalendarDate(wanted, in: calendar.timeZone)
            return OpeningRank(
                daysFromDue: date.days(since: wished), unmet: unmet,
                loadPercent: start.loadPercent,
                points: Int(abs(instant.seconds(since: wanted)) / 60))
        }
    }

    /// What the search does not look at, since the site does not tell.
    var notJudged: [UnjudgedMatter] { stock == nil ? [.stock] : [] }

    static func isBetter(_ left: Opening, _ right: Opening) -> Bool {
        (left.rank.points, left.slot.start) < (right.rank.points, right.slot.start)
    }
}

/// The vials that a visit of the search would take, and where they come from.
struct OpeningStock {
    let stock: SiteStock
    let need: StockNeed

    func bears(_ start: Instant) -> Bool { stock.bears(need, at: start) }

    /// `nil` where no account is kept, or no vial of the site makes the dose.
    init?(_ stock: SiteStock?, dose: Milligrams?, in context: DecisionContext) {
        guard let stock, let dose, let product = context.formulary.product(stock.product),
            let need = stock.need(
                for: dose, of: product,
                leaving: context.site.policy.preparation.vialLeftOverPercent)
        else { return nil }
        self.stock = stock
        self.need = need
    }
}

/// What waiting, wishes and load weigh against each other; no source fixes it, so these are
/// engineering defaults.
enum OpeningPoints {
    /// A day of waiting.
    static let perDay = 10
    /// A site that is full to the last patient, beside one that is empty: worth half a week.
    static let fullSite = 35
}
