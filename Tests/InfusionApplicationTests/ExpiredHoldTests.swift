import EventStore
import Foundation
import Infusion
import InfusionApplication
import InfusionProjections
import TestClinic
import Testing

@Suite struct `A hold that has run out` {
    let clinic: MemoryClinic
    let first: PatientID
    let firstOrder = OrderID(UUID())
    let second: PatientID
    let secondOrder = OrderID(UUID())
    let hold = AppointmentID(UUID())

    init() async throws {
        clinic = try await MemoryClinic()
        first = try await clinic.register("1")
        second = try await clinic.register("2")
        for (patient, order) in [(first, firstOrder), (second, secondOrder)] {
            try await clinic.order(order, for: patient)
        }
        try await clinic.send(
            .holdAppointment(hold, order: firstOrder, slot: slot(), minutes: 30),
            to: .order(firstOrder))
    }

    func slot(chair: String = "1", hours: Int64 = 26) -> AppointmentSlot {
        let start = Instant(microsecondsSinceUnixEpoch: 1_772_442_000_000_000).adding(hours: hours)
        return AppointmentSlot(
            site: clinic.site.id, chair: ChairID(chair), start: start,
            end: start.adding(minutes: 90))
    }

    func statuses() async throws -> [InfusionProjections.AppointmentStatus] {
        try await clinic.readModels.appointments(
            site: clinic.site.id, from: slot().start, to: slot().end,
            at: try await clinic.log.head(tenant: clinic.tenant), tenant: clinic.tenant
        ).filter { $0.status.occupiesChair }.map(\.status)
    }

    func book(_ chair: String = "1") -> PatientCommand {
        .bookAppointment(AppointmentID(UUID()), order: secondOrder, slot: slot(chair: chair))
    }

    @Test func `takes its chair while it lasts`() async throws {
        #expect(try await statuses() == [.pending])
        let error = await #expect(throws: ApplicationError.self) {
            try await clinic.send(book(), to: .order(secondOrder))
        }
        guard case .unavailable("chair-overlap", _) = error else {
            Issue.record("expected chair-overlap, got \(String(describing: error))")
            return
        }
        #expect(try await statuses() == [.pending])
        try await clinic.send(book("2"), to: .order(secondOrder))
    }

    @Test func `gives way to who wants the chair, and that is told`() async throws {
        clinic.clock.advance(hours: 1)
        let request = clinic.request(book(), to: .order(secondOrder))
        let receipt = try await clinic.useCases.handle(request)
        #expect(receipt.events.contains("appointment-booked"))
        #expect(try await statuses() == [.booked])
        let view = try await clinic.useCases.patient(first, asOf: .now, actor: clinic.actor())
        #expect(view.state.appointment(hold)?.status == .expired)
        #expect(try await clinic.useCases.handle(request).replayed)
    }

    @Test func `is not touched by a booking that is refused for another reason`() async throws {
        clinic.clock.advance(hours: 1)
        let wrong = PatientCommand.bookAppointment(
            AppointmentID(UUID()), order: firstOrder, slot: slot())
        await #expect(throws: ApplicationError.self) {
            try await clinic.send(wrong, to: .patient(second))
        }
        #expect(try await statuses() == [.pending])
    }

    @Test func `that was confirmed keeps its chair`() async throws {
        try await clinic.send(.confirmAppointment(hold), to: .appointment(hold))
        clinic.clock.advance(hours: 1)
        let error = await #expect(throws: ApplicationError.self) {
            try await clinic.send(book(), to: .order(secondOrder))
        }
        guard case .unavailable = error else {
            Issue.record("expected unavailable, got \(String(describing: error))")
            return
        }
        #expect(try await statuses() == [.booked])
    }

    /// Two nurses are there, of whom one goes: which visits are told to be one too many.
    private func unfitWithoutSecondNurse() async throws -> [AppointmentID] {
        let receipt = try await clinic.sites.handle(
            SiteRequest(
                actor: clinic.actor(), commandID: CommandID(UUID()), fingerprint: [7],
                correlationID: UUID(), expectedVersion: nil, site: clinic.site.id,
                command: .withdrawShift(SiteEntryID("second"), reason: .sickLeave)))
        return receipt.unfit.named.map(\.appointment)
    }

    private func openSite() async throws {
        var plan = SitePlan(site: clinic.site.id, timeZone: clinic.site.timeZone.identifier)
        plan.chairs = ["1", "2"].map {
            SitePlan.Chair(SiteChair(id: ChairID($0), kind: .recliner))
        }
        let hours = try #require(ClockSpan("08:00-18:00"))
        plan.hours = [
            .set(
                WeeklyHours(
                    validFrom: CalendarDate(clinic.clock.now, in: clinic.site.timeZone),
                    days: Dictionary(
                        uniqueKeysWithValues: Weekday.allCases.map { ($0, [hours]) })))
        ]
        try await clinic.decide(.apply(plan))
        let from = try #require(LocalTime("2026-03-03T08:00"))
        let until = try #require(LocalTime("2026-03-03T18:00"))
        let period = try #require(LocalPeriod(from: from, until: until))
        for name in ["first", "second"] {
            try await clinic.decide(
                .planShift(
                    Shift(
                        id: SiteEntryID(name), roles: [.registeredNurse, .resuscitation],
                        staff: .people(1), period: period)))
        }
    }

    @Test func `counts with the nurses while it lasts`() async throws {
        let booked = AppointmentID(UUID())
        try await clinic.send(
            .bookAppointment(booked, order: secondOrder, slot: slot(chair: "2")),
            to: .order(secondOrder))
        try await openSite()
        #expect(Set(try await unfitWithoutSecondNurse()) == [hold, booked])
    }

    @Test func `is no reason why another visit no longer fits`() async throws {
        try await clinic.send(book("2"), to: .order(secondOrder))
        try await openSite()
        clinic.clock.advance(hours: 1)
        #expect(try await unfitWithoutSecondNurse().isEmpty)
    }
}
