import EventStore
import Foundation
import InfusionKnowledge
import InfusionProjections
import Postgres
import PostgresEventStore
import ReadModelsConformance
import Testing

@testable import Infusion
@testable import InfusionApplication
@testable import InfusionPostgres

/// Calendars of sites kept in memory, against those read anew, while a clinic goes on.
@Suite struct SiteCalendarsTests {
    @Test(arguments: 91...93 as ClosedRange<UInt64>)
    func `a calendar that was kept is what it would be if it were read anew`(
        seed: UInt64
    ) async throws {
        try await ClinicDatabase.with { database in
            let site = ClinicFacts.sites[0]
            let sites = database.sites { ClinicFacts.start }
            try await database.plan(site, by: sites)
            var clinic = RandomClinic(tenant: database.tenant, seed: seed, patients: 6)
            let kept = database.calendars()
            for round in 0..<12 {
                try await database.live(&clinic, batches: 6)
                if round == 5 { try await database.takeOut("1", of: site, by: sites) }
                if round == 8 {
                    #expect(try await database.rebuilder.rebuild(tenant: database.tenant).isSwapped)
                }
                let one = try await database.dated(kept, site, at: clinic.now)
                let other = try await database.dated(database.calendars(), site, at: clinic.now)
                #expect(one.position == other.position)
                #expect(one.site.version == other.site.version)
                let today = CalendarDate(clinic.now, in: ClinicFacts.zone)
                for days in 0...5 {
                    let date = today.adding(days: days)
                    #expect(
                        one.calendar.capacity(on: date) == other.calendar.capacity(on: date),
                        "\(date) in round \(round)")
                }
            }
        }
    }

    /// What is offered can be booked, and then is offered no more.
    @Test func `what changed since is seen before the next answer`() async throws {
        try await ClinicDatabase.with { database in
            let site = ClinicFacts.sites[0]
            let sites = database.sites { ClinicFacts.start }
            try await database.plan(site, by: sites)
            let kept = database.calendars()
            let date = CalendarDate(ClinicFacts.start, in: ClinicFacts.zone).adding(days: 1)
            func first() async throws -> Opening? {
                let dated = try await database.dated(kept, site, at: ClinicFacts.start)
                return try Openings(
                    OpeningQuestion(
                        visit: .minutes(60), first: date, last: date, needs: ChairNeeds(kind: .bed)),
                    in: dated.calendar, given: nil, at: .us,
                    context: DecisionContext(
                        now: ClinicFacts.start,
                        site: SiteSettings(
                            site: site, timeZone: ClinicFacts.zone, region: .us,
                            policy: .standard),
                        formulary: .standard)
                ).openings.first
            }
            let opening = try #require(try await first())
            let booking = Booking(
                tenant: database.tenant, chair: opening.slot.chair.name,
                start: opening.slot.start, minutes: 60)
            #expect(
                try await database.store.append(
                    [booking.append()], tenant: database.tenant)[0].isAppended)
            let next = try #require(try await first())
            #expect(next.slot.start >= opening.slot.end)
            _ = try await database.store.append([booking.cancel()], tenant: database.tenant)
            #expect(try await first() == opening)
        }
    }
}

extension ClinicDatabase {
    fileprivate func sites(_ now: @escaping @Sendable () -> Instant) -> SiteService {
        SiteService(
            log: PostgresEventStore(pool: pool), readModels: models,
            knowledge: FixedKnowledge(formulary: .standard, pathways: .standard), now: now)
    }

    fileprivate func calendars() -> SiteCalendars {
        SiteCalendars(log: store, readModels: PostgresReadModels(pool: pool))
    }

    fileprivate func dated(
        _ calendars: SiteCalendars, _ site: SiteID, at now: Instant
    ) async throws -> SiteCalendars.Dated {
        let today = CalendarDate(now, in: ClinicFacts.zone)
        return try await calendars.calendar(of: site, tenant: tenant, now: now) { _ in
            today...today.adding(days: 5)
        }
    }

    /// Open day and night, with the random clinic's chairs, one of them a bed, and two nurses.
    fileprivate func plan(_ site: SiteID, by sites: SiteService) async throws {
        var plan = SitePlan(site: site, timeZone: ClinicFacts.zone.identifier)
        plan.chairs = [
            SitePlan.Chair(SiteChair(id: ChairID("1"), kind: .recliner)),
            SitePlan.Chair(SiteChair(id: ChairID("2"), kind: .bed)),
        ]
        let first = CalendarDate(ClinicFacts.start, in: ClinicFacts.zone)
        let allDay = ClockSpan(from: .midnight, until: .midnight)
        plan.hours = [
            .set(
                WeeklyHours(
                    validFrom: first.adding(days: -7),
                    days: Dictionary(
                        uniqueKeysWithValues: Weekday.allCases.map { ($0, [allDay]) })))
        ]
        plan.shifts = (0..<60).map { days in
            .announced(
                Shift(
                    id: SiteEntryID("day-\(days)"), roles: [.registeredNurse, .resuscitation],
                    staff: .people(2), period: allDay.period(on: first.adding(days: days))))
        }
        _ = try await sites.handle(request(.apply(plan), to: site))
    }

    fileprivate func takeOut(
        _ chair: String, of site: SiteID, by sites: SiteService
    ) async throws {
        let date = CalendarDate(ClinicFacts.start, in: ClinicFacts.zone)
        _ = try await sites.handle(
            request(
                .takeChairOut(
                    ChairOutage(
                        id: SiteEntryID("pump"), chair: ChairID(chair),
                        from: LocalTime(date, .midnight), until: nil, reason: .equipmentFault)),
                to: site))
    }

    private func request(_ command: SiteCommand, to site: SiteID) -> SiteRequest {
        let id = UUID()
        return SiteRequest(
            actor: Actor(
                subject: "manager-1", tenant: tenant, role: .administrator, scopes: [.siteWrite]),
            commandID: CommandID(id), fingerprint: [1], correlationID: id, expectedVersion: nil,
            site: site, command: command)
    }
}
