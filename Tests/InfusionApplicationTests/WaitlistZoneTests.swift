import EventStore
import Foundation
import Infusion
import InfusionApplication
import InfusionProjections
import TestClinic
import Testing

/// A clinic with a site in another zone than the one its patients are registered at; see `Time that was given
/// back` for who waits.
@Suite struct `Times at a site of another zone` {
    let time: `Time that was given back`
    let west: ClinicSite

    init() async throws {
        west = ClinicSite(
            id: SiteID("west"),
            timeZone: try #require(TimeZone(identifier: "America/Los_Angeles")), region: .us)
        time = try await `Time that was given back`(neighbors: [west])
        try await open()
        // Both can come from nine to twelve.
        for order in [time.secondOrder, time.thirdOrder] {
            try await time.clinic.send(
                .changeWaitlist(
                    WaitlistRequest(
                        order: order, site: nil, minutes: 90, earliest: nil, latest: nil,
                        weekdays: Set(Weekday.allCases), hours: ClockSpan("09:00-12:00"),
                        noticeHours: 0)), to: .order(order))
        }
    }

    /// Day and night, with one chair and two nurses.
    private func open() async throws {
        let date = try #require(CalendarDate("2026-03-04"))
        let allDay = ClockSpan(from: .midnight, until: .midnight)
        var plan = SitePlan(site: west.id, timeZone: west.timeZone.identifier)
        plan.automaticOffers = .on(keepMinutes: 30)
        plan.chairs = [SitePlan.Chair(SiteChair(id: ChairID("1"), kind: .recliner))]
        plan.hours = [
            .set(
                WeeklyHours(
                    validFrom: date.adding(days: -2),
                    days: Dictionary(
                        uniqueKeysWithValues: Weekday.allCases.map { ($0, [allDay]) })))
        ]
        plan.shifts = [
            .announced(
                Shift(
                    id: SiteEntryID("day"), roles: [.registeredNurse, .resuscitation],
                    staff: .people(2), period: allDay.period(on: date)))
        ]
        try await time.clinic.decide(.apply(plan), of: west.id)
    }

    /// The visit of the first patient is at that time of 4 March in Los Angeles, and is then given back.
    private func giveBack(_ local: String) async throws -> AppointmentSlot {
        let clock = ZoneClock(west.timeZone)
        let start = clock.instant(of: try #require(LocalTime("2026-03-04T\(local)")))
        let slot = AppointmentSlot(
            site: west.id, chair: ChairID("1"), start: start, end: start.adding(minutes: 90))
        try await time.clinic.send(
            .moveAppointment(time.visit, to: slot), to: .appointment(time.visit))
        try await time.cancel()
        return slot
    }

    private func candidacies() async throws -> [WaitlistCandidacy] {
        try await time.clinic.useCases.waitlistOffers(
            WaitlistOffersQuestion(
                site: west.id, time: .visit(time.visit), after: nil, limit: 50),
            actor: time.clinic.actor()
        ).candidates.map(\.candidacy)
    }

    private func offerByHand(_ slot: AppointmentSlot) async throws {
        try await time.clinic.send(
            .offerVisit(
                OfferVisit(
                    id: AppointmentID(UUID()), order: time.secondOrder, slot: slot, minutes: 30,
                    freed: time.visit)), to: .order(time.secondOrder))
    }

    @Test func `nine o'clock there is within the hours, though it is evening at home`() async throws
    {
        let slot = try await giveBack("09:00")
        #expect(try await candidacies() == [.fits(slot), .fits(slot)])
        #expect(try await AutomaticOffering(time.clinic.useCases).run(time.clinic.tenant) == 1)
        #expect(try await time.list().map(\.status) == [.offered, .waiting])
    }

    @Test func `and a person can offer it`() async throws {
        try await offerByHand(try await giveBack("09:00"))
        #expect(try await time.list().map(\.status) == [.offered, .waiting])
    }

    @Test func `one o'clock at night there is not, though it is ten at home`() async throws {
        let slot = try await giveBack("01:00")
        #expect(try await candidacies() == [.unsuitable(.hours), .unsuitable(.hours)])
        #expect(try await AutomaticOffering(time.clinic.useCases).run(time.clinic.tenant) == 0)
        let error = await #expect(throws: ApplicationError.self) {
            try await offerByHand(slot)
        }
        guard case .refused(.invalidValue("slot", _, _), _, _) = error else {
            Issue.record("expected a refused slot, got \(String(describing: error))")
            return
        }
    }
}
