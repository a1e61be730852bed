public import Foundation

/// Why a time does not suit a request; the first that holds is told.
public enum WaitlistMisfit: String, Hashable, Sendable, CaseIterable {
    case site
    case tooShort = "too-short"
    case tooEarly = "too-early"
    case tooLate = "too-late"
    case weekday
    case hours, notice
}

extension WaitlistRequest {
    /// What the request has against a visit of this slot, asked about now; `nil` where it suits.
    /// - Parameter zone: Of the slot's site, whose clock and dates are meant wherever the patient is registered.
    public func misfit(
        _ slot: AppointmentSlot, at now: Instant, in zone: TimeZone
    ) -> WaitlistMisfit? {
        if let site, site != slot.site { return .site }
        if slot.end.seconds(since: slot.start) / 60 < Int64(minutes) { return .tooShort }
        let clock = ZoneClock(zone)
        let start = clock.localTime(of: slot.start)
        if let earliest, start.date < earliest { return .tooEarly }
        if let latest, start.date > latest { return .tooLate }
        if !weekdays.contains(start.date.weekday) { return .weekday }
        if let span = hours?.period(on: start.date),
            start < span.from || clock.localTime(of: slot.end) > span.until
        {
            return .hours
        }
        return slot.start < now.adding(hours: Int64(noticeHours)) ? .notice : nil
    }

    /// Slots of the request's length within free time that suit it, the earliest first. They begin on the
    /// first whole minute that is free, where the request's hours do, and for a day with every quarter hour,
    /// since nurses are counted by those.
    public func slots(
        in free: TimeSpan, of chair: ChairID, at place: SiteID, asked now: Instant,
        in zone: TimeZone
    ) -> some Sequence<AppointmentSlot> {
        let clock = ZoneClock(zone)
        var starts = [max(free.from, now.adding(hours: Int64(noticeHours)))]
        let day = min(free.until, starts[0].adding(hours: 24))
        starts += QuarterHour.touched(from: starts[0], until: day).map(\.start)
            .filter { $0 > starts[0] }
        if let hours {
            let first = clock.localTime(of: starts[0]).date
            let last = clock.localTime(of: free.until).date
            let days = max(0, last.days(since: first))
            starts += (0...days).map {
                clock.instant(of: hours.period(on: first.adding(days: $0)).from)
            }
            .filter { $0 > starts[0] }
        }
        return starts.sorted().lazy.map(\.wholeMinute).map { start in
            AppointmentSlot(
                site: place, chair: chair, start: start, end: start.adding(minutes: Int64(minutes)))
        }
        .filter { $0.end <= free.until && misfit($0, at: now, in: zone) == nil }
    }
}

extension Instant {
    /// This instant, or the next at which a minute begins.
    fileprivate var wholeMinute: Instant {
        let minute: Int64 = 60_000_000
        let past = microsecondsSinceUnixEpoch % minute
        return past <= 0
            ? Instant(microsecondsSinceUnixEpoch: microsecondsSinceUnixEpoch - past)
            : Instant(microsecondsSinceUnixEpoch: microsecondsSinceUnixEpoch - past + minute)
    }
}

extension Finding {
    /// Shut on the slot's date, as far as it can be told before: blocked, or waiting for results. What the
    /// patient is asked, and what is measured when they come, is open until then.
    fileprivate var isShutByThen: Bool {
        guard refusesDose else { return false }
        switch gate {
        case .infection, .firstTrimester, .weightAndAge, .atopy, .magneticResonance, .liver,
            .vitals, .staff, .consent:
            return verdict == .blocked
        case .order, .diagnosis, .overload, .anaphylaxisSameProduct, .anaphylaxisAnyIron,
            .phosphate, .cumulativeDose, .interval, .notIronDeficiency, .sequestration,
            .minorReaction, .phosphateSymptoms, .heartFailureHemoglobin, .chemotherapySpacing,
            .cardiotoxicChemotherapy, .aceInhibitor, .oralIron, .erythropoiesisStimulation,
            .metastaticBreastCancer, .transfusion, .transfusionSameDay, .heartFailureInformation,
            .immunocompromised, .laterPregnancy:
            return true
        }
    }
}

/// A time that a visit had and has no more. One visit may have had several, one after the other.
public struct FreedSlot: Hashable, Sendable {
    public let visit: AppointmentID
    public let slot: AppointmentSlot

    public init(visit: AppointmentID, slot: AppointmentSlot) {
        self.visit = visit
        self.slot = slot
    }
}

extension PatientState {
    /// Whether the entry was offered any of that very time before, by where its offers' visits are.
    fileprivate func wasOffered(_ freed: FreedSlot, to entry: WaitlistRecord) -> Bool {
        entry.offers.contains { offer in
            offer.value.freed == freed.visit
                && appointment(offer.value.appointment)?.slot.sharesChair(with: freed.slot) ?? true
        }
    }
}

/// Whether a waiting visit can be in a slot, by the patient's own facts: as a booking would be judged, and
/// besides that no gate shut on the slot's date that could not be opened by then. A result that is too old by
/// then is one that is missing.
public enum WaitlistCandidacy: Hashable, Sendable {
    case fits(AppointmentSlot)
    /// The time does not suit what was asked for.
    case unsuitable(WaitlistMisfit)
    /// The patient was offered this very time before.
    case offeredBefore
    /// Another offer waits for its answer until then.
    case offered(until: Instant)
    case refused(Refusal)
    /// These gates would not let the dose be given.
    case gatesShut([Gate])
    /// The site's nurses do not bear one visit more at that time.
    case full(NurseLimit)

    /// Whether the time suits, in a word: stable, for wire formats.
    public var name: String {
        switch self {
        case .fits: "fits"
        case .unsuitable: "unsuitable"
        case .offeredBefore: "offeredBefore"
        case .offered: "offered"
        case .refused: "refused"
        case .gatesShut: "gatesShut"
        case .full: "full"
        }
    }

    /// - Parameters:
    ///   - visit: The id that the visit would have.
    ///   - freed: Whose time it was.
    ///   - full: What the nurses lack at the slot's time; see ``WaitlistRoom``.
    public init(
        of entry: WaitlistRecord, as visit: AppointmentID, in slot: AppointmentSlot,
        freed: FreedSlot?, full: NurseLimit? = nil, given state: PatientState,
        in context: DecisionContext
    ) {
        let decision = Decision(state: state, context: context)
        if let offer = state.openOffer(of: entry), decision.now < offer.until {
            self = .offered(until: offer.until)
            return
        }
        if let freed, state.wasOffered(freed, to: entry) {
            self = .offeredBefore
            return
        }
        do throws(Refusal) {
            try decision.requireAlive()
            let findings = try decision.bookable(
                entry.order, slot: slot, besides: visit, isNew: true, override: nil)
            _ = try decision.stockReserved(
                for: visit, order: entry.order, slot: slot, overridden: [])
            let shut = findings.filter(\.isShutByThen).map(\.gate)
            self =
                shut.isEmpty ? full.map { .full($0) } ?? .fits(slot) : .gatesShut(shut)
        } catch {
            self = .refused(error)
        }
    }
}
