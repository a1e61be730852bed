import EventStore
import Foundation
import Infusion
import InfusionApplication
import InfusionJournal
import InfusionProjections
import TestClinic
import Testing

/// A site's statistics, from commands to figures, as known at any time.
@Suite("Utilization") struct UtilizationServiceTests {
    let clinic: MemoryClinic
    let orders: [OrderID]
    let visit = AppointmentID(UUID())
    let hold = AppointmentID(UUID())
    let missed = AppointmentID(UUID())

    /// On 2026-03-02 at 09:00Z a visit is booked and another one held, both for the next day at 11:00Z.
    init() async throws {
        clinic = try await MemoryClinic()
        orders = [OrderID(UUID()), OrderID(UUID())]
        for (index, order) in orders.enumerated() {
            let patient = try await clinic.register("\(index)")
            try await clinic.order(order, for: patient)
        }
        try await clinic.send(
            .bookAppointment(visit, order: orders[0], slot: slot("chair-1", minutes: 26 * 60)),
            to: .order(orders[0]))
        try await clinic.send(
            .holdAppointment(
                hold, order: orders[1], slot: slot("chair-2", minutes: 26 * 60), minutes: 30),
            to: .order(orders[1]))
    }

    private func slot(_ chair: String, minutes: Int64) -> AppointmentSlot {
        let start = Instant(microsecondsSinceUnixEpoch: 1_772_442_000_000_000)
            .adding(minutes: minutes)
        return AppointmentSlot(
            site: clinic.site.id, chair: ChairID(chair), start: start,
            end: start.adding(minutes: 90))
    }

    private func service(_ sites: any SiteDirectory) -> UtilizationService {
        UtilizationService(
            log: clinic.log, readModels: clinic.readModels, sites: sites,
            now: { [clock = clinic.clock] in clock.now })
    }

    private func ask(
        knownAt: AsOf.Knowledge = .now, sites: [ClinicSite]? = nil, actor: Actor? = nil
    ) async throws -> UtilizationAnswer {
        let first = try #require(CalendarDate("2026-03-03"))
        let period = try #require(
            CalendarDateRange(
                from: first, to: first.adding(days: 1),
                atMost: ApplicationLimits.utilizationDays))
        return try await service(FixedSites([clinic.tenant: sites ?? [clinic.site]])).utilization(
            UtilizationQuestion(
                site: clinic.site.id, period: period, terms: UtilizationTerms(),
                knownAt: knownAt), actor: actor ?? clinic.actor())
    }

    /// The hold runs out and its patient books the chair; the other one comes late and is given a later
    /// start; the one with the chair does not come. Returns the position before anybody was to come.
    private func live() async throws -> Position {
        clinic.clock.advance(hours: 25)
        try await clinic.send(.expireHold(hold), to: .appointment(hold))
        try await clinic.send(
            .bookAppointment(missed, order: orders[1], slot: slot("chair-2", minutes: 26 * 60)),
            to: .order(orders[1]))
        let morning = try await clinic.log.head(tenant: clinic.tenant)
        clinic.clock.advance(hours: 2)
        let arrival = slot("chair-1", minutes: 26 * 60 + 10).start
        try await clinic.send(.recordArrival(visit, at: arrival), to: .appointment(visit))
        try await clinic.send(
            .moveAppointment(visit, to: slot("chair-1", minutes: 27 * 60 + 30)),
            to: .appointment(visit))
        try await clinic.send(.recordNoShow(missed), to: .appointment(missed))
        return morning
    }

    @Test func `visits are counted by what became of them, and times by when they happened`()
        async throws
    {
        _ = try await live()
        let answer = try await ask()
        let total = answer.utilization.total
        #expect(answer.timeZone.identifier == "Europe/Rome")
        #expect(total.visits == [.arrived: 1, .noshow: 1])
        #expect(total.holdsPending == 0)
        #expect(total.holdsLapsed == 1)
        #expect(total.noShow == Share(1, of: 2))
        // Ten minutes after the start that was agreed then, before the one that was given later.
        #expect(total.lateArrivals == Share(1, of: 1))
        #expect(total.leadTimes.minutes == [60, 27 * 60 + 30])
        #expect(total.scheduledSeconds == 2 * 90 * 60)
        #expect(total.openSeconds == nil)
        #expect(answer.utilization.days.map(\.figures.allVisits) == [2, 0])
        #expect(answer.position == (try await clinic.log.head(tenant: clinic.tenant)))
    }

    @Test func `the same question as known before has the answer of before`() async throws {
        let asked = try await ask()
        #expect(asked.utilization.total[.booked] == 1)
        #expect(asked.utilization.total.holdsPending == 1)
        let morning = try await live()
        let again = try await ask(knownAt: .position(asked.position))
        #expect(again.utilization == asked.utilization)
        #expect(again.position == asked.position)
        let then = try await ask(knownAt: .position(morning)).utilization.total
        #expect(then.visits == [.booked: 2])
        #expect(then.noShow == Share(0, of: 0))
        #expect(then.leadTimes.minutes == [60, 26 * 60])
    }

    @Test func `a hold that has run out waits for no answer, whether or not that was told`()
        async throws
    {
        let asked = try await ask()
        clinic.clock.advance(hours: 1)
        let total = try await ask().utilization.total
        #expect(total.holdsPending == 0)
        #expect(total.holdsLapsed == 1)
        let then = try await ask(knownAt: .position(asked.position)).utilization.total
        #expect(then.holdsPending == 1)
        #expect(then.holdsLapsed == 0)
    }

    @Test func `a site that was opened has its own hours, as they were known`() async throws {
        let before = try await ask().position
        try await openSite()
        let answer = try await ask(sites: [])
        // Two chairs, eight hours, two dates; the visit lies within them.
        #expect(answer.utilization.total.openSeconds == 115_200)
        #expect(answer.utilization.total.scheduledUtilization == Share(90, of: 1_920))
        #expect(answer.utilization.chairs.map(\.chair.name) == ["chair-1", "chair-2"])
        let then = try await ask(knownAt: .position(before))
        #expect(then.utilization.total.openSeconds == nil)
    }

    @Test func `nobody asks without the scope, and nobody knows other sites`() async throws {
        let forbidden = await #expect(throws: ApplicationError.self) {
            try await ask(actor: clinic.actor(without: [.siteRead]))
        }
        guard case .forbidden(.siteRead) = forbidden else {
            Issue.record("expected forbidden, got \(String(describing: forbidden))")
            return
        }
        let unknown = await #expect(throws: ApplicationError.self) { try await ask(sites: []) }
        guard case .notFound(let what) = unknown, what.contains("`ferrovia site apply`") else {
            Issue.record("expected notFound, got \(String(describing: unknown))")
            return
        }
    }

    /// Puts the site's events into the patients' log, as in service.
    private func openSite() async throws {
        var plan = SitePlan(site: clinic.site.id, timeZone: "Europe/Rome")
        plan.chairs = ["chair-1", "chair-2"].map {
            SitePlan.Chair(SiteChair(id: ChairID($0), kind: .recliner))
        }
        let hours = ClockSpan(
            from: try #require(ClockTime("08:00")), until: try #require(ClockTime("16:00")))
        plan.hours = [
            .set(
                WeeklyHours(
                    validFrom: try #require(CalendarDate("2026-03-01")),
                    days: Dictionary(
                        uniqueKeysWithValues: Weekday.allCases.map { ($0, [hours]) })))
        ]
        try await clinic.decide(.apply(plan))
    }
}
