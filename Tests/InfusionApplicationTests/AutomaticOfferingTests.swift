import EventStore
import Foundation
import Infusion
import InfusionApplication
import InfusionProjections
import TestClinic
import Testing

/// What the service offers itself; see `Time that was given back` for who waits, and for what.
@Suite struct `Times that are offered without a person` {
    let time: `Time that was given back`

    init() async throws { time = try await `Time that was given back`() }

    /// One chair, two nurses, from 08:00 to 18:00 on the visit's date.
    private func open(_ offers: AutomaticOffers = .on(keepMinutes: 30)) async throws {
        let date = try #require(CalendarDate("2026-03-04"))
        let hours = try #require(ClockSpan("08:00-18:00"))
        var plan = SitePlan(
            site: time.clinic.site.id, timeZone: time.clinic.site.timeZone.identifier)
        plan.automaticOffers = offers
        plan.chairs = [SitePlan.Chair(SiteChair(id: ChairID("1"), kind: .recliner))]
        plan.hours = [
            .set(WeeklyHours(validFrom: date.adding(days: -2), days: [date.weekday: [hours]]))
        ]
        plan.shifts = [
            .announced(
                Shift(
                    id: SiteEntryID("day"), roles: [.registeredNurse, .resuscitation],
                    staff: .people(2), period: hours.period(on: date)))
        ]
        try await time.clinic.decide(.apply(plan))
    }

    /// As a process does that has just started; how many offers it makes.
    private func run() async throws -> Int {
        try await AutomaticOffering(time.clinic.useCases).run(time.clinic.tenant)
    }

    private func statuses() async throws -> [WaitlistStatus] {
        try await time.list().map(\.status)
    }

    private func offered(_ patient: PatientID, _ order: OrderID) async throws -> AppointmentID {
        let list = try await time.clinic.useCases.waitlist(
            of: patient, knownAt: .now, actor: time.clinic.actor())
        return try #require(list.offers[order]).appointment
    }

    @Test func `nothing is offered where the site has not decided so`() async throws {
        try await time.cancel()
        #expect(try await run() == 0)
        try await open(.off)
        #expect(try await run() == 0)
        #expect(try await statuses() == [.waiting, .waiting])
    }

    @Test func `the first of the list is offered what was given back, once`() async throws {
        try await open()
        #expect(try await run() == 0)
        try await time.cancel()
        #expect(try await run() == 1)
        let rows = try await time.list()
        #expect(rows.map(\.order) == [time.secondOrder, time.thirdOrder])
        #expect(rows.map(\.status) == [.offered, .waiting])
        #expect(rows[0].offer?.until == time.clinic.clock.now.adding(minutes: 30))
        let head = try await time.clinic.log.head(tenant: time.clinic.tenant)
        let last = try await time.clinic.log.readAll(
            tenant: time.clinic.tenant, after: Position(head.value - 1), limit: 1)
        #expect(last.map(\.data.type) == ["waitlist-offered"])
        #expect(last.map(\.metadata.actor) == [AutomaticOffering.subject])
        #expect(try await run() == 0)
        #expect(try await time.clinic.log.head(tenant: time.clinic.tenant) == head)
    }

    @Test func `who declines is followed by the next, and after the last by nobody`() async throws {
        try await open()
        try await time.cancel()
        #expect(try await run() == 1)
        var offer = try await offered(time.second, time.secondOrder)
        try await time.clinic.send(
            .declineOffer(offer, reason: .patientRequest), to: .appointment(offer))
        #expect(try await run() == 1)
        #expect(try await statuses() == [.waiting, .offered])
        offer = try await offered(time.third, time.thirdOrder)
        try await time.clinic.send(
            .declineOffer(offer, reason: .patientRequest), to: .appointment(offer))
        #expect(try await run() == 0)
        #expect(try await statuses() == [.waiting, .waiting])
    }

    @Test func `an offer that runs out is followed by the next`() async throws {
        try await open()
        try await time.cancel()
        #expect(try await run() == 1)
        time.clinic.clock.advance(hours: 1)
        #expect(try await run() == 1)
        #expect(try await statuses() == [.waiting, .offered])
    }

    @Test func `who accepts has the time, and nobody else is asked`() async throws {
        try await open()
        try await time.cancel()
        #expect(try await run() == 1)
        let offer = try await offered(time.second, time.secondOrder)
        try await time.clinic.send(.confirmAppointment(offer), to: .appointment(offer))
        #expect(try await run() == 0)
        #expect(try await time.list().map(\.order) == [time.thirdOrder])
        // And when that visit is cancelled too, its time is offered in its turn.
        try await time.clinic.send(
            .cancelAppointment(offer, reason: .patientRequest), to: .appointment(offer))
        #expect(try await run() == 1)
        #expect(try await statuses() == [.offered])
    }

    @Test func `many processes at once make one offer of a time`() async throws {
        try await open()
        try await time.cancel()
        func together() async throws -> Int {
            try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<8 { group.addTask { try await run() } }
                return try await group.reduce(0, +)
            }
        }
        #expect(try await together() == 1)
        #expect(try await statuses() == [.offered, .waiting])
        let offer = try await offered(time.second, time.secondOrder)
        try await time.clinic.send(
            .declineOffer(offer, reason: .patientRequest), to: .appointment(offer))
        #expect(try await together() == 1)
        #expect(try await statuses() == [.waiting, .offered])
    }

    @Test func `what a moved visit leaves is offered, and what it has is not`() async throws {
        try await open()
        try await time.clinic.send(
            .moveAppointment(time.visit, to: time.slot(hours: 53)), to: .appointment(time.visit))
        #expect(try await run() == 1)
        let offer = try await offered(time.second, time.secondOrder)
        let state = try await time.clinic.useCases.patient(
            time.second, asOf: .now, actor: time.clinic.actor()
        ).state
        #expect(state.appointment(offer)?.slot == time.slot())
    }

    private func move(_ hours: Int64, override: CapacityOverride? = nil) async throws {
        try await time.clinic.send(
            .moveAppointment(time.visit, to: time.slot(hours: hours), override: override),
            to: .appointment(time.visit))
    }

    /// When an open offer would be.
    private func offeredStart(_ patient: PatientID, _ order: OrderID) async throws -> Instant? {
        let offer = try await offered(patient, order)
        let state = try await time.clinic.useCases.patient(
            patient, asOf: .now, actor: time.clinic.actor()
        ).state
        return state.appointment(offer)?.slot.start
    }

    @Test func `a visit that is moved twice leaves two times, and both are offered`() async throws {
        try await open()
        try await move(53)
        try await move(47)
        #expect(try await run() == 2)
        #expect(try await statuses() == [.offered, .offered])
        // What was given back last is offered first.
        #expect(
            try await offeredStart(time.second, time.secondOrder) == time.slot(hours: 53).start)
        #expect(try await offeredStart(time.third, time.thirdOrder) == time.slot().start)
    }

    @Test func `a visit that is moved and then cancelled leaves two times`() async throws {
        try await open()
        try await move(53)
        try await time.cancel()
        #expect(try await run() == 2)
        #expect(try await statuses() == [.offered, .offered])
    }

    @Test func `a move on somebody's responsibility leaves the time that the visit had`()
        async throws
    {
        try await open()
        try await move(
            53,
            override: CapacityOverride(rules: [.nurseStarts], reason: .staffAgreed, role: .nurse))
        #expect(try await run() == 1)
        #expect(
            try await offeredStart(time.second, time.secondOrder) == time.slot().start)
    }

    @Test func `who is moved and then arrives has left the time they had`() async throws {
        try await open()
        try await move(53)
        time.clinic.clock.advance(hours: 46)
        try await time.clinic.send(
            .recordArrival(time.visit, at: time.clinic.clock.now), to: .appointment(time.visit))
        #expect(try await run() == 1)
        #expect(
            try await offeredStart(time.second, time.secondOrder) == time.slot().start)
    }

    @Test func `who declined one time of a visit is asked about another of it`() async throws {
        try await open()
        try await move(53)
        for (patient, order) in [
            (time.second, time.secondOrder), (time.third, time.thirdOrder),
        ] {
            #expect(try await run() == 1)
            let offer = try await offered(patient, order)
            try await time.clinic.send(
                .declineOffer(offer, reason: .patientRequest), to: .appointment(offer))
        }
        #expect(try await run() == 0)
        try await move(47)
        #expect(try await run() == 1)
        #expect(
            try await offeredStart(time.second, time.secondOrder) == time.slot(hours: 53).start)
    }

    @Test func `of what two gave back in part the later stands for what they share, and no more`()
        async throws
    {
        try await open()
        try await time.cancel()
        // An hour later: the second patient has it and gives it back.
        let start = time.slot().start.adding(minutes: 60)
        let slot = AppointmentSlot(
            site: time.clinic.site.id, chair: ChairID("1"), start: start,
            end: start.adding(minutes: 90))
        let visit = AppointmentID(UUID())
        try await time.clinic.send(
            .bookAppointment(visit, order: time.secondOrder, slot: slot),
            to: .order(time.secondOrder))
        try await time.clinic.send(
            .cancelAppointment(visit, reason: .patientRequest), to: .appointment(visit))
        // Who still waits can come for the hour before alone.
        try await time.clinic.send(
            .changeWaitlist(
                WaitlistRequest(
                    order: time.thirdOrder, site: nil, minutes: 60, earliest: nil, latest: nil,
                    weekdays: Set(Weekday.allCases), hours: ClockSpan("11:00-12:00"),
                    noticeHours: 0)), to: .order(time.thirdOrder))
        #expect(try await run() == 1)
        #expect(try await offeredStart(time.third, time.thirdOrder) == time.slot().start)
    }

    @Test func `a hold that nobody agreed to was nobody's time`() async throws {
        try await open()
        let hold = AppointmentID(UUID())
        try await time.clinic.send(
            .holdAppointment(
                hold, order: time.thirdOrder, slot: time.slot(hours: 53), minutes: 30),
            to: .order(time.thirdOrder))
        try await time.clinic.send(
            .cancelAppointment(hold, reason: .patientRequest), to: .appointment(hold))
        #expect(try await run() == 0)
    }

    @Test func `what begins before an answer need come is not offered`() async throws {
        try await open()
        time.clinic.clock.advance(hours: 49)
        try await time.cancel()
        #expect(try await run() == 0)
    }

    @Test func `a time that somebody holds is waited for`() async throws {
        try await open()
        try await time.cancel()
        let offer = AppointmentID(UUID())
        try await time.clinic.send(
            time.offer(time.thirdOrder, offer), to: .order(time.thirdOrder))
        #expect(try await run() == 0)
        try await time.clinic.send(
            .declineOffer(offer, reason: .patientRequest), to: .appointment(offer))
        #expect(try await run() == 1)
        #expect(try await statuses() == [.offered, .waiting])
    }
}
