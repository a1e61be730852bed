/// A date of a site with its visits: what is free of every chair, and how many visits begin, and
/// how many patients are there, in every quarter of an hour.
struct DayCapacity: Hashable, Sendable {
    /// Free time of a chair, to the end of a visit; what the chair needs to be made ready is taken
    /// off.
    struct Piece: Hashable, Sendable {
        /// Of the plan's chairs.
        let chair: Int
        let from: Int
        let until: Int
    }

    let plan: DayPlan
    let pieces: [Piece]
    /// Visits that begin, and patients who are there, in each of the plan's quarters.
    let starts: [Int]
    let patients: [Int]
    /// Of each quarter the first from it on without cover, and the first that is full; the count of
    /// all for none.
    let nextUncovered: [Int]
    let nextFull: [Int]

    /// - Parameters:
    ///   - visits: All of the site that touch the date or the next one, whatever their chairs.
    ///   - turnoverSeconds: For which a chair is made ready after each visit.
    init(
        _ plan: DayPlan, visits: some Sequence<SiteCalendar.Visit>, turnoverSeconds: Int
    ) {
        self.plan = plan
        var starts = [Int](repeating: 0, count: plan.quarters.count)
        var patients = starts
        var taken: [ChairID: [DayPlan.Span]] = [:]
        for visit in visits {
            let (from, until) = (visit.from.wholeSeconds, visit.until.secondsRoundedUp)
            guard from < plan.window.until, until + turnoverSeconds > plan.window.from else {
                continue
            }
            let first = QuarterHours.containing(from) - plan.firstQuarter
            let end = QuarterHours.from(until) - plan.firstQuarter
            if starts.indices.contains(first) { starts[first] += 1 }
            for quarter in max(0, first)..<max(0, first, min(end, patients.count)) {
                patients[quarter] += 1
            }
            taken[visit.chair, default: []].append(DayPlan.Span(from: from, until: until))
        }
        pieces = plan.chairs.enumerated().flatMap { index, chair in
            let visits = (taken[chair.chair.id] ?? []).sorted { $0.from < $1.from }
            return chair.spans.flatMap { span in
                Self.free(of: span, between: visits, turnoverSeconds)
                    .map { Piece(chair: index, from: $0.from, until: $0.until) }
            }
        }
        self.starts = starts
        self.patients = patients
        nextUncovered = Self.next(in: plan.quarters.indices) { !plan.quarters[$0].isCovered }
        nextFull = Self.next(in: plan.quarters.indices) {
            patients[$0] >= plan.quarters[$0].patients
        }
    }

    private static func free(
        of span: DayPlan.Span, between visits: [DayPlan.Span], _ turnover: Int
    ) -> [DayPlan.Span] {
        var free: [DayPlan.Span] = []
        var from = span.from
        for visit in visits
        where visit.until + turnover > span.from && visit.from < span.until + turnover {
            let until = min(span.until, visit.from - turnover)
            if from < until { free.append(DayPlan.Span(from: from, until: until)) }
            from = max(from, visit.until + turnover)
        }
        if from < span.until { free.append(DayPlan.Span(from: from, until: span.until)) }
        return free
    }

    private static func next(in all: Range<Int>, where holds: (Int) -> Bool) -> [Int] {
        var next = [Int](repeating: all.upperBound, count: all.count)
        for index in all.reversed() {
            next[index] =
                holds(index) ? index : index + 1 < all.upperBound ? next[index + 1] : all.upperBound
        }
        return next
    }

    /// How full the site is at the fullest while a visit is there, % of the patients that its
    /// nurses may watch; `nil` where the site does not tell of any.
    func load(_ quarters: Range<Int>) -> Int? {
        guard plan.plansStaff else { return nil }
        return quarters.reduce(0) { fullest, index in
            let allowed = plan.quarters[index].patients
            return max(fullest, allowed == 0 ? 100 : patients[index] * 100 / allowed)
        }
    }
}
