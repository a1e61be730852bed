import Foundation
import Infusion
import InfusionKnowledge
import Testing

@Suite struct DosingIntervalTests {
    private typealias Fixture = DosingFixture

    /// The problems of a dose on `day` after doses of `amount` on `days`, the whole course alike.
    private func check(
        _ id: String, _ amount: String, on day: Int, after days: [Int],
        _ indication: ClinicalContext = .general, weight: String = "70"
    ) -> [DosingProblem] {
        Fixture.row(id).check(
            Fixture.proposal(amount, on: day, after: days.map { Fixture.given(amount, on: $0) }),
            for: Fixture.subject(weight), indication: indication)
    }

    @Test func `U01: the second dose of Injectafer is at least 7 days after the first`() {
        #expect(
            check("FCM-US-2", "750", on: 6, after: [0])
                == [.intervalTooShort(days: 6, required: 7, earliest: Fixture.day(7))])
        #expect(check("FCM-US-2", "750", on: 7, after: [0]).isEmpty)
        #expect(check("FCM-US-2", "750", on: 400, after: [0]).isEmpty)
    }

    @Test func `the same date is too soon for every row`() {
        for row in Formulary.standard.rows {
            let problems = row.intervalProblems(
                Fixture.proposal("1", on: 3, after: [Fixture.given("1", on: 3)]),
                indication: .general)
            #expect(problems.contains { $0.gate == .interval && $0.severity == .hard }, "\(row.id)")
        }
    }

    @Test(arguments: [(12, nil as Severity?), (13, nil), (14, .soft), (15, .hard), (20, .hard)])
    func `U13: five Venofer doses within 14 days, a fifteenth is soft, later is hard`(
        _ last: Int, _ severity: Severity?
    ) {
        let problems = check("IS-US-NDD", "200", on: last, after: [0, 3, 6, 9], .ckdNonDialysis)
        let expected: [DosingProblem] =
            severity.map { [.intervalTooLong(days: last, allowed: 13, severity: $0)] } ?? []
        #expect(problems == expected)
    }

    @Test(arguments: [
        (2, false, false), (3, true, false), (5, true, false), (8, true, false), (9, false, true),
    ])
    func `Feraheme's window of 3 to 8 days is hard at both ends`(
        _ day: Int, _ passes: Bool, _ late: Bool
    ) {
        let problems = check("FMX-US", "510", on: day, after: [0])
        if passes {
            #expect(problems.isEmpty)
        } else if late {
            #expect(problems == [.intervalTooLong(days: 9, allowed: 8, severity: .hard)])
        } else {
            #expect(
                problems == [.intervalTooShort(days: 2, required: 3, earliest: Fixture.day(3))])
        }
        #expect(check("FMX-HD", "510", on: day, after: [0], .ckdHemodialysis).isEmpty == passes)
    }

    @Test(arguments: [(12, false), (13, true), (14, true)])
    func `two doses of 500 mg Venofer are at least 13 days apart`(_ day: Int, _ passes: Bool) {
        let problems = check("IS-US-NDD500", "500", on: day, after: [0], .ckdNonDialysis)
        #expect(problems.contains(.caution(.limitedExperience)))
        #expect(problems.filter { $0.severity == .hard }.isEmpty == passes)
    }

    @Test func `the peritoneal schedule takes 14 days each and 28 together`() {
        func third(_ day: Int, second: Int) -> [DosingProblem] {
            Fixture.row("IS-US-PDD").check(
                Fixture.proposal(
                    "400", on: day,
                    after: [Fixture.given("300", on: 0), Fixture.given("300", on: second)]),
                for: Fixture.subject(nil), indication: .ckdPeritonealDialysis)
        }
        #expect(third(28, second: 14).isEmpty)
        #expect(third(29, second: 14) == [.intervalTooLong(days: 29, allowed: 28, severity: .hard)])
        // After a second dose on day 15 no day is left, and none is named.
        #expect(
            third(28, second: 15)
                == [.intervalTooShort(days: 13, required: 14, earliest: nil)])
    }

    @Test func `weekly limits are rolling seven dates of all intravenous iron`() {
        let row = Fixture.row("FCM-EU-inf")
        func problems(_ day: Int, _ others: [AdministeredIron]) -> [DosingProblem] {
            row.check(
                Fixture.proposal("500", on: day, after: others), for: Fixture.subject("70"),
                indication: .general)
        }
        let first = [Fixture.given("600", on: 0)]
        let above = DosingProblem.aboveWeekly(Fixture.mg("1100"), limit: Fixture.mg("1000"))
        #expect(problems(6, first) == [above])
        #expect(problems(7, first).isEmpty)
        #expect(above.gate == .cumulativeDose)
        // A dose booked for later weighs as one given before.
        #expect(problems(0, [Fixture.given("600", on: 6)]) == [above])
        // 300 + 300 around the middle: neither side alone is above, the week across is.
        let around = [Fixture.given("300", on: 0), Fixture.given("300", on: 6)]
        #expect(problems(3, around) == [above])
        #expect(problems(3, [Fixture.given("300", on: 0), Fixture.given("300", on: 7)]).isEmpty)
        // Another course's iron counts, and there are 28 days between courses.
        let other = [Fixture.given("600", on: 0, inCourse: false)]
        #expect(problems(6, other).contains(above))
    }

    @Test func `a weekly limit in milligrams holds where the weight is not known`() {
        let problems = Fixture.row("FCM-EU-inf").check(
            Fixture.proposal("500", on: 6, after: [Fixture.given("600", on: 0)]),
            for: Fixture.subject(nil), indication: .general)
        let above = DosingProblem.aboveWeekly(Fixture.mg("1100"), limit: Fixture.mg("1000"))
        #expect(problems == [.missing(.weight), above])
    }

    @Test func `per kilogram, the week of Monofer holds 20 mg/kg`() {
        #expect(check("FDI-EU", "1000", on: 7, after: [0], weight: "50").isEmpty)
        let early = check("FDI-EU-bolus", "500", on: 4, after: [0, 2], weight: "50")
            .filter { $0 != .caution(.unverifiedRow) }
        #expect(early == [.aboveWeekly(Fixture.mg("1500"), limit: Fixture.mg("1000"))])
    }

    @Test func `at most three doses of Venofer in any seven dates`() {
        // 3 × 150 mg stays below the weekly milligrams; a fourth dose is one too many.
        func problems(_ day: Int) -> [DosingProblem] {
            check("IS-EU", "100", on: day, after: [0, 2, 4])
        }
        #expect(
            problems(6) == [.tooOftenInWeek(doses: 4, allowed: 3, earliest: Fixture.day(7))])
        #expect(problems(7).isEmpty)
        #expect(
            check("LMWID-EU", "200", on: 6, after: [0, 2, 4]).contains {
                $0 == .tooOftenInWeek(doses: 4, allowed: 3, earliest: Fixture.day(7))
            })
    }

    @Test(arguments: [
        ("IS-US-HDD", "100", 1, ClinicalContext.ckdHemodialysis),
        ("FCM-EU-HD", "200", 1, .ckdHemodialysis),
        ("SFG-US", "125", 1, .ckdHemodialysis), ("LMWID-US", "100", 1, .general),
        ("IS-EU-TDI", "400", 7, .general), ("FDI-EU", "400", 7, .general),
    ])
    func `a row's least interval`(
        _ id: String, _ amount: String, _ days: Int, _ indication: ClinicalContext
    ) {
        func hard(_ day: Int) -> [DosingProblem] {
            check(id, amount, on: day, after: [0], indication).filter { $0.severity == .hard }
        }
        #expect(
            hard(days - 1)
                .contains(
                    .intervalTooShort(
                        days: days - 1, required: days, earliest: Fixture.day(days))))
        #expect(hard(days).isEmpty)
    }

    @Test(arguments: [
        (ClinicalContext.ckdHemodialysis, 14), (.ckdNonDialysis, 28), (.ckdPeritonealDialysis, 28),
    ])
    func `children's maintenance is every 2 weeks on haemodialysis, else every 4`(
        _ indication: ClinicalContext, _ days: Int
    ) {
        func problems(_ day: Int) -> [DosingProblem] {
            Fixture.row("IS-US-paed").check(
                Fixture.proposal("15", on: day, after: [Fixture.given("15", on: 0)]),
                for: Fixture.subject("30", age: .years(10)), indication: indication)
        }
        #expect(
            problems(days - 1)
                == [.intervalTooShort(days: days - 1, required: days, earliest: Fixture.day(days))])
        #expect(problems(days).isEmpty)
        #expect(problems(85) == [.intervalTooLong(days: 85, allowed: 84, severity: .soft)])
    }

    @Test func `28 days lie between courses, or what the site sets`() {
        let row = Fixture.row("FCM-US-2")
        let earlier = [Fixture.given("750", on: 0, inCourse: false)]
        func problems(_ day: Int, _ days: Int = 28) -> [DosingProblem] {
            row.intervalProblems(
                ProposedDose(
                    amount: Fixture.mg("750"), date: Fixture.day(day), others: earlier,
                    plannedTotal: nil, minimumDaysBetweenCourses: days), indication: .general)
        }
        #expect(
            problems(27) == [.intervalTooShort(days: 27, required: 28, earliest: Fixture.day(28))])
        #expect(problems(28).isEmpty)
        #expect(problems(21, 21).isEmpty)
        // Never below the row's own interval.
        #expect(
            problems(6, 0) == [.intervalTooShort(days: 6, required: 7, earliest: Fixture.day(7))])
    }

    @Test(arguments: [
        (0, nil as Int?), (1, 42), (41, 42), (42, nil), (56, nil), (57, 77), (76, 77), (77, nil),
        (98, nil), (99, 161), (161, nil), (182, nil), (183, 245), (245, nil), (266, nil),
    ])
    func `the heart-failure plan has windows counted from day 1`(_ day: Int, _ next: Int?) {
        let subject = Fixture.subject("70", hb: "9.9")
        let others = day == 0 ? [] : [Fixture.given("500", on: 0)]
        let problems = Fixture.row("FCM-US-HF").check(
            Fixture.proposal("500", on: day, after: others), for: subject, indication: .heartFailure
        )
        let expected: [DosingProblem] =
            next.map { [.intervalTooShort(days: day, required: $0, earliest: Fixture.day($0))] }
            ?? []
        #expect(problems == expected)
    }

    @Test func `the heart-failure plan expires after week 38 and is never re-anchored`() {
        let row = Fixture.row("FCM-US-HF")
        func problems(_ day: Int, _ others: [AdministeredIron], planDay1: Int? = nil)
            -> [DosingProblem]
        {
            row.intervalProblems(
                Fixture.proposal("500", on: day, after: others, planDay1: planDay1),
                indication: .heartFailure)
        }
        #expect(
            problems(267, [Fixture.given("1000", on: 0)])
                == [.intervalTooLong(days: 267, allowed: 266, severity: .hard)])
        // A dose used the window of week 12; a second in it waits for week 24, whenever the first was.
        let twice = [Fixture.given("1000", on: 0), Fixture.given("500", on: 98)]
        #expect(
            problems(97, twice).contains(
                .intervalTooShort(days: 97, required: 161, earliest: Fixture.day(161))))
        // A maintenance order of its own counts from the plan's day 1, not from its first dose.
        #expect(problems(84, [], planDay1: 0).isEmpty)
        #expect(
            problems(100, [], planDay1: 0)
                == [.intervalTooShort(days: 100, required: 161, earliest: Fixture.day(161))])
    }

    @Test func `the first date that intervals and the weekly limit allow`() {
        let row = Fixture.row("FCM-EU-inf")
        let proposal = Fixture.proposal("700", on: 1, after: [Fixture.given("700", on: 0)])
        #expect(
            row.earliestDate(proposal, for: Fixture.subject("70"), indication: .general)
                == Fixture.day(7))
        let closed = Fixture.proposal("510", on: 9, after: [Fixture.given("510", on: 0)])
        #expect(
            Fixture.row("FMX-US").earliestDate(
                closed, for: Fixture.subject(nil), indication: .general) == nil)
    }

    @Test func `doses across the change of clocks count dates`() throws {
        // 2 March to 30 March 2026 spans Europe's last Sunday of March: 28 dates, one hour short.
        let first = try #require(CalendarDate("2026-03-02"))
        let last = try #require(CalendarDate("2026-03-30"))
        #expect(Fixture.day(0) == first)
        #expect(last.days(since: first) == 28)
    }

    @Test func `ages are completed months`() throws {
        let birth = try #require(CalendarDate("2025-10-31"))
        func age(_ text: String) throws -> Age {
            Age(birth: birth, on: try #require(CalendarDate(text)))
        }
        #expect(try age("2026-02-28") == .months(3))
        #expect(try age("2026-03-01") == .months(4))
        #expect(try age("2026-10-30") == .months(11))
        #expect(try age("2026-10-31") == .years(1))
        #expect(try age("2043-10-31") == .adult)
    }
}
