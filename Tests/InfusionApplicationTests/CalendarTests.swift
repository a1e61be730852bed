import EventStore
import Foundation
import Infusion
import InfusionJournal
import InfusionProjections
import TestClinic
import Testing

@testable import InfusionApplication

/// What a site's calendar says, as known at any moment.
@Suite struct CalendarTests {
    let clinic: MemoryClinic
    let order = OrderID(UUID())
    let other = OrderID(UUID())
    let appointment = AppointmentID(UUID())
    let hold = AppointmentID(UUID())
    let patient: PatientID

    /// On 2026-03-02, at 10:00 in Rome.
    init() async throws {
        clinic = try await MemoryClinic()
        patient = try await clinic.register("1")
        try await prescribe(order, to: patient)
        try await prescribe(other, to: try await clinic.register("2"))
        try await clinic.send(
            .bookAppointment(appointment, order: order, slot: slot("1", hours: 26)),
            to: .order(order))
        try await clinic.send(
            .holdAppointment(hold, order: other, slot: slot("2", hours: 26), minutes: 30),
            to: .order(other))
    }

    func prescribe(_ order: OrderID, to patient: PatientID) async throws {
        try await clinic.order(order, for: patient)
    }

    func slot(_ chair: String, hours: Int64) -> AppointmentSlot {
        let start = Instant(microsecondsSinceUnixEpoch: 1_772_442_000_000_000).adding(hours: hours)
        return AppointmentSlot(
            site: clinic.site.id, chair: ChairID(chair), start: start,
            end: start.adding(minutes: 90))
    }

    func service(_ sites: any SiteDirectory) -> CalendarService {
        CalendarService(
            log: clinic.log, readModels: clinic.readModels, sites: sites,
            now: { [clock = clinic.clock] in clock.now })
    }

    func ask(
        _ dates: CalendarQuestion.Dates, chair: ChairID? = nil,
        knownAt: AsOf.Knowledge = .now, actor: Actor? = nil
    ) async throws -> CalendarAnswer {
        try await service(FixedSites([clinic.tenant: [clinic.site]])).calendar(
            CalendarQuestion(
                site: clinic.site.id, dates: dates, chair: chair, knownAt: knownAt),
            actor: actor ?? clinic.actor())
    }

    func date(_ text: String) throws -> CalendarDate { try #require(CalendarDate(text)) }

    @Test func `a site without events answers with its appointments`() async throws {
        let answer = try await ask(.range(CalendarDateRange(try date("2026-03-03"))))
        #expect(answer.timeZone.identifier == "Europe/Rome")
        #expect(answer.days.map(\.site) == [nil])
        #expect(answer.version == .none)
        #expect(answer.entries.map(\.appointment) == [appointment, hold])
        let booked = answer.entries[0]
        #expect(booked.patient == patient)
        #expect(booked.order == order)
        #expect(booked.kind == .iron)
        #expect(booked.status == .booked)
        #expect(booked.minutes == 90)
        #expect(booked.changes == 0)
        #expect(booked.changedAt == clinic.clock.timestamp)
        #expect([booked.arrived, booked.started, booked.discharged] == [nil, nil, nil])
        #expect(try await ask(.today).entries.isEmpty)
        #expect(try await ask(.around(back: 0, ahead: 2)).entries.count == 2)
        let one = try await ask(
            .range(CalendarDateRange(try date("2026-03-03"))), chair: ChairID("2"))
        #expect(one.entries.map(\.appointment) == [hold])
    }

    /// Which chairs are named to who asks about one that nobody knows.
    private func chairs(
        insteadOf chair: String, knownAt: AsOf.Knowledge = .now
    ) async throws -> [String]? {
        do throws(ApplicationError) {
            _ = try await service(FixedSites([clinic.tenant: [clinic.site]])).calendar(
                CalendarQuestion(
                    site: clinic.site.id, dates: .today, chair: ChairID(chair), knownAt: knownAt),
                actor: clinic.actor())
            return nil
        } catch {
            guard case .refused(let refusal, _, _) = error,
                case .chairNotFound(ChairID(chair), let accepted) = refusal
            else { throw error }
            return accepted
        }
    }

    @Test func `a chair that nobody knows has no calendar, and those there are are named`()
        async throws
    {
        #expect(try await chairs(insteadOf: "9") == ["1", "2"])
        // Nothing is kept in them today; bookings name them all the same.
        #expect(try await chairs(insteadOf: "1") == nil)
        #expect(try await chairs(insteadOf: "2") == nil)
        #expect(
            try await chairs(insteadOf: "1", knownAt: .position(Position(1))) == [])
        clinic.clock.advance(hours: 1)
        try await clinic.send(
            .moveAppointment(appointment, to: slot("3", hours: 50)),
            to: .appointment(appointment))
        #expect(try await chairs(insteadOf: "9") == ["1", "2", "3"])
    }

    @Test func `a chair of an opened site is known before anybody is booked into it`() async throws
    {
        var plan = SitePlan(site: clinic.site.id, timeZone: "Europe/Rome")
        plan.chairs = [SitePlan.Chair(SiteChair(id: ChairID("7"), kind: .bed))]
        try await clinic.decide(.apply(plan))
        #expect(try await chairs(insteadOf: "7") == nil)
        #expect(try await chairs(insteadOf: "9") == ["1", "2", "7"])
    }

    @Test func `a hold says until when, and runs out by the moment that is asked about`()
        async throws
    {
        let day = CalendarQuestion.Dates.range(CalendarDateRange(try date("2026-03-03")))
        let held = try await ask(day).entries[1]
        #expect(held.status == .pending)
        #expect(held.heldUntil == clinic.clock.now.adding(minutes: 30))
        #expect(!held.isExpired)
        let before = clinic.clock.timestamp
        clinic.clock.advance(hours: 1)
        let untold = try await ask(day)
        #expect(untold.entries[1].status == .pending)
        #expect(untold.entries[1].isExpired)
        #expect(try await !ask(day, knownAt: .instant(before)).entries[1].isExpired)
        #expect(try await !ask(day, knownAt: .position(untold.position)).entries[1].isExpired)

        try await clinic.send(.expireHold(hold), to: .appointment(hold))
        let told = try await ask(day).entries[1]
        #expect(told.status == .cancelled)
        #expect(told.isExpired)
        #expect(told.heldUntil == nil)
        #expect(told.changes == 1)
        let asKnown = try await ask(day, knownAt: .position(untold.position))
        #expect(asKnown.position == untold.position)
        #expect(asKnown.entries[1].status == .pending)
    }

    @Test func `a moved visit is where it was, as it was known`() async throws {
        let third = CalendarQuestion.Dates.range(CalendarDateRange(try date("2026-03-03")))
        let fourth = CalendarQuestion.Dates.range(CalendarDateRange(try date("2026-03-04")))
        let before = try await ask(third).position
        clinic.clock.advance(hours: 1)
        try await clinic.send(
            .moveAppointment(appointment, to: slot("3", hours: 50)),
            to: .appointment(appointment))
        #expect(try await ask(third).entries.map(\.appointment) == [hold])
        let moved = try #require(try await ask(fourth).entries.first)
        #expect(moved.slot.chair == ChairID("3"))
        #expect(moved.changes == 1)
        #expect(moved.changedAt == clinic.clock.timestamp)
        #expect(
            try await ask(third, knownAt: .position(before)).entries.map(\.appointment)
                == [appointment, hold])
        #expect(try await ask(fourth, knownAt: .position(before)).entries.isEmpty)
    }

    @Test func `an arrival is told when it happened, however late it was recorded`() async throws {
        clinic.clock.advance(hours: 28)
        let arrived = slot("1", hours: 26).start.adding(minutes: -5)
        try await clinic.send(
            .recordArrival(appointment, at: arrived), to: .appointment(appointment))
        let entry = try #require(try await ask(.today).entries.first)
        #expect(entry.status == .arrived)
        #expect(entry.arrived == arrived)
        #expect(entry.changedAt == clinic.clock.timestamp)
    }

    @Test func `a site that was opened has its day beside, as it was known`() async throws {
        let before = try await ask(.today).position
        try await open()
        let answer = try await ask(.range(CalendarDateRange(try date("2026-03-03"))))
        let day = try #require(answer.days.first?.site)
        #expect(day.chairs.map(\.chair.id) == [ChairID("1")])
        #expect(answer.version > .none)
        #expect(answer.entries.count == 2)
        let then = try await ask(
            .range(CalendarDateRange(try date("2026-03-03"))), knownAt: .position(before))
        #expect(then.days.map(\.site) == [nil])
    }

    @Test func `today is that of the moment that is asked about, and never one to come`()
        async throws
    {
        let now = clinic.clock.now
        for (knownAt, date) in [
            (now.adding(hours: -48), "2026-02-28"), (now.adding(minutes: 5), "2026-03-02"),
            (Instant(microsecondsSinceUnixEpoch: -1), "1970-01-01"),
        ] {
            let instant = Timestamp(
                microsecondsSinceUnixEpoch: knownAt.microsecondsSinceUnixEpoch)
            let answer = try await ask(.today, knownAt: .instant(instant))
            #expect(answer.days.map(\.date) == [try self.date(date)])
        }
    }

    @Test func `what nobody knows yet is not answered as what is known now`() async throws {
        let head = try await ask(.today).position
        let behind = await #expect(throws: ApplicationError.self) {
            try await ask(.today, knownAt: .position(head.advanced(by: 1)))
        }
        guard case .beyondTheHead(head.advanced(by: 1), head: head) = behind else {
            Issue.record("refused with \(String(describing: behind))")
            return
        }
        #expect(try await ask(.today, knownAt: .position(head)).position == head)
        let tomorrow = Timestamp(
            microsecondsSinceUnixEpoch: clinic.clock.now.adding(hours: 24)
                .microsecondsSinceUnixEpoch)
        let toCome = await #expect(throws: ApplicationError.self) {
            try await ask(.today, knownAt: .instant(tomorrow))
        }
        guard case .stillToCome(tomorrow, head: head) = toCome else {
            Issue.record("refused with \(String(describing: toCome))")
            return
        }
    }

    @Test func `a date of 23 or of 25 hours is as long as it is`() async throws {
        for (text, minutes) in [("2026-03-29", 1_380), ("2026-10-25", 1_500)] {
            let answer = try await ask(.range(CalendarDateRange(try date(text))))
            #expect(answer.days[0].span?.minutes == Int64(minutes))
        }
    }

    @Test func `a visit over midnight is on both dates, and begins on one`() async throws {
        // From 23:30 to 01:00 in Rome.
        let late = AppointmentID(UUID())
        let third = OrderID(UUID())
        try await prescribe(third, to: try await clinic.register("3"))
        let start = slot("1", hours: 0).start.adding(minutes: 13 * 60 + 30)
        let slot = AppointmentSlot(
            site: clinic.site.id, chair: ChairID("9"), start: start,
            end: start.adding(minutes: 90))
        try await clinic.send(
            .bookAppointment(late, order: third, slot: slot), to: .order(third))
        let evening = try await ask(.today)
        #expect(evening.entries.map(\.appointment) == [late])
        #expect(evening.beginning.map(\.appointment) == [late])
        let next = try await ask(.range(CalendarDateRange(try date("2026-03-03"))))
        #expect(next.entries.map(\.appointment).contains(late))
        #expect(!next.beginning.map(\.appointment).contains(late))
        let both = try await ask(
            .range(
                try #require(
                    CalendarDateRange(
                        from: try date("2026-03-02"), to: try date("2026-03-03"), atMost: 7))))
        #expect(both.entries.count == 3)
        #expect(both.days.map { both.entries(on: $0).count } == [1, 3])
    }

    @Test func `nobody asks without the scope, and nobody knows other sites`() async throws {
        let error = await #expect(throws: ApplicationError.self) {
            try await ask(.today, actor: clinic.actor(without: [.appointmentRead]))
        }
        guard case .forbidden(.appointmentRead) = error else {
            Issue.record("expected forbidden, got \(String(describing: error))")
            return
        }
        let unknown = await #expect(throws: ApplicationError.self) {
            try await service(FixedSites([:])).calendar(
                CalendarQuestion(site: clinic.site.id, dates: .today), actor: clinic.actor())
        }
        guard case .notFound(let what) = unknown, what.contains("`ferrovia site apply`") else {
            Issue.record("expected notFound, got \(String(describing: unknown))")
            return
        }
    }

    @Test func `a range has its dates in order, and not too many`() throws {
        let first = try date("2026-03-01")
        #expect(CalendarDateRange(from: first, to: first, atMost: 1)?.dates == [first])
        #expect(CalendarDateRange(from: first, to: first.adding(days: -1), atMost: 7) == nil)
        let week = CalendarDateRange(from: first, to: first.adding(days: 6), atMost: 7)
        #expect(week?.dates.count == 7)
        #expect(CalendarDateRange(from: first, to: first.adding(days: 7), atMost: 7) == nil)
    }

    /// Puts the site's events into the patients' log, as in service.
    private func open() async throws {
        var plan = SitePlan(site: clinic.site.id, timeZone: "Europe/Rome")
        plan.chairs = [SitePlan.Chair(SiteChair(id: ChairID("1"), kind: .bed))]
        try await clinic.decide(.apply(plan))
    }
}

/// What becomes of the log's headings.
@Suite struct `The times of an appointment` {
    static let tenant = TenantID(UUID())
    static let start = Instant(microsecondsSinceUnixEpoch: 1_772_442_000_000_000)

    /// Events of one patient, as the log names them, each so many minutes after ``start``.
    static func entry(
        of types: [(EventType, minutes: Int64)], status: InfusionProjections.AppointmentStatus,
        ordered: EventType
    ) async throws -> CalendarEntry {
        let patient = PatientID(UUID())
        let log = InMemoryEventLog<NoChanges> {
            Timestamp(microsecondsSinceUnixEpoch: start.adding(hours: 9).microsecondsSinceUnixEpoch)
        }
        await log.open(tenant)
        let events = [(ordered, minutes: Int64(-1_000))] + types
        _ = try await log.append(
            [
                Append(
                    commandID: CommandID(UUID()), fingerprint: [1],
                    stream: PatientStream.id(of: patient), expected: .none,
                    events: events.map { type, minutes in
                        let at = start.adding(minutes: minutes).microsecondsSinceUnixEpoch
                        return EventData(
                            type: type.rawValue, payloadVersion: 1, payload: Array("{}".utf8),
                            effectiveAt: Timestamp(microsecondsSinceUnixEpoch: at))
                    },
                    metadata: EventMetadata(
                        actor: "nurse-1", correlationID: UUID(), causation: nil, ruleSet: "test"),
                    answer: [])
            ], tenant: tenant)
        let row = AppointmentRow(
            appointment: AppointmentID(UUID()), patient: patient, order: OrderID(UUID()),
            slot: AppointmentSlot(
                site: SiteID("main"), chair: ChairID("1"), start: start,
                end: start.adding(minutes: 90)),
            status: status, isOverridden: false, opened: Position(Int64(events.count)), closed: nil)
        let history = AppointmentHistory(
            current: row, revisions: (2...events.count).map { Position(Int64($0)) },
            ordered: Position(1))
        return try await CalendarEntryMaking(log: log, tenant: tenant, moment: start)
            .entries(of: [history])[0]
    }

    @Test func `are those of its events`() async throws {
        let entry = try await Self.entry(
            of: [
                (.appointmentBooked, -600), (.appointmentMoved, -500), (.patientArrived, -8),
                (.doseStarted, 12), (.patientDischarged, 85),
            ], status: .fulfilled, ordered: .infusionOrdered)
        #expect(entry.kind == .iron)
        #expect(entry.arrived == Self.start.adding(minutes: -8))
        #expect(entry.started == Self.start.adding(minutes: 12))
        #expect(entry.discharged == Self.start.adding(minutes: 85))
        #expect(entry.changes == 4)
        let learned = Self.start.adding(hours: 9).microsecondsSinceUnixEpoch
        #expect(entry.changedAt == Timestamp(microsecondsSinceUnixEpoch: learned))
    }

    @Test func `of red cells are when they were begun`() async throws {
        let entry = try await Self.entry(
            of: [(.appointmentBooked, -600), (.transfusionOrderFilled, 20)],
            status: .fulfilled, ordered: .transfusionOrdered)
        #expect(entry.kind == .redCells)
        #expect(entry.started == Self.start.adding(minutes: 20))
        #expect(entry.discharged == nil)
    }

    @Test func `are none where nobody came`() async throws {
        let missed = try await Self.entry(
            of: [(.appointmentBooked, -600), (.appointmentMissed, 0)], status: .noshow,
            ordered: .infusionOrdered)
        #expect([missed.arrived, missed.started, missed.discharged] == [nil, nil, nil])
        #expect(!missed.isExpired)
        let expired = try await Self.entry(
            of: [(.appointmentHeld, -600), (.holdExpired, -570)], status: .cancelled,
            ordered: .infusionOrdered)
        #expect(expired.isExpired)
        let cancelled = try await Self.entry(
            of: [(.appointmentHeld, -600), (.appointmentCancelled, -590)], status: .cancelled,
            ordered: .infusionOrdered)
        #expect(!cancelled.isExpired)
    }
}
