/// Looks for all visits of a course at once: the best date for the first, then for the next the
/// best that goes with those before it, and back by one where there is none.
struct CourseSearch {
    let question: OpeningQuestion
    let calendar: SiteCalendar
    let busy: [TimeSpan]
    let context: DecisionContext
    private var tried = 0

    init(
        question: OpeningQuestion, calendar: SiteCalendar, busy: [TimeSpan],
        context: DecisionContext
    ) {
        self.question = question
        self.calendar = calendar
        self.busy = busy
        self.context = context
    }

    mutating func openings(for dates: VisitDates, visits: Int) -> Openings {
        let first = max(calendar.clock.start(of: question.first), context.now)
        let (dose, minutes) = dates.next(from: first)
        let due = dates.due(from: question.first, through: question.last, at: first)
        let search = Openings.search(
            question, in: calendar, minutes: minutes, busy: busy, due: due ?? question.first,
            dose: dose, context)
        var best: [Opening] = []
        var days: [OpeningDay] = []
        for date in question.dates {
            let found = search.day(date, atMost: 1, by: dates.verdict)
            if let opening = found.openings.first { best.append(opening) }
            days.append(found.day)
        }
        var courses: [Openings.Course] = []
        for opening in best.sorted(by: OpeningSearch.isBetter) {
            guard courses.count < question.limit, hasTriesLeft else { break }
            if let rest = rest(of: visits - 1, after: opening, dose, dates, search.stock) {
                courses.append(Openings.Course(visits: [opening] + rest))
            } else if hasTriesLeft {
                let index = opening.date.days(since: question.first)
                days[index] = OpeningDay(opening.date, constraint: .restOfCourse)
            }
        }
        courses.sort {
            ($0.points, $0.visits[0].slot.start) < ($1.points, $1.visits[0].slot.start)
        }
        return Openings(
            minutes: minutes, dose: dose, due: question.due ?? due, openings: [],
            courses: courses, days: days, notJudged: calendar.notJudged + search.notJudged)
    }

    private var hasTriesLeft: Bool { tried < InfusionLimits.courseVisitsTried }

    /// So many visits more; `nil` where they do not all find a date.
    private mutating func rest(
        of visits: Int, after last: Opening, _ dose: Milligrams, _ dates: VisitDates,
        _ stock: OpeningStock?
    ) -> [Opening]? {
        guard visits > 0 else { return [] }
        let taken = stock.map { $0.stock.adding($0.need, at: last.slot.start) }
        let dates = dates.adding(
            PlannedDose(
                order: dates.record.id, at: last.slot.start,
                date: dates.decision.localDate(last.slot.start), amount: dose, version: nil))
        let next = last.date.adding(days: 1)
        let from = calendar.clock.start(of: next)
        guard let due = dates.due(from: next, through: question.last, at: from) else { return nil }
        let (amount, minutes) = dates.next(from: from)
        let search = OpeningSearch(
            calendar: calendar,
            visit: DayStarts.Visit(
                minutes: minutes, needs: question.needs, busy: busy, notBefore: context.now),
            wishes: question.wishes, order: .due(due),
            stock: OpeningStock(taken, dose: amount, in: context))
        var first = next
        while first <= question.last {
            let end = min(
                question.last, first.adding(days: InfusionLimits.courseStepDays - 1))
            for opening in candidates(from: first, through: end, search, dates) {
                guard hasTriesLeft else { return nil }
                tried += 1
                let verdict = dates.verdict(at: opening.slot.start)
                guard verdict.constraint == nil else { continue }
                if let rest = rest(of: visits - 1, after: opening, amount, dates, search.stock) {
                    return [opening.with(verdict.freshLabs)] + rest
                }
            }
            first = end.adding(days: 1)
        }
        return nil
    }

    /// The best opening of each date that goes with the visits before it; the best date first.
    private func candidates(
        from first: CalendarDate, through last: CalendarDate, _ search: OpeningSearch,
        _ dates: VisitDates
    ) -> [Opening] {
        (0...last.days(since: first)).map { first.adding(days: $0) }.compactMap { date in
            guard dates.problem(on: date, at: calendar.clock.start(of: date)) == nil else {
                return nil
            }
            return search.day(date, atMost: 1) { _ in .free }.openings.first
        }.sorted(by: OpeningSearch.isBetter)
    }
}

extension Opening {
    fileprivate func with(_ freshLabs: FreshLabs?) -> Opening {
        Opening(
            slot: slot, date: date, chairsFree: chairsFree, rank: rank, freshLabs: freshLabs)
    }
}
