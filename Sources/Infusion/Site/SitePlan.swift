/// A site as somebody wants it to be, as a file says it.
///
/// Chairs and hours are the whole of it: what the log has besides must be named, as retired or withdrawn.
/// Of closures, openings, outages and shifts a plan names those it is about, and leaves the others
/// alone; one that was cut short or withdrawn since it was announced as the plan has it stays so, since what
/// was said on the day is later than the plan.
public struct SitePlan: Hashable, Sendable {
    public struct Chair: Hashable, Sendable {
        public let chair: SiteChair
        public let retiredFrom: CalendarDate?
        public init(_ chair: SiteChair, retiredFrom: CalendarDate? = nil) {
            self.chair = chair
            self.retiredFrom = retiredFrom
        }
    }

    public enum Hours: Hashable, Sendable {
        case set(WeeklyHours)
        case withdrawn(validFrom: CalendarDate)

        var validFrom: CalendarDate {
            switch self {
            case .set(let weekly): weekly.validFrom
            case .withdrawn(let date): date
            }
        }
    }

    public enum Item<Content: Hashable & Sendable>: Hashable, Sendable {
        case announced(Content)
        case withdrawn(SiteEntryID)
    }

    public let site: SiteID
    public let timeZone: String
    public var limits = CapacityLimits()
    public var automaticOffers = AutomaticOffers.off
    public var chairs: [Chair] = []
    public var hours: [Hours] = []
    public var closures: [Item<SiteClosure>] = []
    public var openings: [Item<SiteOpening>] = []
    public var outages: [Item<ChairOutage>] = []
    public var shifts: [Item<Shift>] = []

    public init(site: SiteID, timeZone: String) {
        self.site = site
        self.timeZone = timeZone
    }
}

extension SitePlan {
    /// What is to be told to a site in this state. A command that changes nothing may be among them.
    func commands(given state: SiteState) throws(SiteRefusal) -> [SiteCommand] {
        let planned = Set(chairs.map(\.chair.id))
        let dates = Set(hours.map(\.validFrom))
        let lostChairs = state.chairs.keys.filter { !planned.contains($0) }
        let lostHours = state.hours.keys.filter { !dates.contains($0) }
        guard lostChairs.isEmpty, lostHours.isEmpty else {
            throw .missingFromPlan(
                chairs: lostChairs.sorted { $0.name < $1.name }, hours: lostHours.sorted())
        }
        var commands: [SiteCommand] = [
            state.site == nil ? .openSite(site, timeZone: timeZone) : .correctTimeZone(timeZone),
            .setLimits(limits), .setAutomaticOffers(automaticOffers),
        ]
        for chair in chairs { commands += self.commands(for: chair, given: state) }
        commands += hours.compactMap { command(for: $0, given: state) }
        commands += closures.compactMap {
            command(
                for: $0, in: state.closures, \.id, SiteCommand.announceClosure,
                SiteCommand.withdrawClosure)
        }
        commands += openings.compactMap {
            command(
                for: $0, in: state.openings, \.id, SiteCommand.announceOpening,
                SiteCommand.withdrawOpening)
        }
        commands += outages.compactMap {
            command(
                for: $0, in: state.outages, \.id, SiteCommand.takeChairOut,
                SiteCommand.withdrawOutage)
        }
        commands += shifts.compactMap {
            command(for: $0, in: state.shifts, \.id, SiteCommand.planShift) { id in
                .withdrawShift(id, reason: .planChanged)
            }
        }
        return commands
    }

    private func commands(for chair: Chair, given state: SiteState) -> [SiteCommand] {
        let known = state.chairs[chair.chair.id]
        if known?.chair == chair.chair, known?.retiredFrom == chair.retiredFrom { return [] }
        return [.defineChair(chair.chair)]
            + (chair.retiredFrom.map { [.retireChair(chair.chair.id, from: $0)] } ?? [])
    }

    private func command(for hours: Hours, given state: SiteState) -> SiteCommand? {
        switch hours {
        case .set(let weekly): .setHours(weekly)
        case .withdrawn(let date):
            state.hours[date] == nil ? nil : .withdrawHours(validFrom: date)
        }
    }

    private func command<Content>(
        for item: Item<Content>, in entries: [SiteEntryID: SiteState.Entry<Content>],
        _ id: KeyPath<Content, SiteEntryID>, _ announce: (Content) -> SiteCommand,
        _ withdraw: (SiteEntryID) -> SiteCommand
    ) -> SiteCommand? {
        switch item {
        case .announced(let content):
            entries[content[keyPath: id]]?.planned == content ? nil : announce(content)
        case .withdrawn(let id):
            entries[id]?.standing == nil ? nil : withdraw(id)
        }
    }
}
