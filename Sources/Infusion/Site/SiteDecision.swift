/// One command of a site, judged on one state.
struct SiteDecision {
    let state: SiteState
    let now: Instant
    let formulary: Formulary

    func facts(of command: SiteCommand) throws(SiteRefusal) -> [SiteFact] {
        guard state.site != nil || command.isOpening else { throw .siteNotOpened }
        switch command {
        case .openSite(let site, let zone): return try open(site, zone)
        case .correctTimeZone(let zone):
            try SiteValues.requireZone(zone)
            return zone == state.timeZone ? [] : [.timeZoneCorrected(zone)]
        case .setLimits(let limits): return try set(limits)
        case .setAutomaticOffers(let offers): return try set(offers)
        case .defineChair(let chair): return try define(chair)
        case .retireChair(let chair, let date): return try retire(chair, from: date)
        case .takeChairOut(let outage): return try take(outage)
        case .returnChair(let chair, let at): return try giveBack(chair, at: at)
        case .withdrawOutage(let id):
            return try standing(id, .outage, in: state.outages).map {
                [.chairReturned(outage: id, at: $0.from)]
            } ?? []
        case .setHours(let weekly): return try set(weekly)
        case .withdrawHours(let date):
            guard state.hours[date] != nil else { throw .hoursNotFound(validFrom: date) }
            return [.hoursWithdrawn(validFrom: date)]
        case .announceClosure(let closure): return try announce(closure)
        case .withdrawClosure(let id):
            return try standing(id, .closure, in: state.closures) == nil
                ? [] : [.closureWithdrawn(id)]
        case .announceOpening(let opening): return try announce(opening)
        case .withdrawOpening(let id):
            return try standing(id, .opening, in: state.openings) == nil
                ? [] : [.openingWithdrawn(id)]
        case .planShift(let shift): return try plan(shift)
        case .shortenShift(let id, let period, let reason):
            return try shorten(id, to: period, reason)
        case .withdrawShift(let id, let reason):
            return try standing(id, .shift, in: state.shifts) == nil
                ? [] : [.shiftWithdrawn(id, reason: reason)]
        case .countStock(let count): return try self.count(count)
        case .recordDelivery(let delivery): return try record(delivery)
        case .withdrawDelivery(let id):
            guard try standing(id, .delivery, in: state.deliveries) != nil else { return [] }
            try requireUncounted(id)
            return [.deliveryWithdrawn(id)]
        case .apply: preconditionFailure("a plan is told step by step")
        }
    }

    // MARK: The site

    private func open(_ site: SiteID, _ zone: String) throws(SiteRefusal) -> [SiteFact] {
        if let known = state.timeZone {
            guard known == zone else { throw .siteAlreadyOpened(timeZone: known) }
            return []
        }
        try SiteValues.requireSiteName(site)
        try SiteValues.requireZone(zone)
        return [.siteOpened(site, timeZone: zone)]
    }

    private func set(_ limits: CapacityLimits) throws(SiteRefusal) -> [SiteFact] {
        for limit in CapacityLimit.allCases where !limit.accepted.contains(limits[limit]) {
            throw .invalidValue(
                field: "limits.\(limit.rawValue)", problem: "is \(limits[limit])",
                accepted: "\(limit.accepted.lowerBound) to \(limit.accepted.upperBound)")
        }
        return limits == state.limits ? [] : [.limitsSet(limits)]
    }

    private func set(_ offers: AutomaticOffers) throws(SiteRefusal) -> [SiteFact] {
        if case .on(let minutes) = offers, !InfusionLimits.holdMinutes.contains(minutes) {
            throw .invalidValue(
                field: "automaticOffers.keepMinutes", problem: "is \(minutes)",
                accepted: SiteValues.text(InfusionLimits.holdMinutes))
        }
        return offers == state.automaticOffers ? [] : [.automaticOffersSet(offers)]
    }

    // MARK: Chairs

    private func define(_ chair: SiteChair) throws(SiteRefusal) -> [SiteFact] {
        let known = state.chairs[chair.id]
        if known?.chair == chair, known?.retiredFrom == nil { return [] }
        try SiteValues.requireVisible(
            chair.id.name, "chair", atMost: InfusionLimits.placeNameCharacters)
        guard known != nil || state.chairs.count < InfusionLimits.chairsPerSite else {
            throw .invalidValue(
                field: "chair", problem: "is one too many",
                accepted: "\(InfusionLimits.chairsPerSite) chairs, retired ones included")
        }
        return [.chairDefined(chair)]
    }

    private func retire(
        _ chair: ChairID, from date: CalendarDate
    ) throws(SiteRefusal) -> [SiteFact] {
        let known = try self.chair(chair)
        try SiteValues.requireNear(date, "from", at: now)
        return known.retiredFrom == date ? [] : [.chairRetired(chair, from: date)]
    }

    private func take(_ outage: ChairOutage) throws(SiteRefusal) -> [SiteFact] {
        let chair = try self.chair(outage.chair)
        if let retired = chair.retiredFrom, outage.from.date >= retired {
            throw .chairRetired(outage.chair, from: retired)
        }
        guard try isNews(outage, outage.id, .outage, in: state.outages) else { return [] }
        try SiteValues.requireNear(outage.from.date, "from", at: now)
        if let until = outage.until {
            try SiteValues.requireNear(until.date, "until", at: now)
            _ = try SiteValues.period(from: outage.from, until: until)
        }
        return [.chairTakenOut(outage)]
    }

    private func giveBack(
        _ chair: ChairID, at time: LocalTime
    ) throws(SiteRefusal) -> [SiteFact] {
        _ = try self.chair(chair)
        try SiteValues.requireNear(time.date, "at", at: now)
        let running = state.outages.values.compactMap(\.standing).filter { outage in
            outage.chair == chair && outage.from <= time && outage.until.map { time < $0 } ?? true
        }
        return running.map(\.id).sorted().map { .chairReturned(outage: $0, at: time) }
    }

    private func chair(_ id: ChairID) throws(SiteRefusal) -> SiteState.ChairRecord {
        guard let chair = state.chairs[id] else {
            throw .chairNotFound(id, accepted: state.chairs.keys.map(\.name).sorted())
        }
        return chair
    }

    // MARK: When it is open

    private func set(_ weekly: WeeklyHours) throws(SiteRefusal) -> [SiteFact] {
        if state.hours[weekly.validFrom] == weekly { return [] }
        try SiteValues.requireNear(weekly.validFrom, "validFrom", at: now)
        for weekday in Weekday.allCases
        where weekly.spans(on: weekday).count > InfusionLimits.spansPerWeekday {
            throw .invalidValue(
                field: weekday.rawValue,
                problem: "has \(weekly.spans(on: weekday).count) spans",
                accepted: "at most \(InfusionLimits.spansPerWeekday)")
        }
        if let weekday = weekly.overlap {
            throw .invalidValue(
                field: weekday.rawValue, problem: "runs into the span that follows",
                accepted: "spans that end before the next one begins, or as it does")
        }
        return [.hoursSet(weekly)]
    }

    private func announce(_ closure: SiteClosure) throws(SiteRefusal) -> [SiteFact] {
        guard try isNews(closure, closure.id, .closure, in: state.closures) else { return [] }
        try SiteValues.requirePeriod(closure.period, days: InfusionLimits.closureDays, at: now)
        return [.closureAnnounced(closure)]
    }

    private func announce(_ opening: SiteOpening) throws(SiteRefusal) -> [SiteFact] {
        guard try isNews(opening, opening.id, .opening, in: state.openings) else { return [] }
        try SiteValues.requirePeriod(opening.period, days: InfusionLimits.openingDays, at: now)
        return [.openingAnnounced(opening)]
    }

    // MARK: Who is there

    private func plan(_ shift: Shift) throws(SiteRefusal) -> [SiteFact] {
        guard try isNews(shift, shift.id, .shift, in: state.shifts) else { return [] }
        guard !shift.roles.isEmpty else {
            throw .invalidValue(
                field: "roles", problem: "is empty",
                accepted: StaffRole.allCases.map(\.rawValue).joined(separator: ", "))
        }
        switch shift.staff {
        case .people(let count):
            guard InfusionLimits.peoplePerShift.contains(count) else {
                throw .invalidValue(
                    field: "people", problem: "is \(count)",
                    accepted: SiteValues.text(InfusionLimits.peoplePerShift))
            }
        case .person(let code):
            try SiteValues.requireVisible(
                code.text, "staff", atMost: InfusionLimits.staffCodeCharacters)
        }
        try requireLength(shift.period)
        try SiteValues.requireNear(shift.period.until.date, "until", at: now)
        return [.shiftPlanned(shift)]
    }

    private func shorten(
        _ id: SiteEntryID, to period: LocalPeriod, _ reason: ShiftChangeReason
    ) throws(SiteRefusal) -> [SiteFact] {
        guard let shift = try standing(id, .shift, in: state.shifts) else {
            throw .entryWithdrawn(.shift, id)
        }
        if shift.period == period { return [] }
        guard let planned = state.shifts[id]?.planned.period, planned.contains(period) else {
            throw .invalidValue(
                field: "period", problem: "is not within the shift as planned",
                accepted: state.shifts[id]?.planned.period.description ?? "")
        }
        try requireLength(period)
        return [.shiftShortened(id, to: period, reason: reason)]
    }

    private func requireLength(_ period: LocalPeriod) throws(SiteRefusal) {
        guard InfusionLimits.shiftMinutes.contains(period.wallMinutes) else {
            throw .invalidValue(
                field: "period", problem: "is \(period.wallMinutes) minutes long",
                accepted: "\(SiteValues.text(InfusionLimits.shiftMinutes)) minutes")
        }
    }

    // MARK: Entries

    /// What is left of an entry; `nil` if it was withdrawn.
    func standing<Content>(
        _ id: SiteEntryID, _ kind: SiteEntryKind,
        in entries: [SiteEntryID: SiteState.Entry<Content>]
    ) throws(SiteRefusal) -> Content? {
        guard let entry = entries[id] else { throw .entryNotFound(kind, id) }
        return entry.standing
    }

    /// Whether to announce it: it is new, or another thing than was announced under its name.
    func isNews<Content: Equatable>(
        _ content: Content, _ id: SiteEntryID, _ kind: SiteEntryKind,
        in entries: [SiteEntryID: SiteState.Entry<Content>]
    ) throws(SiteRefusal) -> Bool {
        guard let entry = entries[id] else {
            try SiteValues.requireVisible(
                id.name, "id", atMost: InfusionLimits.entryNameCharacters)
            return true
        }
        guard entry.standing != nil else { throw .entryWithdrawn(kind, id) }
        return entry.planned != content
    }
}

extension SiteCommand {
    /// The one command that a site takes before it is there.
    fileprivate var isOpening: Bool {
        if case .openSite = self { true } else { false }
    }
}
