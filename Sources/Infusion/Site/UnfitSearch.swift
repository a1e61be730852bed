import Foundation

/// Which visits a change of their site takes something from that they had: told is what is new, so that the same
/// visit is not named again for what was known before.
public struct UnfitSearch {
    private var before: JudgedDays
    private var after: JudgedDays
    private let clock: ZoneClock

    /// `nil` unless the site was opened, in a zone that this program knows.
    public init?(before: SiteState, after: SiteState) {
        guard let zone = after.timeZone.flatMap(TimeZone.init(identifier:)) else { return nil }
        self.before = JudgedDays(state: before)
        self.after = JudgedDays(state: after)
        clock = ZoneClock(zone)
    }

    /// By start and chair.
    /// - Parameters:
    ///   - visits: Of the site, all that take a chair within the time that is looked at.
    ///   - stocked: Of the products that were told of, those for which vials are kept since
    ///     ``SiteState/stockIsKept(of:)``.
    ///   - moment: What has ended by then is over.
    public mutating func unfit(
        among visits: [SeatedVisit], stocked: [ProductKey: [StockedVisit]], at moment: Instant
    ) -> [UnfitVisit] {
        let load = NurseLoad(of: visits.lazy.map(\.slot))
        let short = shortOfVials(stocked)
        var unfit: [UnfitVisit] = []
        for visit in visits where !visit.isBegun && visit.slot.end > moment {
            guard
                let reason = newlyRefused(visit.slot) ?? newlyCrowded(visit.slot, load)
                    ?? (short.contains(visit.appointment) ? .stockShort : nil)
            else { continue }
            unfit.append(
                UnfitVisit(
                    appointment: visit.appointment, slot: visit.slot,
                    start: clock.localTime(of: visit.slot.start), reason: reason))
        }
        return unfit.sorted {
            ($0.slot.start, $0.slot.chair.name) < ($1.slot.start, $1.slot.chair.name)
        }
    }

    /// What the plan of its date has against the visit now, and had not before.
    private mutating func newlyRefused(_ slot: AppointmentSlot) -> UnfitReason? {
        guard let reason = after.refusal(of: slot), reason != before.refusal(of: slot) else {
            return nil
        }
        return reason
    }

    /// A quarter hour of the visit bears less than before, and less than are there. Which of them is moved is for
    /// people: each of them is named.
    private mutating func newlyCrowded(
        _ slot: AppointmentSlot, _ load: NurseLoad
    ) -> UnfitReason? {
        let crowded = after.takings(of: slot).filter { load.count(of: $0) > $0.allowed }
        guard !crowded.isEmpty else { return nil }
        let bearable = Dictionary(
            before.takings(of: slot).map { (Place($0), $0.allowed) },
            uniquingKeysWith: { first, _ in first })
        return crowded.first { taking in
            bearable[Place(taking)].map { taking.allowed < $0 } ?? true
        }.map { UnfitReason($0.limit) }
    }

    private struct Place: Hashable {
        let limit: NurseLimit
        let quarter: QuarterHour

        init(_ taking: NurseTaking) {
            limit = taking.limit
            quarter = taking.quarter
        }
    }

    /// Those that find fewer vials than they did.
    private func shortOfVials(_ stocked: [ProductKey: [StockedVisit]]) -> Set<AppointmentID> {
        var short: Set<AppointmentID> = []
        for (product, visits) in stocked {
            let found = before.state.missingVials(of: product, visits: visits, by: clock)
            for (visit, missing) in after.state.missingVials(of: product, visits: visits, by: clock)
            where missing > found[visit] ?? 0 {
                short.insert(visit)
            }
        }
        return short
    }
}

/// The dates of a site as visits are judged by them, each worked out once.
private struct JudgedDays {
    let state: SiteState
    private let zone: TimeZone?
    private var days: [CalendarDate: VisitSite?] = [:]

    init(state: SiteState) {
        self.state = state
        zone = state.timeZone.flatMap(TimeZone.init(identifier:))
    }

    /// `nil` for a site about which nothing was decided yet.
    private mutating func site(of slot: AppointmentSlot) -> VisitSite? {
        guard let zone else { return nil }
        let date = CalendarDate(slot.start, in: zone)
        if let known = days[date] { return known }
        let site = VisitSite(at: slot.start, given: state)
        days[date] = .some(site)
        return site
    }

    mutating func refusal(of slot: AppointmentSlot) -> UnfitReason? {
        guard let site = site(of: slot) else { return nil }
        do throws(Refusal) {
            try site.require(slot, overridden: [])
            return nil
        } catch {
            return UnfitReason(rawValue: error.code)
        }
    }

    mutating func takings(of slot: AppointmentSlot) -> [NurseTaking] {
        site(of: slot)?.takings(of: slot, holding: nil, overridden: []) ?? []
    }
}

extension SiteState {
    /// Of each visit, vials that it does not find, all sizes together; none where the site keeps no account.
    fileprivate func missingVials(
        of product: ProductKey, visits: [StockedVisit], by clock: ZoneClock
    ) -> [AppointmentID: Int] {
        var missing: [AppointmentID: Int] = [:]
        for size in stockSizes(of: product) {
            let ledger = ledger(
                of: StockItem(product: product, vial: size), visits: visits, by: clock)
            for (demand, short) in zip(
                ledger.demands, ledger.allocation(to: ledger.demands).missing)
            {
                if let visit = demand.visit { missing[visit, default: 0] += short }
            }
        }
        return missing
    }
}
