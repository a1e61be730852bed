import EventStore
import Foundation
public import Infusion
import InfusionJournal
import InfusionProjections

/// Visits that stay booked and, by a command for their site or about their patient, no longer fit.
public struct UnfitVisits: Hashable, Sendable {
    /// All that there are.
    public let total: Int
    /// The first of them by start, ``ApplicationLimits/unfitVisitsNamed`` at most.
    public let named: [UnfitVisit]

    public static let none = UnfitVisits(total: 0, named: [])

    public init(total: Int, named: [UnfitVisit]) {
        self.total = total
        self.named = named
    }
}

/// Looks for them as of the command's own position and moment: a retry finds the same.
struct UnfitVisitSearch: Sendable {
    let log: any EventLog<NoChanges>
    let readModels: any ReadModels
    let site: SiteID
    let tenant: TenantID

    func visits(
        after command: ClosedRange<Position>, recordedAt: Timestamp
    ) async throws(ApplicationError) -> UnfitVisits {
        let moment = Instant(
            microsecondsSinceUnixEpoch: recordedAt.microsecondsSinceUnixEpoch)
        let before = try await log.site(
            site, tenant: tenant, upTo: command.lowerBound.advanced(by: -1))
        let after = try await log.site(
            site, tenant: tenant, onto: before, upTo: command.upperBound)
        let facts = try await self.facts(between: before, and: command.upperBound)
        guard var search = UnfitSearch(before: before.state, after: after.state),
            let zone = after.state.timeZone.flatMap(TimeZone.init(identifier:))
        else { return .none }
        let stocked = try await stockedVisits(
            of: before.state.stockTouched(by: facts), given: before.state, after.state,
            at: command.upperBound, asOf: moment)
        let reach = before.state.reach(of: facts)
        guard reach != nil || !stocked.isEmpty else { return .none }
        // Vials may be missed by a visit at any time.
        let span = Self.span(of: stocked.isEmpty ? reach : nil, from: moment, by: ZoneClock(zone))
        guard let span else { return .none }
        var seated = try await seatedVisits(in: span, at: command.upperBound, asOf: moment)
        if reach == nil {
            let kept = Set(stocked.values.joined().map(\.appointment))
            seated = seated.filter { kept.contains($0.appointment) }
        }
        let unfit = search.unfit(among: seated, stocked: stocked, at: moment)
        return UnfitVisits(
            total: unfit.count, named: Array(unfit.prefix(ApplicationLimits.unfitVisitsNamed)))
    }

    private var standing: StandingVisits {
        StandingVisits(readModels: readModels, tenant: tenant)
    }

    private func facts(
        between before: LoadedSite, and last: Position
    ) async throws(ApplicationError) -> [SiteFact] {
        let recorded: [RecordedEvent]
        do {
            recorded = try await log.events(
                of: SiteStream.id(of: site), tenant: tenant, after: before.version, upTo: last)
        } catch {
            throw .store(error)
        }
        var facts: [SiteFact] = []
        for event in recorded {
            do { facts.append(try SiteCodec().decode(event.data).fact) } catch {
                throw .journal(error)
            }
        }
        return facts
    }

    /// A day more at either end: a visit before a closure may no longer leave in time, and who else is there in
    /// its quarter hours counts.
    /// - Parameter reach: `nil` for all that is to come.
    private static func span(
        of reach: SiteReach?, from moment: Instant, by clock: ZoneClock
    ) -> TimeSpan? {
        let from = reach?.from.map { clock.instant(of: $0).adding(hours: -24) }
        let until = reach?.until.map { clock.instant(of: $0, .second).adding(hours: 24) }
        let horizon = moment.adding(hours: 24 * Int64(ApplicationLimits.calendarHorizonDays + 2))
        return TimeSpan(
            from: max(from ?? moment, moment.adding(hours: -24)), until: until ?? horizon)
    }

    private func seatedVisits(
        in span: TimeSpan, at position: Position, asOf moment: Instant
    ) async throws(ApplicationError) -> [SeatedVisit] {
        try await standing.visits(
            at: site, in: span, knownAt: position, asOf: moment
        ).filter(\.row.status.occupiesChair).map { visit in
            SeatedVisit(
                visit.row.appointment, slot: visit.taken,
                isBegun: visit.row.status == .checkedIn)
        }
    }

    private func stockedVisits(
        of products: Set<ProductKey>, given before: SiteState, _ after: SiteState,
        at position: Position, asOf moment: Instant
    ) async throws(ApplicationError) -> [ProductKey: [StockedVisit]] {
        var visits: [ProductKey: [StockedVisit]] = [:]
        for product in products {
            // Of the longer of both accounts.
            let known = before.stockIsKept(of: product) == nil ? after : before
            visits[product] = try await standing.stockedVisits(
                of: product, at: site, given: known, knownAt: position, asOf: moment)
        }
        return visits
    }
}
