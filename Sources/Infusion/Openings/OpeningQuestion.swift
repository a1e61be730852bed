/// What somebody wants to know of a site: when can a visit be, or all visits of a course.
public struct OpeningQuestion: Hashable, Sendable {
    public enum Visit: Hashable, Sendable {
        /// Of nobody in particular: room for so many minutes.
        case minutes(Int)
        /// Of nobody in particular, as long as such a visit takes.
        case kind(KindOfVisit)
        /// The next visit of an order.
        /// - Parameters:
        ///   - moving: A visit that is to be elsewhere instead; what it takes now is free for it.
        ///   - minutes: `nil` for as long as its dose takes.
        case order(OrderID, moving: AppointmentID? = nil, minutes: Int? = nil)
        /// All visits that an order still needs.
        case course(OrderID)

        public var order: OrderID? {
            switch self {
            case .minutes, .kind: nil
            case .order(let id, _, _), .course(let id): id
            }
        }
    }

    public let visit: Visit
    /// Clinic-local dates, both ends included.
    public let first: CalendarDate
    public let last: CalendarDate
    /// From when the visit is due; `nil` for the order's own date, or the first of the period.
    public let due: CalendarDate?
    public let wishes: PatientWishes
    public let needs: ChairNeeds
    /// Also dates for which results have to be drawn anew, and nobody has been asked to yet.
    public let allowsFreshLabs: Bool
    /// A time that was refused: what stands first is the closest to it, and where results had to be drawn anew for
    /// that, they may have to be for others. `nil` for the order of ``OpeningRank``.
    public let nearest: Instant?
    /// Openings, or courses.
    public let limit: Int
    /// Openings of one date.
    public let perDay: Int

    public init(
        visit: Visit, first: CalendarDate, last: CalendarDate, due: CalendarDate? = nil,
        wishes: PatientWishes = PatientWishes(), needs: ChairNeeds = ChairNeeds(),
        allowsFreshLabs: Bool = false, nearest: Instant? = nil,
        limit: Int = InfusionLimits.openingsUsual,
        perDay: Int = InfusionLimits.openingsPerDayUsual
    ) {
        self.visit = visit
        self.first = first
        self.last = last
        self.due = due
        self.wishes = wishes
        self.needs = needs
        self.allowsFreshLabs = allowsFreshLabs
        self.nearest = nearest
        self.limit = limit
        self.perDay = perDay
    }

    var dates: [CalendarDate] {
        (0...max(0, last.days(since: first))).map { first.adding(days: $0) }.filter { $0 <= last }
    }
}

/// What may be asked about openings.
extension InfusionLimits {
    /// Dates of one question.
    public static let openingDates = 90
    public static let openings = 1...100
    public static let openingsUsual = 10
    public static let openingsPerDayUsual = 3
    /// Dates that are looked at together for the next visit of a course, before later ones are.
    static let courseStepDays = 14
    /// Visits that are tried, in all courses together, before the search for more courses ends.
    static let courseVisitsTried = 400
}
