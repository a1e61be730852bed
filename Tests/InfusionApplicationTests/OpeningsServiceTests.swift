import EventStore
import Foundation
import Infusion
import InfusionApplication
import InfusionJournal
import InfusionProjections
import TestClinic
import Testing

/// Openings through the use cases, over one log with the site and its patients in it.
@Suite struct `Openings of a site` {
    let clinic: MemoryClinic
    /// One service for all questions: it keeps its calendars.
    let service: InfusionService
    let patient: PatientID
    let order = OrderID(UUID())

    init() async throws {
        clinic = try await MemoryClinic()
        service = clinic.useCases
        patient = try await clinic.register()
        try await clinic.openSite(chairs: ["1"])
        try await clinic.order(order, for: patient)
    }

    private func openings(
        _ visit: OpeningQuestion.Visit, days: Int = 3, limit: Int = 100
    ) async throws -> OpeningsAnswer {
        let tomorrow = CalendarDate(clinic.clock.now, in: clinic.site.timeZone).adding(days: 1)
        return try await service.openings(
            OpeningsQuestion(
                site: clinic.site.id, visit: visit, first: tomorrow,
                last: tomorrow.adding(days: days - 1), allowsFreshLabs: true, limit: limit,
                perDay: 100), actor: clinic.actor())
    }

    private func booking(_ order: OrderID, _ slot: AppointmentSlot) -> CommandRequest {
        clinic.request(
            .bookAppointment(AppointmentID(UUID()), order: order, slot: slot), to: .order(order))
    }

    /// Why the request is refused, and what is offered instead.
    private func refusal(
        of request: CommandRequest, by service: InfusionService? = nil
    ) async throws -> (error: ApplicationError, alternatives: [Opening]) {
        let service = service ?? self.service
        let thrown = await #expect(throws: ApplicationError.self) {
            try await service.handle(request)
        }
        let error = try #require(thrown)
        let found = await service.alternatives(to: request, refused: error)
        return (error, found?.openings.openings ?? [])
    }

    @Test func `what is offered is booked, and then offered no more`() async throws {
        let before = try await openings(.order(order))
        #expect(before.position == (try await clinic.log.head(tenant: clinic.tenant)))
        let opening = try #require(before.openings.openings.first)
        #expect(opening.freshLabs != nil)
        _ = try await service.handle(booking(order, opening.slot))
        let other = OrderID(UUID())
        try await clinic.order(other, for: try await clinic.register("2"))
        let after = try await openings(.order(other))
        #expect(after.position > before.position)
        #expect(
            after.openings.openings.allSatisfy {
                $0.slot.start >= opening.slot.end || $0.slot.end <= opening.slot.start
            })
        #expect(!after.openings.openings.isEmpty)
    }

    @Test func `what changes at the site is seen at once`() async throws {
        #expect(try await openings(.minutes(60)).openings.openings.count > 10)
        let first = CalendarDate(clinic.clock.now, in: clinic.site.timeZone)
        let period = try #require(
            LocalPeriod(wholeDaysFrom: first, to: first.adding(days: 3)))
        try await clinic.decide(
            .announceClosure(
                SiteClosure(id: SiteEntryID("flood"), period: period, reason: .emergency)))
        let closed = try await openings(.minutes(60))
        #expect(closed.openings.openings.isEmpty)
        #expect(closed.openings.days.allSatisfy { $0.constraint == .siteClosed })
    }

    @Test func `a booking that finds the chair taken is told where there is room`() async throws {
        let opening = try #require(try await openings(.order(order)).openings.openings.first)
        _ = try await service.handle(booking(order, opening.slot))
        let other = OrderID(UUID())
        try await clinic.order(other, for: try await clinic.register("2"))
        let (error, alternatives) = try await refusal(of: booking(other, opening.slot))
        guard case .unavailable("chair-overlap", _) = error else {
            Issue.record("expected chair-overlap, got \(error)")
            return
        }
        #expect(alternatives.count == ApplicationLimits.alternatives)
        let distances = alternatives.map {
            abs($0.slot.start.seconds(since: opening.slot.start)) / 60
        }
        #expect(distances == distances.sorted())
        #expect(distances == alternatives.map { Int64($0.rank.points) })
        #expect(
            alternatives.allSatisfy {
                $0.slot.end.seconds(since: $0.slot.start)
                    == opening.slot.end.seconds(since: opening.slot.start)
            })
        _ = try await service.handle(
            booking(other, try #require(alternatives.first).slot))
    }

    @Test func `who moves to a taken chair is told where there is room, the old time too`()
        async throws
    {
        let found = try await openings(.order(order)).openings.openings
        let (first, second) = (try #require(found.first), try #require(found.last))
        let mine = AppointmentID(UUID())
        _ = try await service.handle(
            clinic.request(
                .bookAppointment(mine, order: order, slot: first.slot), to: .order(order)))
        let other = OrderID(UUID())
        try await clinic.order(other, for: try await clinic.register("2"))
        _ = try await service.handle(booking(other, second.slot))
        let (_, alternatives) = try await refusal(
            of: clinic.request(.moveAppointment(mine, to: second.slot), to: .appointment(mine)))
        #expect(!alternatives.isEmpty)
    }

    @Test func `who names a chair that is not there is told the same time in one that is`()
        async throws
    {
        let opening = try #require(try await openings(.order(order)).openings.openings.first)
        let slot = AppointmentSlot(
            site: opening.slot.site, chair: ChairID("9"), start: opening.slot.start,
            end: opening.slot.end)
        let (error, alternatives) = try await refusal(of: booking(order, slot))
        guard case .refused(.chairNotFound(ChairID("9"), _), _, _) = error else {
            Issue.record("expected chair-not-found, got \(error)")
            return
        }
        #expect(alternatives.first?.slot == opening.slot)
        #expect(alternatives.first?.rank.points == 0)
    }

    @Test func `a hold that has run out keeps nobody from its time, told or not`() async throws {
        // The one chair of the site, all of its first date.
        let day = try #require(try await openings(.minutes(60), days: 1).openings.openings.first)
        let opens = Instant(
            microsecondsSinceUnixEpoch: day.slot.start.microsecondsSinceUnixEpoch)
        let hold = AppointmentID(UUID())
        let held = AppointmentSlot(
            site: clinic.site.id, chair: ChairID("1"), start: opens,
            end: opens.adding(minutes: 465))
        try await clinic.send(
            .holdAppointment(hold, order: order, slot: held, minutes: 30), to: .order(order))
        let other = OrderID(UUID())
        try await clinic.order(other, for: try await clinic.register("2"))
        // While it lasts, also for a calendar that has been kept since before.
        #expect(try await openings(.order(other), days: 1).openings.openings.isEmpty)
        let (_, instead) = try await refusal(of: booking(other, day.slot))
        #expect(instead.allSatisfy { $0.date != day.date } && !instead.isEmpty)

        clinic.clock.advance(hours: 1)
        for service in [service, clinic.useCases] {
            let found = try await service.openings(
                OpeningsQuestion(
                    site: clinic.site.id, visit: .order(other), first: day.date, last: day.date,
                    allowsFreshLabs: true), actor: clinic.actor())
            #expect(found.openings.openings.first?.slot.start == opens)
        }
        // A refusal names the time, too: the chair of this one is not there.
        let elsewhere = AppointmentSlot(
            site: clinic.site.id, chair: ChairID("9"), start: day.slot.start,
            end: day.slot.start.adding(minutes: 90))
        let (_, alternatives) = try await refusal(of: booking(other, elsewhere))
        #expect(alternatives.first?.slot.start == day.slot.start)
        // Nobody was told yet, and what was offered is booked.
        let slot = try #require(alternatives.first).slot
        let before = try await clinic.useCases.patient(patient, asOf: .now, actor: clinic.actor())
        guard case .held = before.state.appointment(hold)?.status else { throw Unexpected() }
        _ = try await service.handle(booking(other, slot))
        let after = try await clinic.useCases.patient(patient, asOf: .now, actor: clinic.actor())
        #expect(after.state.appointment(hold)?.status == .expired)
        #expect(
            try await openings(.minutes(60), days: 1).openings.openings.allSatisfy {
                $0.slot.start >= slot.end || $0.slot.end <= slot.start
            })
    }

    @Test func `a hold that is moved is one still, until it runs out`() async throws {
        let first = try #require(try await openings(.order(order)).openings.openings.first)
        let hold = AppointmentID(UUID())
        try await clinic.send(
            .holdAppointment(hold, order: order, slot: first.slot, minutes: 60), to: .order(order))
        #expect(try await openings(.minutes(60), days: 1).openings.openings.count > 0)
        let later = AppointmentSlot(
            site: clinic.site.id, chair: ChairID("1"), start: first.slot.start.adding(minutes: 240),
            end: first.slot.end.adding(minutes: 240))
        try await clinic.send(.moveAppointment(hold, to: later), to: .appointment(hold))
        func isTaken(_ slot: AppointmentSlot) async throws -> Bool {
            try await openings(.minutes(15), days: 1).openings.openings.allSatisfy {
                $0.slot.start >= slot.end || $0.slot.end <= slot.start
            }
        }
        #expect(try await isTaken(later))
        #expect(try await !isTaken(first.slot))
        clinic.clock.advance(hours: 1)
        #expect(try await !isTaken(later))
    }

    @Test
    func `a clinic whose site nobody opened is told the other chairs that bookings have named`()
        async throws
    {
        let clinic = try await MemoryClinic()
        let service = clinic.useCases
        let orders = (0..<3).map { _ in OrderID(UUID()) }
        for (index, order) in orders.enumerated() {
            try await clinic.order(order, for: try await clinic.register("\(index)"))
        }
        let start = clinic.clock.now.adding(hours: 26)
        func slot(_ chair: Int, later hours: Int64 = 0) -> AppointmentSlot {
            let start = start.adding(hours: hours)
            return AppointmentSlot(
                site: clinic.site.id, chair: ChairID("\(chair)"), start: start,
                end: start.adding(minutes: 90))
        }
        func booking(_ order: Int, _ slot: AppointmentSlot) -> CommandRequest {
            clinic.request(
                .bookAppointment(AppointmentID(UUID()), order: orders[order], slot: slot),
                to: .order(orders[order]))
        }
        func chairs() async throws -> [AppointmentSlot] {
            let (error, alternatives) = try await refusal(of: booking(1, slot(1)), by: service)
            guard case .unavailable("chair-overlap", _) = error else { throw error }
            #expect(alternatives.allSatisfy { $0.rank.points == 0 && $0.freshLabs != nil })
            return alternatives.map(\.slot)
        }
        _ = try await service.handle(booking(0, slot(1)))
        // Nobody knows of another chair.
        #expect(try await chairs().isEmpty)
        // Chair 3 is taken then, chair 2 is not.
        let later = AppointmentID(UUID())
        try await clinic.send(
            .bookAppointment(later, order: orders[2], slot: slot(2, later: 170)),
            to: .order(orders[2]))
        try await clinic.send(
            .holdAppointment(
                AppointmentID(UUID()), order: orders[2], slot: slot(3), minutes: 30),
            to: .order(orders[2]))
        #expect(try await chairs() == [slot(2)])
        clinic.clock.advance(hours: 1)
        #expect(try await chairs() == [slot(2), slot(3)])
        // Who is elsewhere then is so in every chair, and who asks for another day's chair is told that day's.
        let (_, none) = try await refusal(of: booking(0, slot(2)), by: service)
        #expect(none.isEmpty)
        let (_, moved) = try await refusal(
            of: clinic.request(.moveAppointment(later, to: slot(1)), to: .appointment(later)),
            by: service)
        #expect(moved.map(\.slot) == [slot(2), slot(3)])
        _ = try await service.handle(booking(1, slot(2)))
    }

    @Test func `who agrees to a visit that the site no longer bears is told where there is room`()
        async throws
    {
        let opening = try #require(try await openings(.order(order)).openings.openings.first)
        let hold = AppointmentID(UUID())
        try await clinic.send(
            .holdAppointment(hold, order: order, slot: opening.slot, minutes: 60),
            to: .order(order))
        let until = try #require(LocalTime("\(opening.date)T12:00"))
        let period = try #require(
            LocalPeriod(from: LocalTime(opening.date, .midnight), until: until))
        try await clinic.decide(
            .announceClosure(
                SiteClosure(id: SiteEntryID("flood"), period: period, reason: .emergency)))
        let confirmation = clinic.request(.confirmAppointment(hold), to: .appointment(hold))
        let (error, alternatives) = try await refusal(of: confirmation)
        guard case .refused(.siteClosed, _, _) = error else {
            Issue.record("expected a closed site, got \(error)")
            return
        }
        let first = try #require(alternatives.first)
        #expect(first.date == opening.date)
        #expect(first.slot.start == ZoneClock(clinic.site.timeZone).instant(of: until))
        // The held visit is moved there, and agreed to.
        try await clinic.send(.moveAppointment(hold, to: first.slot), to: .appointment(hold))
        try await clinic.send(.confirmAppointment(hold), to: .appointment(hold))
    }

    @Test func `who is elsewhere at that time is told another, and who asks for no visit nothing`()
        async throws
    {
        let opening = try #require(try await openings(.order(order)).openings.openings.first)
        _ = try await service.handle(booking(order, opening.slot))
        let (error, alternatives) = try await refusal(of: booking(order, opening.slot))
        guard case .refused(.patientElsewhere, _, _) = error else {
            Issue.record("expected a patient who is elsewhere, got \(error)")
            return
        }
        #expect(!alternatives.isEmpty)
        let other = clinic.request(
            .cancelAppointment(AppointmentID(UUID()), reason: .clinicianDecision),
            to: .patient(patient))
        #expect(try await refusal(of: other).alternatives.isEmpty)
    }

    // MARK: What is refused

    private func refusal(
        of question: OpeningsQuestion, without scopes: Set<Scope> = []
    ) async -> ApplicationError? {
        await #expect(throws: ApplicationError.self) {
            _ = try await service.openings(question, actor: clinic.actor(without: scopes))
        }
    }

    @Test func `an order's openings need the scope of its patient`() async throws {
        let site = clinic.site.id
        let question = OpeningsQuestion(site: site, visit: .order(order))
        guard case .forbidden(.patientRead) = await refusal(of: question, without: [.patientRead])
        else { throw Unexpected() }
        guard case .forbidden(.siteRead) = await refusal(of: question, without: [.siteRead]) else {
            throw Unexpected()
        }
        _ = try await service.openings(
            OpeningsQuestion(site: site, visit: .minutes(60)),
            actor: clinic.actor(without: [.patientRead]))
    }

    @Test func `a period too long, a site and an order that are not there`() async throws {
        let site = clinic.site.id
        let today = CalendarDate(clinic.clock.now, in: clinic.site.timeZone)
        let last = today.adding(days: InfusionLimits.openingDates)
        let long = OpeningsQuestion(site: site, visit: .minutes(60), last: last)
        guard case .refused(.invalidValue("to", _, _), _, _) = await refusal(of: long) else {
            throw Unexpected()
        }
        let whole = try await service.openings(
            OpeningsQuestion(site: site, visit: .minutes(60)), actor: clinic.actor())
        #expect(whole.first == today)
        #expect(whole.openings.days.count == InfusionLimits.openingDates)
        let elsewhere = OpeningsQuestion(site: SiteID("west"), visit: .minutes(60))
        guard case .notFound(let what) = await refusal(of: elsewhere) else { throw Unexpected() }
        #expect(what.contains("`ferrovia site apply`"))
        let nobodys = OpeningsQuestion(site: site, visit: .order(OrderID(UUID())))
        guard case .notFound("order") = await refusal(of: nobodys) else { throw Unexpected() }
    }

    @Test func `dates that are over are told as such, and not taken for today`() async throws {
        let site = clinic.site.id
        let today = CalendarDate(clinic.clock.now, in: clinic.site.timeZone)
        func question(from first: Int, to last: Int? = nil) -> OpeningsQuestion {
            OpeningsQuestion(
                site: site, visit: .minutes(60), first: today.adding(days: first),
                last: last.map { today.adding(days: $0) })
        }
        let answer = try await service.openings(
            question(from: -3, to: 4), actor: clinic.actor())
        #expect(answer.first == today.adding(days: -3))
        #expect(answer.days.map(\.date) == (-3...4).map { today.adding(days: $0) })
        #expect(answer.days.prefix(3).allSatisfy { $0.constraint == .past && $0.starts == 0 })
        #expect(answer.openings.openings.allSatisfy { $0.date >= today })
        // What is over counts among the dates of one question.
        let whole = try await service.openings(question(from: -3), actor: clinic.actor())
        #expect(whole.last == today.adding(days: InfusionLimits.openingDates - 4))

        let long = question(from: -InfusionLimits.openingDates)
        guard case .refused(.invalidValue("from", _, _), _, let position) = await refusal(of: long)
        else { throw Unexpected() }
        #expect(position == (try await clinic.log.head(tenant: clinic.tenant)))
        let over = question(from: -3, to: -1)
        guard case .refused(.invalidValue("to", _, let accepted), _, _) = await refusal(of: over)
        else { throw Unexpected() }
        #expect(accepted.hasPrefix("\(today) to "))
    }

    private struct Unexpected: Error {}
}

extension MemoryClinic {
    fileprivate func order(_ order: OrderID, for patient: PatientID) async throws {
        try await send(
            .orderInfusion(
                OrderInfusion(
                    id: order, product: ProductKey("injectafer"),
                    dosingRow: DosingRowID("FCM-US-2"), indication: .general,
                    prescribed: [Milligrams(750), Milligrams(750)], method: .labelCourse,
                    targetHemoglobin: nil, stores: nil,
                    signature: Signature(prescriber: "Dr Bianchi", signedAt: clock.now))),
            to: .patient(patient))
    }

    /// Open every day from 08:00 to 16:00, with two nurses on each for two months.
    fileprivate func openSite(chairs: [String]) async throws {
        var plan = SitePlan(site: site.id, timeZone: site.timeZone.identifier)
        plan.chairs = chairs.map { SitePlan.Chair(SiteChair(id: ChairID($0), kind: .recliner)) }
        let first = CalendarDate(clock.now, in: site.timeZone)
        guard let hours = ClockSpan("08:00-16:00") else { preconditionFailure("08:00-16:00") }
        plan.hours = [
            .set(
                WeeklyHours(
                    validFrom: first,
                    days: Dictionary(
                        uniqueKeysWithValues: Weekday.allCases.map { ($0, [hours]) })))
        ]
        plan.shifts = (0..<60).map { days in
            .announced(
                Shift(
                    id: SiteEntryID("day-\(days)"), roles: [.registeredNurse, .resuscitation],
                    staff: .people(2), period: hours.period(on: first.adding(days: days))))
        }
        try await decide(.apply(plan))
    }
}
