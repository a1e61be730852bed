/// Time of one chair that somebody who waits could have: what is free of it, and whom the nurses bear in it.
public struct WaitlistRoom: Sendable {
    /// Where a request could be.
    public struct Place: Hashable, Sendable {
        public let slot: AppointmentSlot
        /// `nil` at a site about which nothing was ever decided.
        public let visitSite: VisitSite?
        /// What the nurses lack; `nil` where they bear the visit, or nobody counts them.
        public let full: NurseLimit?
    }

    public let site: SiteID
    public let chair: ChairID
    /// What nobody has of the chair's time, in order.
    public let free: [TimeSpan]
    private let load: NurseLoad
    /// The site as it was told to be.
    public let state: SiteState
    /// Whose clock and dates a request means.
    public let place: VisitPlace
    /// By date, as they were asked about: a day is worked out once for all who wait.
    private var days: [CalendarDate: VisitSite] = [:]

    /// - Parameters:
    ///   - span: Of the chair.
    ///   - taken: The slots that take a chair of the site in any quarter hour that the span touches.
    ///   - withheld: What of the chair's time is given to nobody, though nobody has it.
    public init(
        of chair: ChairID, at site: SiteID, in span: TimeSpan, taken: [AppointmentSlot],
        withheld: [TimeSpan] = [],
        given state: SiteState, place: VisitPlace
    ) {
        self.site = site
        self.chair = chair
        self.state = state
        self.place = place
        load = NurseLoad(of: taken)
        let here = taken.filter { $0.chair == chair }.compactMap {
            TimeSpan(from: $0.start, until: $0.end)
        }
        free = TimeSpans([span]).subtracting(TimeSpans(here + withheld)).all
    }

    /// The first slot that suits the request and that the nurses bear; where they bear none, the first that
    /// suits, with what they lack. `nil` where none suits.
    public mutating func place(for request: WaitlistRequest, asked now: Instant) -> Place? {
        var first: Place?
        for span in free {
            for slot in request.slots(in: span, of: chair, at: site, asked: now, in: place.timeZone)
            {
                let found = place(at: slot)
                if found.full == nil { return found }
                if first == nil { first = found }
            }
        }
        return first
    }

    private mutating func place(at slot: AppointmentSlot) -> Place {
        let date = CalendarDate(slot.start, in: place.timeZone)
        let visitSite = days[date] ?? VisitSite(at: slot.start, given: state)
        days[date] = visitSite
        let takings = visitSite?.takings(of: slot, holding: nil, overridden: []) ?? []
        return Place(slot: slot, visitSite: visitSite, full: load.lacking(takings)?.limit)
    }
}
