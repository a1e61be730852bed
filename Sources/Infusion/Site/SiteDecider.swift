/// What may be done with one site's stream: the commands it accepts and the events they cause.
///
/// Pure: the same command on the same state at the same instant gives the same events.
public struct SiteDecider: Sendable {
    public init() {}

    public var initialState: SiteState { SiteState() }

    /// The state after `event`; total, and free of rules.
    public func evolve(_ state: SiteState, _ event: SiteEvent) -> SiteState {
        var state = state
        state.apply(event.fact)
        return state
    }

    /// The events that `command` causes; none when it changes nothing.
    /// - Parameter formulary: Of which products, and in which sizes, a site may be told of vials.
    public func decide(
        _ command: SiteCommand, given state: SiteState, at now: Instant, by formulary: Formulary
    ) throws(SiteRefusal) -> [SiteEvent] {
        var after = state
        var facts: [SiteFact] = []
        for step in try steps(of: command, given: state) {
            let changes = try SiteDecision(state: after, now: now, formulary: formulary).facts(
                of: step)
            for change in changes { after.apply(change) }
            facts += changes
        }
        guard facts.count <= InfusionLimits.siteChangesPerCommand else {
            throw .invalidValue(
                field: "plan", problem: "makes \(facts.count) changes at once",
                accepted: "at most \(InfusionLimits.siteChangesPerCommand); apply a part first")
        }
        try after.requireEachInOnePlace(changedBy: facts)
        return facts.map { SiteEvent(effectiveAt: now, fact: $0) }
    }

    private func steps(
        of command: SiteCommand, given state: SiteState
    ) throws(SiteRefusal) -> [SiteCommand] {
        switch command {
        case .apply(let plan): try plan.commands(given: state)
        case .openSite, .correctTimeZone, .setLimits, .setAutomaticOffers, .defineChair,
            .retireChair, .takeChairOut,
            .returnChair, .withdrawOutage, .setHours, .withdrawHours, .announceClosure,
            .withdrawClosure, .announceOpening, .withdrawOpening, .planShift, .shortenShift,
            .withdrawShift, .countStock, .recordDelivery, .withdrawDelivery:
            [command]
        }
    }
}

extension SiteState {
    /// Looked at when all is said: two people may change places in one command.
    fileprivate func requireEachInOnePlace(changedBy facts: [SiteFact]) throws(SiteRefusal) {
        for fact in facts {
            guard let id = fact.changedShift, let shift = shifts[id]?.standing,
                case .person(let code) = shift.staff
            else { continue }
            let other = shifts.values.compactMap(\.standing).filter {
                $0.id != id && $0.staff == shift.staff && $0.period.overlaps(shift.period)
            }.map(\.id).min()
            if let other { throw .staffOnOtherShift(code, other) }
        }
    }
}

extension SiteFact {
    /// The shift that has another time by this.
    fileprivate var changedShift: SiteEntryID? {
        switch self {
        case .shiftPlanned(let shift): shift.id
        case .shiftShortened(let id, _, _): id
        case .siteOpened, .timeZoneCorrected, .limitsSet, .automaticOffersSet, .chairDefined,
            .chairRetired,
            .chairTakenOut, .chairReturned, .hoursSet, .hoursWithdrawn, .closureAnnounced,
            .closureWithdrawn, .openingAnnounced, .openingWithdrawn, .shiftWithdrawn,
            .stockCounted, .deliveryRecorded, .deliveryWithdrawn:
            nil
        }
    }
}
