import EventStore
import Foundation
import Infusion
import InfusionApplication
import TestClinic
import Testing

/// Bookings at a site that keeps account of its vials, through the use cases.
@Suite("Bookings at a site with vials") struct StockServiceTests {
    private static let product = ProductKey("injectafer")
    private static let item = StockItem(product: product, vial: Milligrams(750))
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
            try await clinic.send(
                .orderInfusion(
                    OrderInfusion(
                        id: order, product: Self.product, dosingRow: DosingRowID("FCM-US-2"),
                        indication: .general, prescribed: [Milligrams(750), Milligrams(750)],
                        method: .labelCourse, targetHemoglobin: nil, stores: nil,
                        signature: Signature(prescriber: "Dr Bianchi", signedAt: clinic.clock.now))),
                to: .patient(patient))
            orders.append(order)
        }
        self.orders = orders
        try await clinic.decide(.openSite(clinic.site.id, timeZone: "Europe/Rome"))
        for chair in 1...4 {
            try await clinic.decide(
                .defineChair(SiteChair(id: ChairID("\(chair)"), kind: .recliner)))
        }
        let spans = [
            ClockSpan(
                from: try #require(ClockTime("08:00")), until: try #require(ClockTime("18:00")))
        ]
        try await clinic.decide(
            .setHours(
                WeeklyHours(
                    validFrom: try #require(CalendarDate("2026-03-01")),
                    days: Dictionary(
                        uniqueKeysWithValues: Weekday.allCases.map { ($0, spans) }))))
    }

    private func count(_ vials: Int) async throws {
        let clock = ZoneClock(try #require(TimeZone(identifier: "Europe/Rome")))
        try await clinic.decide(
            .countStock(
                StockCount(
                    item: Self.item, at: clock.localTime(of: clinic.clock.now),
                    lots: vials == 0 ? [] : [StockLot(vials: vials)])))
    }

    private func slot(_ order: Int, later minutes: Int64 = 0) -> AppointmentSlot {
        AppointmentSlot(
            site: clinic.site.id, chair: ChairID("\(order + 1)"),
            start: start.adding(minutes: minutes), end: start.adding(minutes: minutes + 60))
    }

    private func book(_ order: Int, override: CapacityOverride? = nil) -> CommandRequest {
        clinic.request(
            .bookAppointment(
                AppointmentID(UUID()), order: orders[order], slot: slot(order),
                override: override), to: .order(orders[order]))
    }

    /// `booked`, or what was in the way.
    private func outcome(_ request: CommandRequest) async throws -> String {
        do throws(ApplicationError) {
            _ = try await clinic.useCases.handle(request)
            return "booked"
        } catch {
            guard case .refused(let refusal, _, _) = error else { throw error }
            return refusal.code
        }
    }

    @Test func `of all who want the last vials as many get them as there are`() async throws {
        try await count(2)
        let outcomes = try await withThrowingTaskGroup(of: String.self) { group in
            for index in 0..<4 {
                let request = book(index)
                group.addTask { try await outcome(request) }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(outcomes.sorted() == ["booked", "booked", "stock-short", "stock-short"])
    }

    @Test func `who confirms finds the vial that a hold has kept for too long`() async throws {
        let kept = AppointmentID(UUID())
        func hold(_ id: AppointmentID, _ order: Int, minutes: Int) async throws {
            try await clinic.send(
                .holdAppointment(id, order: orders[order], slot: slot(order), minutes: minutes),
                to: .order(orders[order]))
        }
        func confirm() -> CommandRequest {
            clinic.request(.confirmAppointment(kept), to: .appointment(kept))
        }
        // Before anybody counted, it kept none.
        try await hold(kept, 0, minutes: 1_440)
        try await count(1)
        try await hold(AppointmentID(UUID()), 1, minutes: 15)
        #expect(try await outcome(confirm()) == "stock-short")
        clinic.clock.advance(hours: 1)
        #expect(try await outcome(confirm()) == "booked")
    }

    @Test func `without a count nothing is judged, and openings say so`() async throws {
        for index in 0..<4 { #expect(try await outcome(book(index)) == "booked") }
        let open = try await clinic.useCases.openings(
            OpeningsQuestion(
                site: clinic.site.id,
                visit: .kind(
                    .iron(Self.product, row: nil, dose: Milligrams(750), isFirst: true))),
            actor: clinic.actor())
        #expect(open.openings.notJudged.contains(.stock))
        #expect(!open.openings.openings.isEmpty)
    }

    /// There, kept, left, missing.
    private func numbers(_ account: StockAccount) -> [Int] {
        [account.onHand, account.kept, account.left, account.missing]
    }

    private func account(knownAt: AsOf.Knowledge = .now) async throws -> StockAccount? {
        try await clinic.sites.stock(
            of: clinic.site.id, knownAt: knownAt, actor: clinic.actor()
        ).accounts.first
    }

    @Test func `the account says for whom vials are kept, as it was known`() async throws {
        #expect(try await account() == nil)
        try await count(2)
        let appointment = AppointmentID(UUID())
        let booked = try await clinic.send(
            .bookAppointment(appointment, order: orders[0], slot: slot(0)), to: .order(orders[0]))
        #expect(try await outcome(book(1)) == "booked")
        let full = try #require(try await account())
        #expect(numbers(full) == [2, 2, 0, 0])
        let then = try #require(try await account(knownAt: .position(booked.position)))
        #expect(numbers(then) == [2, 1, 1, 0])
        do throws(ApplicationError) {
            _ = try await clinic.useCases.handle(book(2))
            Issue.record("accepted")
        } catch {
            guard case .refused(.stockShort(let shortage), _, _) = error else { throw error }
            #expect(
                shortage.vials
                    == [StockShortage.Vials(size: Milligrams(750), count: 1, left: 0)])
        }
        try await clinic.send(
            .cancelAppointment(appointment, reason: .patientRequest),
            to: .appointment(appointment))
        let freed = try #require(try await account())
        #expect(numbers(freed) == [2, 1, 1, 0])
        // The visit that stays has taken its vial.
        clinic.clock.advance(days: 2)
        let after = try #require(try await account())
        #expect(numbers(after) == [1, 0, 1, 0])
        // It is found to be broken.
        try await count(0)
        #expect(try await account()?.left == 0)
    }

    @Test func `what is given back is there for others`() async throws {
        try await count(1)
        let appointment = AppointmentID(UUID())
        try await clinic.send(
            .bookAppointment(appointment, order: orders[0], slot: slot(0)), to: .order(orders[0]))
        #expect(try await outcome(book(1)) == "stock-short")
        try await clinic.send(
            .cancelAppointment(appointment, reason: .patientRequest),
            to: .appointment(appointment))
        #expect(try await outcome(book(1)) == "booked")
    }

    @Test func `holds that have run out give way to who wants the vial`() async throws {
        try await count(1)
        try await clinic.send(
            .holdAppointment(
                AppointmentID(UUID()), order: orders[0], slot: slot(0), minutes: 30),
            to: .order(orders[0]))
        #expect(try await outcome(book(1)) == "stock-short")
        clinic.clock.advance(hours: 1)
        #expect(try await outcome(book(1)) == "booked")
    }

    @Test func `the vials of a hold that has run out are offered to others`() async throws {
        try await count(1)
        try await clinic.send(
            .holdAppointment(
                AppointmentID(UUID()), order: orders[0], slot: slot(0), minutes: 30),
            to: .order(orders[0]))
        let date = try #require(CalendarDate("2026-03-04"))
        func constraint() async throws -> OpeningConstraint? {
            try await clinic.useCases.openings(
                OpeningsQuestion(
                    site: clinic.site.id, visit: .order(orders[1]), first: date, last: date,
                    allowsFreshLabs: true), actor: clinic.actor()
            ).openings.days[0].constraint
        }
        #expect(try await constraint() == .stockShort)
        clinic.clock.advance(hours: 1)
        #expect(try await constraint() == nil)
    }

    @Test func `somebody may answer for a visit, which counts against the others`() async throws {
        try await count(1)
        #expect(try await outcome(book(0)) == "booked")
        let override = CapacityOverride(rules: [.stock], reason: .extraStock, role: .nurse)
        #expect(try await outcome(book(1, override: override)) == "booked")
        #expect(try await outcome(book(2)) == "stock-short")
        // Two were promised and two have come: the next finds the one that is left.
        try await clinic.decide(
            .recordDelivery(
                StockDelivery(
                    id: SiteEntryID("order-1"), item: Self.item,
                    on: try #require(CalendarDate("2026-03-03")), lot: StockLot(vials: 2))))
        #expect(try await outcome(book(2)) == "booked")
        #expect(try await outcome(book(3)) == "stock-short")
    }

    @Test func `openings name the vials, and are those that can be booked`() async throws {
        try await count(0)
        try await clinic.decide(
            .recordDelivery(
                StockDelivery(
                    id: SiteEntryID("order-1"), item: Self.item,
                    on: try #require(CalendarDate("2026-03-05")), lot: StockLot(vials: 1))))
        let answer = try await clinic.useCases.openings(
            OpeningsQuestion(
                site: clinic.site.id, visit: .order(orders[0]),
                first: CalendarDate("2026-03-03"), last: CalendarDate("2026-03-06"),
                allowsFreshLabs: true),
            actor: clinic.actor())
        #expect(
            answer.openings.days.map { $0.constraint == .stockShort } == [true, true, false, false])
        let opening = try #require(answer.openings.openings.first)
        let booking = clinic.request(
            .bookAppointment(AppointmentID(UUID()), order: orders[0], slot: opening.slot),
            to: .order(orders[0]))
        #expect(try await outcome(booking) == "booked")
    }
}
