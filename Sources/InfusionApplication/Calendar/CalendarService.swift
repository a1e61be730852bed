public import EventStore
import Foundation
public import Infusion
public import InfusionProjections

/// The calendar over any log and any read models. What was agreed comes from the appointments' rows, what
/// happened from the headings of the events that made them; no patient's history is read, and no key.
public struct CalendarService: CalendarUseCases {
    private let log: any EventLog
    private let readModels: any ReadModels
    private let sites: any SiteDirectory
    private let now: @Sendable () -> Instant

    public init(
        log: any EventLog, readModels: any ReadModels, sites: any SiteDirectory,
        now: @escaping @Sendable () -> Instant
    ) {
        self.log = log
        self.readModels = readModels
        self.sites = sites
        self.now = now
    }

    public func calendar(
        _ question: CalendarQuestion, actor: Actor
    ) async throws(ApplicationError) -> CalendarAnswer {
        try actor.require(.appointmentRead)
        let tenant = actor.tenant
        let position = try await log.position(of: question.knownAt, tenant: tenant, now: now())
        let site = try await log.site(
            question.site, tenant: tenant, upTo: position)
        let zone = try await sites.timeZone(
            of: question.site, as: site.state, tenant: tenant)
        let moment = try await log.moment(
            of: question.knownAt, at: position, tenant: tenant, now: now())
        let days = days(question.dates, today: CalendarDate(moment, in: zone), zone, site.state)
        let entries = try await entries(
            question, over: days, at: position, moment: moment, tenant: tenant)
        if let chair = question.chair, entries.isEmpty {
            try await require(chair, of: site, question.site, at: position, tenant: tenant)
        }
        return CalendarAnswer(
            site: question.site, timeZone: zone, days: days, entries: entries,
            version: site.version, position: position)
    }

    /// A chair that nobody knows has no calendar: an empty one would say that it is free. Known are those
    /// that the site has, or had, and those that its bookings name.
    private func require(
        _ chair: ChairID, of loaded: LoadedSite, _ site: SiteID, at position: Position,
        tenant: TenantID
    ) async throws(ApplicationError) {
        guard loaded.state.chairs[chair] == nil else { return }
        let named: [ChairID]
        do {
            named = try await readModels.namedChairs(
                at: site, knownAt: position, tenant: tenant)
        } catch {
            throw .store(error)
        }
        guard !named.contains(chair) else { return }
        let accepted = Set(named).union(loaded.state.chairs.keys).map(\.name).sorted()
        throw .refused(
            .chairNotFound(chair, accepted: accepted), version: loaded.version,
            position: position)
    }

    private func days(
        _ dates: CalendarQuestion.Dates, today: CalendarDate, _ zone: TimeZone, _ state: SiteState
    ) -> [CalendarAnswer.Day] {
        let range =
            switch dates {
            case .today: CalendarDateRange(today)
            case .range(let range): range
            case .around(let back, let ahead):
                CalendarDateRange(around: today, back: back, ahead: ahead)
            }
        let clock = ZoneClock(zone)
        return range.dates.map { date in
            CalendarAnswer.Day(
                date: date,
                span: TimeSpan(
                    from: clock.start(of: date), until: clock.start(of: date.adding(days: 1))),
                site: SiteDay(of: date, given: state))
        }
    }

    private func entries(
        _ question: CalendarQuestion, over days: [CalendarAnswer.Day], at position: Position,
        moment: Instant, tenant: TenantID
    ) async throws(ApplicationError) -> [CalendarEntry] {
        let spans = days.compactMap(\.span)
        guard let first = spans.first?.from, let last = spans.last?.until else { return [] }
        let found: [AppointmentHistory]
        do {
            found = try await readModels.appointmentHistories(
                site: question.site, from: first, to: last, at: position, tenant: tenant)
        } catch {
            throw .store(error)
        }
        let wanted = found.filter { history in
            question.chair.map { $0 == history.current.slot.chair } ?? true
        }
        return try await CalendarEntryMaking(log: log, tenant: tenant, moment: moment)
            .entries(of: wanted)
    }
}
