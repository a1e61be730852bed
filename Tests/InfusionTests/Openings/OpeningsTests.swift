import Foundation
import InfusionKnowledge
import Testing

@testable import Infusion

/// What is offered for an order: by the site, by the patient's rules, best first.
@Suite("Openings") struct OpeningsTests {
    static let now = "2026-03-02 12:00"
    static let today = date("2026-03-02")

    /// Open every day from 08:00 to 16:00 in New York, two chairs, four nurses, from March to June.
    static func site(visits: [SiteCalendar.Visit] = []) throws -> SiteCalendar {
        var story = try SiteStory.open("08:00-16:00", in: "America/New_York")
        for days in 0..<100 {
            let day = date("2026-03-01").adding(days: days)
            let period = ClockSpan(stringLiteral: "08:00-16:00").period(on: day)
            try story.does(
                .planShift(
                    Shift(
                        SiteEntryID("day-\(day)"), period, .people(4),
                        roles: [.registeredNurse, .resuscitation])))
        }
        return try #require(SiteCalendar(of: story.state, visits: visits))
    }

    static func ask(
        _ visit: OpeningQuestion.Visit, _ story: Story, from first: CalendarDate = today,
        days: Int = 30, wishes: PatientWishes = PatientWishes(), freshLabs: Bool = false,
        limit: Int = 100, perDay: Int = 100, in site: SiteCalendar? = nil,
        of region: LabelRegion? = nil, at time: String = now
    ) throws -> Openings {
        try Openings(
            OpeningQuestion(
                visit: visit, first: first, last: first.adding(days: days - 1), wishes: wishes,
                allowsFreshLabs: freshLabs, limit: limit, perDay: perDay),
            in: try site ?? self.site(), given: story.state, at: region,
            context: story.clinic.context(now: story.clinic.at(time)))
    }

    static let ferumoxytol = given { story in
        story.patient(on: "2026-03-01")
        story.ordered(
            product: "feraheme", row: "FMX-US", prescribed: [510, 510], on: "2026-03-02")
    }

    /// The dates that have openings.
    private func dates(_ openings: Openings) -> [String] {
        openings.days.filter { $0.starts > 0 }.map { "\($0.date)" }
    }

    // MARK: Intervals

    @Test func `three to eight days mean both ends, after a dose that was given`() throws {
        var story = Self.ferumoxytol
        story.dose(1, 510, on: "2026-03-02")
        let found = try Self.ask(.order(id(1)), story, from: date("2026-03-03"))
        #expect(dates(found) == (5...10).map { "2026-03-\($0 < 10 ? "0" : "")\($0)" })
        #expect(found.due == date("2026-03-05"))
        for day in found.days where day.starts == 0 && day.date <= date("2026-03-20") {
            #expect(day.constraint == .interval, "\(day.date)")
        }
        #expect(found.openings.first?.date == date("2026-03-05"))
        #expect(found.openings.first?.rank.daysFromDue == 0)
    }

    @Test func `they mean both ends after a dose that is only booked, and before it`() throws {
        var story = Self.ferumoxytol
        story.does(
            .bookAppointment(
                id(1), order: id(1), slot: Act.slot(Clinic.newYork.at("2026-03-14 10:00"))),
            at: Self.now)
        let found = try Self.ask(.order(id(1)), story)
        #expect(
            dates(found) == [
                "2026-03-06", "2026-03-07", "2026-03-08", "2026-03-09", "2026-03-10", "2026-03-11",
                "2026-03-17", "2026-03-18", "2026-03-19", "2026-03-20", "2026-03-21", "2026-03-22",
            ])
        // The visit that is moved is not in its own way.
        let moved = try Self.ask(.order(id(1), moving: id(1)), story, days: 20)
        #expect(dates(moved).count == 20)
        #expect(moved.minutes == 90)
    }

    @Test func `every date that is offered can be booked`() throws {
        var story = Self.ferumoxytol
        story.dose(1, 510, on: "2026-03-02")
        for opening in try Self.ask(.order(id(1)), story, from: date("2026-03-03")).openings {
            story.when(.bookAppointment(id(9), order: id(1), slot: opening.slot), at: Self.now)
                .accepted()
        }
    }

    @Test func `a window that a booked visit keeps open is offered, as it can be booked`() throws {
        var story = given { story in
            story.patient(on: "2026-03-01")
            // Three to eight days apart (facts §1.2).
            story.ordered(
                product: "feraheme", row: "FMX-US", prescribed: [510, 510], on: "2026-03-02")
        }
        story.does(
            .bookAppointment(
                id(1), order: id(1), slot: Act.slot(Clinic.newYork.at("2026-03-10 10:00"))),
            at: Self.now)
        let found = try Self.ask(.order(id(1)), story, from: date("2026-03-03"))
        #expect(
            dates(found) == (3...7).map { "2026-03-0\($0)" } + (13...18).map { "2026-03-\($0)" })
    }

    @Test func `the intervals and the limit of a week rule out what a booking is refused for`()
        throws
    {
        // Ferinject: at most 1,000 mg in seven dates.
        var story = given(.rome) { story in
            story.patient(on: "2026-03-01")
            story.ordered(
                product: "ferinject", row: "FCM-EU-inf", prescribed: [500, 1000, 500],
                method: .simplifiedTable, on: "2026-03-02")
        }
        func slot(_ day: CalendarDate) -> AppointmentSlot {
            Act.slot(Clinic.newYork.at("\(day) 10:00"))
        }
        for (number, day) in [(1, "2026-03-10"), (2, "2026-03-24")] as [(UInt64, String)] {
            story.does(
                .bookAppointment(id(number), order: id(1), slot: slot(date(day))), at: Self.now)
        }
        let found = try Self.ask(
            .order(id(1)), story, from: date("2026-03-03"), freshLabs: true, perDay: 1)
        var ruledOut: Set<OpeningConstraint> = []
        for day in found.days where ![date("2026-03-10"), date("2026-03-24")].contains(day.date) {
            let booking = story.when(
                .bookAppointment(id(3), order: id(1), slot: slot(day.date)), at: Self.now)
            #expect((day.starts == 0) == (booking.refusal != nil), "\(day.date)")
            if let constraint = day.constraint { ruledOut.insert(constraint) }
        }
        #expect(ruledOut == [.weeklyLimit])
    }

    @Test func `an order without a dose to book, or one that is held, is refused as a booking is`()
        throws
    {
        var story = Self.ferumoxytol
        for (number, day) in [(1, "2026-03-04"), (2, "2026-03-08")] as [(UInt64, String)] {
            story.does(
                .bookAppointment(
                    id(number), order: id(1),
                    slot: Act.slot(Clinic.newYork.at("\(day) 10:00"))), at: Self.now)
        }
        #expect(throws: Refusal.orderFullyBooked(id(1), booked: 2, dosesLeft: 2)) {
            _ = try Self.ask(.order(id(1)), story)
        }
        var held = Self.ferumoxytol
        held.does(.holdOrder(id(1), reason: .awaitingLabs), at: Self.now)
        #expect(throws: Refusal.orderNotActive(id(1), status: "held")) {
            _ = try Self.ask(.order(id(1)), held)
        }
        #expect(throws: Refusal.orderNotFound(id(7))) {
            _ = try Self.ask(.order(id(7)), Self.ferumoxytol)
        }
    }

    // MARK: Results

    @Test func `a date by which the results are stale is not offered by itself`() throws {
        let story = Self.ferumoxytol
        let ages = Clinic.newYork.policy.diagnosis
        let last = date("2026-03-01").adding(
            days: min(ages.ironMaxAgeDays, ages.hemoglobinMaxAgeDays))
        let found = try Self.ask(.order(id(1)), story, days: 90)
        #expect(last < Self.today.adding(days: 89), "results outlive the period")
        for day in found.days where day.date <= last { #expect(day.starts > 0, "\(day.date)") }
        for day in found.days where day.date > last {
            #expect(day.constraint == .labsStale, "\(day.date)")
            let labs = try #require(day.freshLabs)
            #expect(labs.recheck == nil)
            #expect(labs.by == day.date)
            #expect(labs.analytes.contains(.hemoglobin) || labs.analytes.contains(.ferritin))
        }
        let fresh = try Self.ask(
            .order(id(1)), story, from: last.adding(days: 1), days: 5, freshLabs: true)
        #expect(dates(fresh).count == 5)
        #expect(fresh.openings.allSatisfy { $0.freshLabs?.by == $0.date })
    }

    @Test func `near a refused time, results are drawn anew only where they were for that one`()
        throws
    {
        let story = Self.ferumoxytol
        let ages = Clinic.newYork.policy.diagnosis
        let last = date("2026-03-01").adding(
            days: min(ages.ironMaxAgeDays, ages.hemoglobinMaxAgeDays))
        func near(_ refused: CalendarDate) throws -> [CalendarDate] {
            let first = last.adding(days: -2)
            return try Openings(
                OpeningQuestion(
                    visit: .order(id(1)), first: first, last: last.adding(days: 3),
                    nearest: Clinic.newYork.at("\(refused) 10:00"), limit: 100, perDay: 1),
                in: try Self.site(), given: story.state, at: nil,
                context: story.clinic.context(now: story.clinic.at(Self.now))
            ).openings.map(\.date).sorted()
        }
        #expect(try near(last) == (-2...0).map { last.adding(days: $0) })
        let refused = last.adding(days: 1)
        #expect(try near(refused) == (-2...3).map { last.adding(days: $0) })
    }

    @Test func `what is drawn on the first date it may be is good on the visit's`() throws {
        let ages = Clinic.newYork.policy.diagnosis
        let visit = date("2026-03-01").adding(
            days: max(ages.ironMaxAgeDays, ages.hemoglobinMaxAgeDays) + 2)
        let found = try Self.ask(
            .order(id(1)), Self.ferumoxytol, from: visit, days: 1, freshLabs: true)
        let labs = try #require(found.openings.first?.freshLabs)
        var story = Self.ferumoxytol
        for analyte in labs.analytes {
            story.lab(analyte, analyte == .hemoglobin ? 9 : 12, on: "\(labs.from)")
        }
        let again = try Self.ask(
            .order(id(1)), story, from: visit, days: 1, at: "\(labs.from) 12:00")
        #expect(again.openings.first?.freshLabs == nil)
        #expect(dates(again) == ["\(visit)"])
    }

    private func undrawn(
        _ context: ClinicalContext, ferritin: Decimal = 60, saturation: Decimal = 12
    ) -> Story {
        given { story in
            story.register(on: "2026-03-01")
            story.has([context], [.infection(active: false)], on: "2026-03-01")
            story.weighs(80, on: "2026-03-01")
            story.lab(.hemoglobin, 9, on: "2026-03-01")
            story.lab(.ferritin, ferritin, on: "2026-03-01")
            story.lab(.transferrinSaturation, saturation, on: "2026-03-01")
            story.ordered(
                product: "monoferric", row: "FDI-US", indication: context, prescribed: [1000],
                on: "2026-03-02")
        }
    }

    @Test func `a C-reactive protein that the context asks for is named and keeps nobody back`()
        throws
    {
        let found = try Self.ask(
            .order(id(1)), undrawn(.oncology), from: date("2026-03-05"), days: 1)
        let opening = try #require(found.openings.first)
        #expect(opening.freshLabs?.analytes == [.cReactiveProtein])
        #expect(opening.freshLabs?.recheck == nil)
        var story = undrawn(.oncology)
        story.lab(.cReactiveProtein, 2, on: "2026-03-02 09:30")
        let drawn = try Self.ask(.order(id(1)), story, from: date("2026-03-05"), days: 1)
        #expect(drawn.openings.first?.freshLabs == nil)
    }

    @Test func `one that the diagnosis turns on has to be drawn first`() throws {
        let found = try Self.ask(
            .order(id(1)), undrawn(.general), from: date("2026-03-05"), days: 1)
        #expect(found.days.map(\.constraint) == [.labsStale])
        #expect(found.days.first?.freshLabs?.analytes == [.cReactiveProtein])
        let fresh = try Self.ask(
            .order(id(1)), undrawn(.general), from: date("2026-03-05"), days: 1, freshLabs: true)
        #expect(fresh.openings.first?.freshLabs?.analytes == [.cReactiveProtein])
        // Below 30 it turns on nothing.
        let absolute = try Self.ask(
            .order(id(1)), undrawn(.general, ferritin: 20), from: date("2026-03-05"), days: 1)
        #expect(absolute.openings.first.map { $0.freshLabs == nil } == true)
    }

    @Test func `a result that an open recheck asks for in time is counted on`() throws {
        let story = given { story in
            story.patient(on: "2026-03-01")
            story.ordered(on: "2026-03-02")
            story.dose(1, 750, on: "2026-03-02")
        }
        // R2 asks for haemoglobin 14 days after the dose; that of 1 March is good for 28.
        let last = try Self.ask(.order(id(1)), story, from: date("2026-03-29"), days: 1)
        #expect(last.openings.first?.freshLabs == nil)
        #expect(!last.openings.isEmpty)
        let found = try Self.ask(.order(id(1)), story, from: date("2026-03-30"), days: 1)
        let labs = try #require(found.openings.first?.freshLabs)
        #expect(labs.analytes == [.hemoglobin])
        #expect(labs.recheck?.rule == .hemoglobinTrend)
        #expect(labs.from == Self.today)
        // The course closes 28 days after its last dose.
        let after = try Self.ask(.order(id(1)), story, from: date("2026-03-31"), days: 1)
        #expect(after.days.map(\.constraint) == [.orderNotActive])
    }

    // MARK: Rank

    @Test func `what suits the patient comes first, and nothing is ruled out`() throws {
        let wishes = PatientWishes(
            weekdays: [.thursday], hours: "10:00-12:00", transport: "09:30-14:00")
        let found = try Self.ask(
            .order(id(1)), Self.ferumoxytol, days: 7, wishes: wishes, limit: 1_000)
        let first = try #require(found.openings.first)
        #expect(first.date == date("2026-03-05"))
        #expect(first.slot.start == Clinic.newYork.at("2026-03-05 10:00"))
        #expect(first.rank.unmet.isEmpty)
        #expect(found.openings.map(\.rank.points) == found.openings.map(\.rank.points).sorted())
        let early = try #require(
            found.openings.first { $0.slot.start == Clinic.newYork.at("2026-03-04 08:00") })
        #expect(early.rank.unmet == [.weekdays, .hours, .transport])
        #expect(dates(found).count == 7)
    }

    @Test func `at most so many of a date, and so many in all`() throws {
        let found = try Self.ask(.order(id(1)), Self.ferumoxytol, limit: 5, perDay: 2)
        #expect(found.openings.count == 5)
        #expect(
            Dictionary(grouping: found.openings, by: \.date).values.allSatisfy { $0.count <= 2 })
    }

    @Test func `an emptier hour comes before a fuller one of the same date`() throws {
        let start = Clinic.newYork.at("2026-03-10 08:00")
        let visits = (0..<1).map { number in
            SiteCalendar.Visit(
                id(UInt64(70 + number)),
                slot: AppointmentSlot(
                    site: SiteID("main"), chair: "chair-1", start: start,
                    end: start.adding(minutes: 240)))
        }
        let found = try Self.ask(
            .minutes(60), Story(), from: date("2026-03-10"), days: 1,
            in: try Self.site(visits: visits))
        #expect(found.openings.first?.slot.start == Clinic.newYork.at("2026-03-10 12:00"))
        #expect(found.openings.first?.rank.loadPercent == 0)
        #expect(found.openings.last?.rank.loadPercent == 6)
    }

    @Test func `nothing is offered that is over`() throws {
        let found = try Self.ask(.order(id(1)), Self.ferumoxytol, days: 1)
        #expect(found.openings.allSatisfy { $0.slot.start >= Clinic.newYork.at(Self.now) })
        let evening = try Self.ask(
            .order(id(1)), Self.ferumoxytol, days: 1, at: "2026-03-02 15:35")
        #expect(evening.days.map(\.constraint) == [.afterLastStart])
    }
}
