import Foundation

/// A site on the date of a visit, as a booking is judged by it.
public struct VisitSite: Hashable, Sendable {
    public let day: SiteDay
    /// Chairs that the site has given up, with the first date without them.
    private let retired: [ChairID: CalendarDate]

    /// `nil` unless the site was opened, in a zone that this program knows.
    /// - Parameter start: When the visit begins; its clinic-local date is what counts.
    public init?(at start: Instant, given state: SiteState) {
        guard let zone = state.timeZone.flatMap(TimeZone.init(identifier:)),
            let day = SiteDay(of: CalendarDate(start, in: zone), given: state)
        else { return nil }
        self.day = day
        retired = state.chairs.compactMapValues(\.retiredFrom)
    }

    // MARK: What the plan of the day alone says

    /// Refuses a slot that the site does not offer, whoever else is booked.
    /// - Parameter overridden: Rules that somebody answers for.
    func require(_ slot: AppointmentSlot, overridden: Set<CapacityRule>) throws(Refusal) {
        guard let span = TimeSpan(from: slot.start, until: slot.end) else { return }
        if let closed = Self.gap(in: day.open, of: span) {
            throw .siteClosed(day.site, at: closed)
        }
        try requireChair(slot.chair, for: span)
        if day.plansStaff, let uncovered = firstWithoutCover(span) {
            throw .noResuscitationCover(at: uncovered)
        }
        if overridden.contains(.lastStart) { return }
        let minutes = Int((slot.end.seconds(since: slot.start) + 59) / 60)
        let last = day.lastStart(of: minutes, in: slot.chair, around: slot.start)
        guard let last, slot.start <= last else { throw .afterLastStart(last: last) }
    }

    private func requireChair(_ id: ChairID, for span: TimeSpan) throws(Refusal) {
        guard let chair = day.chairs.first(where: { $0.chair.id == id }) else {
            if let date = retired[id] { throw .chairRetired(id, from: date) }
            throw .chairNotFound(id, accepted: day.chairs.map(\.chair.id.name))
        }
        if let out = Self.gap(in: chair.usable, of: span) { throw .chairOutOfService(id, at: out) }
    }

    /// The first instant of the span at which nobody is free to treat anaphylaxis.
    private func firstWithoutCover(_ span: TimeSpan) -> Instant? {
        Self.gap(
            in: TimeSpans(day.staffing.filter { $0.resuscitation > 0 }.map(\.span)), of: span)
    }

    /// The first instant of the span that lies outside.
    private static func gap(in spans: TimeSpans, of span: TimeSpan) -> Instant? {
        TimeSpans([span]).subtracting(spans).all.first?.from
    }

    // MARK: What has to be counted

    /// What a visit takes of the nurses: a start in the quarter hour in which it begins, and a patient in every
    /// one of which it takes something. Nothing where the site does not tell of any.
    /// - Parameters:
    ///   - held: As the same visit stands already: what it holds it need not find again, but for what it holds
    ///     by an override that it is about to lose.
    ///   - overridden: Rules that somebody answers for.
    public func takings(
        of slot: AppointmentSlot, holding held: AppointmentRecord?,
        overridden: Set<CapacityRule>
    ) -> [NurseTaking] {
        guard day.plansStaff else { return [] }
        let quarters = QuarterHour.touched(from: slot.start, until: slot.end)
        let starts = quarters.prefix(1).map { taking(.starts, in: $0) }
        let patients = quarters.map { taking(.patients, in: $0) }
        return (starts + patients).filter { taking in
            !overridden.contains(taking.limit.rule)
                && !(held?.holds(taking, at: slot.site) ?? false)
        }
    }

    /// Counted on are the nurses who are there all through the quarter hour.
    private func taking(_ limit: NurseLimit, in quarter: QuarterHour) -> NurseTaking {
        let allowed = day.allowed(in: quarter)
        switch limit {
        case .starts:
            return NurseTaking(limit: limit, quarter: quarter, allowed: allowed.starts)
        case .patients:
            return NurseTaking(limit: limit, quarter: quarter, allowed: allowed.patients)
        }
    }
}

extension AppointmentRecord {
    /// Whether it has the place by right.
    fileprivate func holds(_ taking: NurseTaking, at site: SiteID) -> Bool {
        slot.site == site && taking.isShared(by: slot)
            && !(capacityOverride?.rules.contains(taking.limit.rule) ?? false)
    }
}
