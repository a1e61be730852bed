public import EventStore
public import Foundation
public import Infusion

/// What is asked about a site's openings.
public struct OpeningsQuestion: Sendable {
    public let site: SiteID
    public let visit: OpeningQuestion.Visit
    /// `nil` for today at the site.
    public let first: CalendarDate?
    /// `nil` for as far as may be asked.
    public let last: CalendarDate?
    public let due: CalendarDate?
    public let wishes: PatientWishes
    public let needs: ChairNeeds
    public let allowsFreshLabs: Bool
    public let limit: Int
    public let perDay: Int

    public init(
        site: SiteID, visit: OpeningQuestion.Visit, first: CalendarDate? = nil,
        last: CalendarDate? = nil, due: CalendarDate? = nil,
        wishes: PatientWishes = PatientWishes(), needs: ChairNeeds = ChairNeeds(),
        allowsFreshLabs: Bool = false, limit: Int = InfusionLimits.openingsUsual,
        perDay: Int = InfusionLimits.openingsPerDayUsual
    ) {
        self.site = site
        self.visit = visit
        self.first = first
        self.last = last
        self.due = due
        self.wishes = wishes
        self.needs = needs
        self.allowsFreshLabs = allowsFreshLabs
        self.limit = limit
        self.perDay = perDay
    }
}

/// A site's openings, and the position the answer rests on.
public struct OpeningsAnswer: Sendable {
    public let site: SiteID
    public let timeZone: TimeZone
    public let first: CalendarDate
    public let last: CalendarDate
    /// Dates of the period that were over; nothing was looked for on them.
    public let past: [CalendarDate]
    public let order: OrderID?
    public let openings: Openings
    public let position: Position

    public init(
        site: SiteID, timeZone: TimeZone, first: CalendarDate, last: CalendarDate,
        past: [CalendarDate] = [], order: OrderID?, openings: Openings, position: Position
    ) {
        self.site = site
        self.timeZone = timeZone
        self.first = first
        self.last = last
        self.past = past
        self.order = order
        self.openings = openings
        self.position = position
    }
    /// Every date of the period: those that were over first.
    public var days: [OpeningDay] {
        past.map { OpeningDay($0, constraint: .past) } + openings.days
    }
}
