/// The answer to an ``OpeningQuestion``: where a site has room, best first, and of every date
/// without any why.
public struct Openings: Hashable, Sendable {
    /// All visits of a course, in their order; each goes with the others.
    public struct Course: Hashable, Sendable {
        public let visits: [Opening]
        /// Of the visits together; the fewer, the better.
        public let points: Int

        public init(visits: [Opening]) {
            self.visits = visits
            points = visits.reduce(0) { $0 + $1.rank.points }
        }
    }

    /// How long the visit takes its chair; of a course the first one.
    public let minutes: Int
    /// What would be given in it; `nil` where only minutes were asked for, and for red cells.
    public let dose: Milligrams?
    /// Whose time it is, where a kind of visit was asked about.
    public let row: DosingRowID?
    /// From when it is due; `nil` where the row has no date for it in the period.
    public let due: CalendarDate?
    public let openings: [Opening]
    /// Where a whole course was asked for.
    public let courses: [Course]
    /// Every date of the period.
    public let days: [OpeningDay]
    /// What no opening was asked about.
    public let notJudged: [UnjudgedMatter]

    /// - Parameters:
    ///   - state: The patient of the order; `nil` where the visit is nobody's.
    ///   - region: Of the site that is asked about, which need not be the patient's; `nil` where nobody has
    ///     told it.
    /// - Throws: What a booking would be refused for on every date: an order that is not active, or
    ///   fully booked; and a product that is not licensed where the site is.
    public init(
        _ question: OpeningQuestion, in calendar: SiteCalendar, given state: PatientState?,
        at region: LabelRegion?, context: DecisionContext
    ) throws(Refusal) {
        let calendar = calendar.sittingOn(at: context.now)
        switch question.visit {
        case .minutes(let minutes):
            self.init(question, in: calendar, minutes: minutes, context)
        case .kind(let kind):
            let needs = try KindOfVisitNeeds(of: kind, in: context)
            self.init(
                question, in: calendar, minutes: needs.minutes, dose: needs.dose, row: needs.row,
                context)
        case .order(let id, let moving, let minutes):
            let visit = try OrderedVisit(
                of: id, moving: moving, given: state ?? PatientState(), at: region, in: context)
            self = try visit.openings(question, minutes: minutes, in: calendar)
        case .course(let id):
            let visit = try OrderedVisit(
                of: id, moving: nil, given: state ?? PatientState(), at: region, in: context)
            self = try visit.courses(question, in: calendar)
        }
    }

    /// The same time in other chairs, at a site of which nothing is known but the chairs that bookings have named.
    /// - Parameters:
    ///   - slot: What was wanted for a visit of the order.
    ///   - moving: The visit that is to be there instead.
    ///   - chairs: That nobody has then.
    ///   - place: The site.
    /// - Throws: What a booking would be refused for in any of them.
    public init(
        of order: OrderID, moving: AppointmentID?, at slot: AppointmentSlot, in chairs: [ChairID],
        given state: PatientState, place: VisitPlace, context: DecisionContext
    ) throws(Refusal) {
        let visit = try OrderedVisit(
            of: order, moving: moving, given: state, at: place.region, in: context)
        self = try visit.openings(
            at: slot, in: chairs, on: CalendarDate(slot.start, in: place.timeZone))
    }

    /// For nobody in particular: what the site alone says.
    private init(
        _ question: OpeningQuestion, in calendar: SiteCalendar, minutes: Int,
        dose: Milligrams? = nil, row: DosingRowID? = nil, _ context: DecisionContext
    ) {
        let search = Self.search(
            question, in: calendar, minutes: minutes, busy: [], due: question.first, dose: dose,
            context)
        let found = search.best(of: question) { _ in .free }
        self.init(
            minutes: minutes, dose: dose, row: row, due: question.due ?? question.first,
            openings: found.openings, days: found.days,
            notJudged: calendar.notJudged + search.notJudged + UnjudgedMatter.ofPatients)
    }

    public init(
        minutes: Int, dose: Milligrams?, row: DosingRowID? = nil, due: CalendarDate?,
        openings: [Opening],
        courses: [Course] = [], days: [OpeningDay], notJudged: [UnjudgedMatter]
    ) {
        self.minutes = minutes
        self.dose = dose
        self.row = row
        self.due = due
        self.openings = openings
        self.courses = courses
        self.days = days
        self.notJudged = notJudged
    }

    static func search(
        _ question: OpeningQuestion, in calendar: SiteCalendar, minutes: Int, busy: [TimeSpan],
        due: CalendarDate, dose: Milligrams?, _ context: DecisionContext
    ) -> OpeningSearch {
        OpeningSearch(
            calendar: calendar,
            visit: DayStarts.Visit(
                minutes: minutes, needs: question.needs, busy: busy, notBefore: context.now),
            wishes: question.wishes,
            order: question.nearest.map { .nearest($0) } ?? .due(question.due ?? due),
            stock: OpeningStock(context.stock, dose: dose, in: context))
    }
}

extension OpeningSearch {
    /// The best of all dates, so many of each.
    func best(
        of question: OpeningQuestion, by verdict: (Instant) -> Verdict
    ) -> (openings: [Opening], days: [OpeningDay]) {
        var openings: [Opening] = []
        var days: [OpeningDay] = []
        for date in question.dates {
            let found = day(date, atMost: question.perDay, by: verdict)
            openings += found.openings
            days.append(found.day)
        }
        return (Array(openings.sorted(by: Self.isBetter).prefix(question.limit)), days)
    }
}
