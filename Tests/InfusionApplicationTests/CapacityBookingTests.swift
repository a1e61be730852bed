import EventStore
import EventStoreConformance
import Foundation
import Infusion
import InfusionApplication
import InfusionProjections
import Synchronization
import TestClinic
import Testing

/// Bookings at a site about which something was decided, through the use cases.
@Suite("Bookings at a site with nurses") struct CapacityBookingTests {
    private let clinic: MemoryClinic
    /// Each with a patient of its own.
    private let orders: [OrderID]
    /// Three in the afternoon in Rome, the day after the orders.
    private let start = Instant(microsecondsSinceUnixEpoch: 1_772_442_000_000_000).adding(hours: 29)

    init() async throws {
        clinic = try await MemoryClinic()
        var orders: [OrderID] = []
        for number in 1...4 {
            let patient = try await clinic.register("\(number)")
            let order = OrderID(UUID())
            try await clinic.order(order, for: patient)
            orders.append(order)
        }
        self.orders = orders
    }

    /// Open from 08:00 to 18:00 with three chairs, one nurse and cover for resuscitation.
    private func open() async throws {
        try await openWithoutStaff()
        try await plan("nurse", roles: [.registeredNurse, .resuscitation])
    }

    private func openWithoutStaff() async throws {
        let today = try #require(CalendarDate("2026-03-02"))
        let opening = try #require(ClockTime("08:00"))
        let closing = try #require(ClockTime("18:00"))
        let spans = [ClockSpan(from: opening, until: closing)]
        try await clinic.decide(.openSite(clinic.site.id, timeZone: "Europe/Rome"))
        for chair in ["1", "2", "3"] {
            try await clinic.decide(
                .defineChair(SiteChair(id: ChairID(chair), kind: .recliner)))
        }
        try await clinic.decide(
            .setHours(
                WeeklyHours(
                    validFrom: today,
                    days: Dictionary(
                        uniqueKeysWithValues: Weekday.allCases.map { ($0, spans) }))))
    }

    private func plan(_ name: String, roles: Set<StaffRole>) async throws {
        let from = try #require(LocalTime("2026-03-03T08:00"))
        let until = try #require(LocalTime("2026-03-03T18:00"))
        let period = try #require(LocalPeriod(from: from, until: until))
        try await clinic.decide(
            .planShift(
                Shift(id: SiteEntryID(name), roles: roles, staff: .people(1), period: period)))
    }

    private func slot(_ chair: Int, later minutes: Int64 = 0) -> AppointmentSlot {
        AppointmentSlot(
            site: clinic.site.id, chair: ChairID("\(chair)"),
            start: start.adding(minutes: minutes),
            end: start.adding(minutes: minutes + 60))
    }

    private func book(
        _ order: Int, in chair: Int, later minutes: Int64 = 0, override: CapacityOverride? = nil
    ) -> CommandRequest {
        clinic.request(
            .bookAppointment(
                AppointmentID(UUID()), order: orders[order], slot: slot(chair, later: minutes),
                override: override), to: .order(orders[order]))
    }

    /// `booked`, or what was in the way.
    private func outcome(
        _ request: CommandRequest, by service: InfusionService? = nil
    ) async throws -> String {
        do throws(ApplicationError) {
            _ = try await (service ?? clinic.useCases).handle(request)
            return "booked"
        } catch {
            if case .unavailable(let constraint, let quarter) = error {
                guard let quarter else { return constraint }
                return "\(constraint) \(quarter.start.seconds(since: start) / 60)"
            }
            guard case .refused(let refusal, _, _) = error else { throw error }
            return refusal.code
        }
    }

    private let agreed = CapacityOverride(rules: [.nurseStarts], reason: .staffAgreed, role: .nurse)

    @Test func `of all who want the last start of a quarter hour one gets it`() async throws {
        try await open()
        let outcomes = try await withThrowingTaskGroup(of: String.self) { group in
            for index in 0..<3 {
                let request = book(index, in: index + 1, later: Int64(index))
                group.addTask { try await outcome(request) }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(outcomes.sorted() == ["booked", "nurse-starts 0", "nurse-starts 0"])
        #expect(try await outcome(book(3, in: 3, later: 75)) == "booked")
    }

    @Test func `a site about which nothing was decided asks for the chair alone`() async throws {
        for index in 0..<3 {
            #expect(try await outcome(book(index, in: index + 1)) == "booked")
        }
        #expect(try await outcome(book(3, in: 1)) == "chair-overlap")
    }

    @Test func `a site that nobody knows is refused, with those there are`() async throws {
        let typo = SiteID("mian")
        let slot = AppointmentSlot(
            site: typo, chair: ChairID("1"), start: start, end: start.adding(minutes: 60))
        let order = orders[0]
        let visit = AppointmentID(UUID())
        try await clinic.send(
            .bookAppointment(visit, order: order, slot: self.slot(1)), to: .order(order))
        let other = orders[1]
        let wanted: [(PatientCommand, CommandTarget)] = [
            (.bookAppointment(AppointmentID(UUID()), order: other, slot: slot), .order(other)),
            (
                .holdAppointment(AppointmentID(UUID()), order: other, slot: slot, minutes: 30),
                .order(other)
            ),
            (.moveAppointment(visit, to: slot), .appointment(visit)),
            (
                .enterWaitlist(
                    WaitlistRequest(
                        order: other, site: typo, minutes: 60, earliest: nil, latest: nil,
                        weekdays: [], hours: nil, noticeHours: 0)), .order(other)
            ),
        ]
        for (command, target) in wanted {
            do throws(ApplicationError) {
                _ = try await clinic.useCases.handle(clinic.request(command, to: target))
                Issue.record("accepted: \(command)")
            } catch {
                guard case .unknownSite = error else { throw error }
                let text = "\(error)"
                #expect(text.contains("mian") && text.contains(clinic.site.id.name), "\(text)")
            }
        }
    }

    @Test
    func `a site of another region than the product's licence is refused, as its openings are`()
        async throws
    {
        let lyon = ClinicSite(
            id: SiteID("lyon"), timeZone: try #require(TimeZone(identifier: "Europe/Paris")),
            region: .eu)
        let clinic = try await MemoryClinic(neighbors: [lyon])
        let patient = try await clinic.register()
        let order = OrderID(UUID())
        try await clinic.order(order, for: patient)
        let visit = AppointmentID(UUID())
        try await clinic.send(
            .bookAppointment(visit, order: order, slot: self.slot(1)), to: .order(order))
        try await clinic.decide(.openSite(lyon.id, timeZone: "Europe/Paris"), of: lyon.id)
        let slot = AppointmentSlot(
            site: lyon.id, chair: ChairID("1"), start: start.adding(hours: 24 * 8),
            end: start.adding(hours: 24 * 8 + 1))
        func field(_ act: () async throws(ApplicationError) -> Void) async throws -> String {
            do throws(ApplicationError) {
                try await act()
                return "accepted"
            } catch {
                guard case .refused(.invalidValue(let field, _, _), _, _) = error else {
                    throw error
                }
                return field
            }
        }
        let service = clinic.useCases
        let wanted: [(PatientCommand, CommandTarget)] = [
            (.bookAppointment(AppointmentID(UUID()), order: order, slot: slot), .order(order)),
            (
                .holdAppointment(AppointmentID(UUID()), order: order, slot: slot, minutes: 30),
                .order(order)
            ),
            (.moveAppointment(visit, to: slot), .appointment(visit)),
        ]
        for (command, target) in wanted {
            let request = clinic.request(command, to: target)
            let found = try await field { () async throws(ApplicationError) in
                _ = try await service.handle(request)
            }
            #expect(found == "product", "\(command)")
        }
        let actor = clinic.actor()
        let found = try await field { () async throws(ApplicationError) in
            _ = try await service.openings(
                OpeningsQuestion(site: lyon.id, visit: .order(order)), actor: actor)
        }
        #expect(found == "product")
    }

    @Test func `a site that was opened needs no other word of it`() async throws {
        let id = SiteID("north")
        try await clinic.decide(.openSite(id, timeZone: "Europe/Rome"), of: id)
        let slot = AppointmentSlot(
            site: id, chair: ChairID("1"), start: start, end: start.adding(minutes: 60))
        let order = orders[0]
        let request = clinic.request(
            .bookAppointment(AppointmentID(UUID()), order: order, slot: slot), to: .order(order))
        // Known, and closed: it was told no hours.
        #expect(try await outcome(request) == "site-closed")
    }

    @Test func `a site that never planned a shift is judged by its hours and its chairs`()
        async throws
    {
        try await openWithoutStaff()
        for index in 0..<3 {
            #expect(try await outcome(book(index, in: index + 1)) == "booked")
        }
        #expect(try await outcome(book(3, in: 1)) == "chair-overlap")
        #expect(try await outcome(book(3, in: 1, later: 165)) == "site-closed")
        // The first shift tells who is there, and who is not.
        try await plan("nurse", roles: [.registeredNurse])
        #expect(try await outcome(book(3, in: 1, later: 60)) == "no-resuscitation-cover")
    }

    @Test func `the plan of the site says where and when`() async throws {
        try await open()
        #expect(try await outcome(book(0, in: 9)) == "chair-not-found")
        #expect(try await outcome(book(0, in: 1, later: 165)) == "site-closed")
        #expect(try await outcome(book(0, in: 1, later: 106)) == "after-last-start")
        #expect(try await outcome(book(0, in: 1, later: 24 * 60)) == "no-resuscitation-cover")
        #expect(try await outcome(book(0, in: 1, later: 105)) == "booked")
    }

    @Test func `an override needs its scope, and is told with the visit`() async throws {
        try await open()
        #expect(try await outcome(book(0, in: 1)) == "booked")
        let wanted = book(1, in: 2, override: agreed)
        let request = clinic.request(
            wanted.command, to: .order(orders[1]), actor: clinic.actor(without: [.overrideWrite]))
        let useCases = clinic.useCases
        let error = await #expect(throws: ApplicationError.self) {
            try await useCases.handle(request)
        }
        guard case .forbidden(.overrideWrite) = error else {
            Issue.record("expected forbidden, got \(String(describing: error))")
            return
        }
        let receipt = try await clinic.useCases.handle(wanted)
        #expect(Array(receipt.events.prefix(2)) == ["appointment-booked", "capacity-overridden"])
        let rows = try await clinic.readModels.appointments(
            site: clinic.site.id, from: start, to: start.adding(hours: 1),
            at: receipt.position, tenant: clinic.tenant)
        #expect(rows.filter { $0.status == .booked }.map(\.isOverridden) == [false, true])
        #expect(try await outcome(book(2, in: 2, override: agreed)) == "chair-overlap")
    }

    /// The second visit of an afternoon whose nurse starts one, as the calendar has it.
    private func overridden(
        knownAt: AsOf.Knowledge = .now
    ) async throws -> CalendarEntry {
        let date = try #require(CalendarDate("2026-03-03"))
        let calendar = try await CalendarService(
            log: clinic.log, readModels: clinic.readModels,
            sites: FixedSites([clinic.tenant: [clinic.site]]),
            now: { [clock = clinic.clock] in clock.now }
        ).calendar(
            CalendarQuestion(
                site: clinic.site.id, dates: .range(CalendarDateRange(date)), knownAt: knownAt),
            actor: clinic.actor())
        return try #require(calendar.entries.first { $0.order == orders[1] })
    }

    @Test func `the calendar says for what somebody answers, as it was known`() async throws {
        try await open()
        #expect(try await outcome(book(0, in: 1)) == "booked")
        let appointment = AppointmentID(UUID())
        let booked = try await clinic.send(
            .bookAppointment(appointment, order: orders[1], slot: slot(2), override: agreed),
            to: .order(orders[1]))
        var entry = try await overridden()
        #expect(entry.capacityOverride == agreed)
        // The override came with the booking, and is no change of it.
        #expect(entry.changes == 0)

        // It goes along to another chair, and not to another time.
        try await clinic.send(
            .moveAppointment(appointment, to: slot(3)), to: .appointment(appointment))
        entry = try await overridden()
        #expect(entry.capacityOverride == agreed)
        #expect(entry.changes == 1)
        let moved = try await clinic.send(
            .moveAppointment(appointment, to: slot(3, later: 30)), to: .appointment(appointment))
        entry = try await overridden()
        #expect(entry.capacityOverride == nil)
        #expect(entry.changes == 2)

        // Moved back on another ground, it has that one.
        let urgent = CapacityOverride(
            rules: [.nurseStarts, .nursePatients], reason: .urgentTreatment, role: .prescriber)
        try await clinic.send(
            .moveAppointment(appointment, to: slot(2), override: urgent),
            to: .appointment(appointment))
        entry = try await overridden()
        #expect(entry.capacityOverride == urgent)
        #expect(entry.changes == 3)
        let first = try await overridden(knownAt: .position(booked.position))
        #expect(first.capacityOverride == agreed)
        #expect(first.changes == 0)
        let between = try await overridden(knownAt: .position(moved.position))
        #expect(between.capacityOverride == nil)
    }

    @Test func `what is taken from a site names the visits that no longer fit, once and for ever`()
        async throws
    {
        try await open()
        let first = AppointmentID(UUID())
        try await clinic.send(
            .bookAppointment(first, order: orders[0], slot: slot(1)), to: .order(orders[0]))
        #expect(try await outcome(book(1, in: 2, later: 60)) == "booked")
        let cancelled = AppointmentID(UUID())
        try await clinic.send(
            .bookAppointment(cancelled, order: orders[2], slot: slot(3, later: 15)),
            to: .order(orders[2]))
        try await clinic.send(
            .cancelAppointment(cancelled, reason: .patientRequest), to: .appointment(cancelled))

        let from = try #require(LocalTime("2026-03-03T14:00"))
        let until = try #require(LocalTime("2026-03-03T16:00"))
        let period = try #require(LocalPeriod(from: from, until: until))
        let request = SiteRequest(
            actor: clinic.actor(), commandID: CommandID(UUID()), fingerprint: [9],
            correlationID: UUID(), expectedVersion: nil, site: clinic.site.id,
            command: .announceClosure(
                SiteClosure(id: SiteEntryID("flood"), period: period, reason: .emergency)))
        let receipt = try await clinic.sites.handle(request)
        #expect(receipt.unfit.total == 1)
        let unfit = try #require(receipt.unfit.named.first)
        #expect(unfit.appointment == first)
        #expect(unfit.slot == slot(1))
        #expect(unfit.start == LocalTime("2026-03-03T15:00"))
        #expect(unfit.reason == .siteClosed)

        // It is moved meanwhile: whoever sends the command again is told what was told first.
        try await clinic.send(
            .moveAppointment(first, to: slot(1, later: 75)), to: .appointment(first))
        clinic.clock.advance(hours: 1)
        let again = try await clinic.sites.handle(request)
        #expect(again.replayed)
        #expect(again.unfit == receipt.unfit)
        #expect(again.recordedAt == receipt.recordedAt)
    }

    @Test func `what only gives names nobody`() async throws {
        try await open()
        #expect(try await outcome(book(0, in: 1)) == "booked")
        for command in [
            SiteCommand.setAutomaticOffers(.on(keepMinutes: 60)),
            .defineChair(SiteChair(id: ChairID("4"), kind: .bed)),
        ] {
            let receipt = try await clinic.sites.handle(
                SiteRequest(
                    actor: clinic.actor(), commandID: CommandID(UUID()), fingerprint: [9],
                    correlationID: UUID(), expectedVersion: nil, site: clinic.site.id,
                    command: command))
            #expect(receipt.positions != nil)
            #expect(receipt.unfit == .none)
        }
    }

    @Test func `holds that have run out give way to who wants the nurse`() async throws {
        try await open()
        for index in 0..<2 {
            try await clinic.send(
                .holdAppointment(
                    AppointmentID(UUID()), order: orders[index],
                    slot: slot(index + 1, later: Int64(index) * 15), minutes: 30),
                to: .order(orders[index]))
        }
        #expect(try await outcome(book(2, in: 3)) == "nurse-starts 0")
        clinic.clock.advance(hours: 1)
        #expect(try await outcome(book(2, in: 3)) == "booked")
        #expect(try await outcome(book(3, in: 2, later: 15)) == "booked")
    }

    @Test func `a move within the quarter hours of a visit is no new one`() async throws {
        try await open()
        let appointment = AppointmentID(UUID())
        try await clinic.send(
            .bookAppointment(appointment, order: orders[0], slot: slot(1)), to: .order(orders[0]))
        let move = { (slot: AppointmentSlot) in
            clinic.request(.moveAppointment(appointment, to: slot), to: .appointment(appointment))
        }
        #expect(try await outcome(move(slot(2))) == "booked")
        #expect(try await outcome(book(1, in: 1, later: 15)) == "booked")
        #expect(try await outcome(move(slot(2, later: 14))) == "booked")
        #expect(try await outcome(move(slot(2, later: 15))) == "nurse-starts 15")
    }

    @Test func `what changes about the site between decision and append is not stepped over`()
        async throws
    {
        try await open()
        #expect(try await outcome(book(0, in: 1)) == "booked")
        // A second nurse comes while the booking is under way: it is decided again, and holds.
        let log = ChangingLog(clinic.log) { [self] in
            try await plan("second", roles: [.registeredNurse])
        }
        let service = clinic.useCases(over: log)
        #expect(try await outcome(book(1, in: 2), by: service) == "booked")
        // And one that goes leaves no booking behind that nobody is there for.
        let leaving = ChangingLog(clinic.log) { [self] in
            try await clinic.decide(.withdrawShift(SiteEntryID("nurse"), reason: .sickLeave))
        }
        #expect(
            try await outcome(book(2, in: 3, later: 30), by: clinic.useCases(over: leaving))
                == "no-resuscitation-cover")
    }
}

/// A log before whose first append something else happens.
private final class ChangingLog: ForwardingLog {
    typealias InlineChanges = PatientChanges

    let base: InMemoryEventLog<PatientChanges>
    private let change: @Sendable () async throws -> Void
    private let hasChanged = Mutex(false)

    init(
        _ base: InMemoryEventLog<PatientChanges>,
        _ change: @escaping @Sendable () async throws -> Void
    ) {
        self.base = base
        self.change = change
    }

    func append(
        _ batch: [Append<PatientChanges>], tenant: TenantID
    ) async throws(EventLogError) -> [AppendOutcome] {
        let isFirst = hasChanged.withLock { hasChanged in
            defer { hasChanged = true }
            return !hasChanged
        }
        if isFirst {
            do { try await change() } catch { Issue.record("\(error)") }
        }
        return try await base.append(batch, tenant: tenant)
    }
}
