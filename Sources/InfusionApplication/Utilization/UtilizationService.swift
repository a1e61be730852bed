public import EventStore
import Foundation
public import Infusion
import InfusionJournal
public import InfusionProjections

/// Counts what became of a site's visits, from the calendar's projection, the times of the events behind it and
/// the site's own stream. Nobody's identity is read, so no key is needed.
public struct UtilizationService: Sendable {
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

    public func utilization(
        _ question: UtilizationQuestion, actor: Actor
    ) async throws(ApplicationError) -> UtilizationAnswer {
        try actor.require(.siteRead)
        let (tenant, dates) = (actor.tenant, question.period.dates)
        let position = try await log.position(of: question.knownAt, tenant: tenant, now: now())
        let site = try await log.site(
            question.site, tenant: tenant, upTo: position
        ).state
        let zone = try await sites.timeZone(of: question.site, as: site, tenant: tenant)
        let moment = try await log.moment(
            of: question.knownAt, at: position, tenant: tenant, now: now())
        let clock = ZoneClock(zone)
        let visits = try await visits(
            at: question.site,
            // A visit of the date before may last into the first.
            from: clock.start(of: question.period.first.adding(days: -1)),
            to: clock.start(of: question.period.last.adding(days: 1)), knownAt: position,
            asOf: moment, tenant: tenant)
        let utilization = SiteUtilization(
            of: visits, on: dates,
            open: site.site == nil
                ? nil : { OpenChairs(on: $0, given: site, by: clock) }, by: clock,
            terms: question.terms)
        return UtilizationAnswer(
            question: question, timeZone: zone, utilization: utilization, position: position)
    }

    /// Every visit that starts in the half-open interval, as it was known.
    private func visits(
        at site: SiteID, from: Instant, to: Instant, knownAt position: Position,
        asOf moment: Instant, tenant: TenantID
    ) async throws(ApplicationError) -> [VisitTimes] {
        let histories: [AppointmentHistory]
        do {
            histories = try await readModels.appointmentHistories(
                site: site, from: from, to: to, at: position, tenant: tenant
            ).filter { $0.current.slot.start >= from }
        } catch {
            throw .store(error)
        }
        let headings = try await log.allHeadings(
            at: histories.flatMap(\.revisions), tenant: tenant)
        var visits: [VisitTimes] = []
        for history in histories {
            let told = history.revisions.compactMap { headings[$0] }
            visits.append(
                VisitTimes(
                    of: history.current, told: told,
                    agreedStart: try await agreedStart(history, told, tenant: tenant),
                    isLapsed: history.current.isLapsed(at: moment)))
        }
        return visits
    }

    /// Of a visit that was moved after the patient had arrived, the start it had then; `nil` for any other.
    private func agreedStart(
        _ history: AppointmentHistory, _ told: [EventHeading], tenant: TenantID
    ) async throws(ApplicationError) -> Instant? {
        guard let arrival = told.first(where: { $0.type == EventType.patientArrived.name }),
            told.contains(where: {
                $0.type == EventType.appointmentMoved.name && $0.position > arrival.position
            })
        else { return nil }
        let slot = history.current.slot
        do {
            // Who is here is moved within the date; one moved from another site counts by its new start.
            return try await readModels.appointments(
                site: slot.site, from: slot.start.adding(hours: -24),
                to: slot.start.adding(hours: 24), at: arrival.position, tenant: tenant
            ).first { $0.appointment == history.current.appointment }?.slot.start
        } catch {
            throw .store(error)
        }
    }
}
