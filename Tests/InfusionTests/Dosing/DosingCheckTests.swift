import Foundation
import Infusion
import Testing

@Suite struct DosingCheckTests {
    private typealias Fixture = DosingFixture

    private func check(
        _ id: String, _ doses: [String], _ subject: DosingSubject,
        _ indication: ClinicalContext = .general, plannedTotal: String? = nil
    ) -> [DosingProblem] {
        Fixture.row(id).check(
            prescribed: doses.map(Fixture.mg), for: subject, indication: indication,
            plannedTotal: plannedTotal.map(Fixture.mg))
    }

    @Test func `U01: two doses of 750 mg at 50 kg are the label's course`() {
        #expect(check("FCM-US-2", ["750", "750"], Fixture.subject("50")).isEmpty)
    }

    @Test(arguments: [
        ("FCM-US-1", "60", "900", "900.01"), ("FCM-US-1", "70", "1000", "1050"),
        ("FCM-US-lt50", "49.9", "748.5", "750"), ("FDI-US-lt50", "49.5", "990", "1000"),
        ("FDI-US", "50", "1000", "1001"), ("FCM-EU-inf", "34.9", "698", "700"),
    ])
    func `a dose above its limit is a hard problem, the limit itself none`(
        _ id: String, _ weight: String, _ limit: String, _ above: String
    ) {
        let subject = Fixture.subject(weight)
        #expect(check(id, [limit], subject).isEmpty)
        let problems = check(id, [above], subject)
        let expected = DosingProblem.doseAboveSingle(
            Fixture.mg(above), limit: Fixture.mg(limit))
        #expect(problems.contains(expected))
        #expect(expected.severity == .hard)
        #expect(expected.gate == .weightAndAge)
    }

    @Test func `a dose of nothing is refused`() {
        #expect(
            check("FDI-US", ["0"], Fixture.subject("60"))
                == [.doseNotPositive(.zero)])
    }

    @Test func `the course is limited by the label and by the order's own total`() {
        let subject = Fixture.subject("60")
        #expect(
            check("FCM-US-2", ["750", "750", "1"], subject)
                == [
                    .aboveCourse(Fixture.mg("1501"), limit: Fixture.mg("1500"), basis: .label),
                    .tooManyDoses(3, allowed: 2),
                ])
        let planned = check("FCM-EU-inf", ["1000", "600"], subject, plannedTotal: "1500")
        #expect(
            planned == [
                .aboveCourse(
                    Fixture.mg("1600"), limit: Fixture.mg("1500"), basis: .plannedTotal)
            ])
        #expect(planned.allSatisfy { $0.gate == .cumulativeDose && $0.severity == .hard })
    }

    /// Facts §1.2, FCM-US-1: 15 mg/kg, at most 1,000 mg, and one dose is one course.
    @Test(arguments: [("52", "780"), ("60", "900"), ("66.7", "1000"), ("70", "1000")])
    func `the course of the single-dose option goes by weight`(_ weight: String, _ most: String) {
        let subject = Fixture.subject(weight)
        let row = Fixture.row("FCM-US-1")
        #expect(check("FCM-US-1", [most], subject).isEmpty)
        let further = row.check(
            Fixture.proposal("1", on: 40, after: [Fixture.given(most, on: 0)]), for: subject,
            indication: .general)
        #expect(
            further.contains(
                .aboveCourse(
                    Fixture.mg(most) + Milligrams(1), limit: Fixture.mg(most), basis: .label)))
    }

    @Test func `the doses of a course are counted when they are ordered and when one is given`() {
        let problem = DosingProblem.tooManyDoses(2, allowed: 1)
        #expect(problem.severity == .hard)
        #expect(problem.gate == .cumulativeDose)
        let subject = Fixture.subject("60")
        #expect(check("FCM-US-1", ["250", "250"], subject) == [problem])
        let row = Fixture.row("FCM-US-1")
        func next(after others: [AdministeredIron]) -> [DosingProblem] {
            row.check(
                Fixture.proposal("250", on: 1, after: others), for: subject, indication: .general)
        }
        #expect(next(after: []).isEmpty)
        #expect(next(after: [Fixture.given("250", on: 0)]) == [problem])
        // A row of two has room for the second, and for no third.
        let two = Fixture.row("FCM-US-2")
        let first = Fixture.given("500", on: 0)
        let second = Fixture.given("500", on: 7)
        #expect(
            two.check(
                Fixture.proposal("500", on: 7, after: [first]), for: subject, indication: .general
            ).isEmpty)
        #expect(
            two.check(
                Fixture.proposal("500", on: 14, after: [first, second]), for: subject,
                indication: .general) == [.tooManyDoses(3, allowed: 2)])
    }

    @Test func `a stopped dose and the one that makes it up are one of the label's`() {
        let stopped = AdministeredIron(
            date: Fixture.day(0), amount: Fixture.mg("100"), inCourse: true, isStopped: true)
        let row = Fixture.row("FCM-US-1")
        let subject = Fixture.subject("60")
        #expect(
            row.check(
                Fixture.proposal("800", on: 1, after: [stopped]), for: subject,
                indication: .general
            ).isEmpty)
        let madeUp = Fixture.given("700", on: 1)
        #expect(
            row.check(
                Fixture.proposal("100", on: 2, after: [stopped, madeUp]), for: subject,
                indication: .general) == [.tooManyDoses(2, allowed: 1)])
    }

    @Test func `doses of another course are not counted`() {
        let earlier = Fixture.given("900", on: 0, inCourse: false)
        #expect(
            Fixture.row("FCM-US-1").check(
                Fixture.proposal("900", on: 28, after: [earlier]), for: Fixture.subject("60"),
                indication: .general
            ).isEmpty)
    }

    @Test func `the doses of a schedule have each their own limit`() {
        let subject = Fixture.subject("60")
        let context = ClinicalContext.ckdPeritonealDialysis
        #expect(check("IS-US-PDD", ["300", "300", "400"], subject, context).isEmpty)
        #expect(
            check("IS-US-PDD", ["400", "300", "300"], subject, context)
                == [.doseAboveSingle(Fixture.mg("400"), limit: Fixture.mg("300"))])
    }

    @Test func `an indication outside the label is soft, and so is an off-label row`() {
        let wrong = check("IS-US-NDD", ["200"], Fixture.subject("60"), .oncology)
        #expect(wrong == [.wrongContext(.oncology, labelled: [.ckdNonDialysis])])
        #expect(wrong.allSatisfy { $0.severity == .soft })
        let infusion = check("LMWID-US-TDI", ["1000"], Fixture.subject("60"))
        #expect(infusion == [.caution(.offLabelRow), .caution(.unverifiedRow)])
        #expect(infusion.allSatisfy { $0.severity == .soft })
    }

    @Test func `limited experience is said`() {
        #expect(
            check("IS-US-NDD500", ["500", "500"], Fixture.subject("60"), .ckdNonDialysis)
                == [.caution(.limitedExperience)])
    }

    @Test func `14 to 17 years on the adult rows of Ferinject is soft`() {
        let subject = Fixture.subject("50", age: .years(14))
        #expect(check("FCM-EU-inf", ["500"], subject) == [.caution(.unverifiedAge)])
        #expect(check("FCM-EU-inf", ["500"], Fixture.subject("50", age: .adult)).isEmpty)
    }

    @Test(arguments: [
        ("FCM-US-2", DosingInput.weight), ("FCM-US-lt50", .weight), ("FCM-EU-inf", .weight),
        ("FDI-EU", .weight), ("FCM-US-HF", .weight), ("FCM-US-HF", .hemoglobin),
        ("LMWID-US", .weight), ("SFG-US-paed", .weight), ("IS-EU", .age),
    ])
    func `what is needed and missing leaves the answer open`(_ id: String, _ input: DosingInput) {
        let subject = DosingSubject(
            age: input == .age ? nil : .years(17), weight: input == .weight ? nil : Kilograms(60),
            hemoglobin: input == .hemoglobin ? nil : GramsPerDeciliter(9))
        let problems = check(id, ["100"], subject)
        #expect(problems.contains(.missing(input)))
        #expect(DosingProblem.missing(input).isIndeterminate)
        #expect(DosingProblem.missing(input).severity == .hard)
    }

    @Test func `a flat dose asks for no weight`() {
        #expect(check("FMX-US", ["510", "510"], Fixture.subject(nil)).isEmpty)
    }

    @Test func `U06: heart failure at 70 kg and 9.9 takes 1,000 twice`() {
        let subject = Fixture.subject("70", hb: "9.9")
        #expect(check("FCM-US-HF", ["1000", "1000"], subject, .heartFailure).isEmpty)
    }

    @Test func `U07: at 69.9 kg and 14.0 week 6 gives nothing`() {
        let subject = Fixture.subject("69.9", hb: "14.0")
        #expect(check("FCM-US-HF", ["1000"], subject, .heartFailure).isEmpty)
        // The next dose of such a plan is the maintenance of week 12.
        #expect(check("FCM-US-HF", ["1000", "500"], subject, .heartFailure).isEmpty)
        #expect(
            check("FCM-US-HF", ["1000", "501"], subject, .heartFailure)
                == [.doseAboveSingle(Fixture.mg("501"), limit: Fixture.mg("500"))])
        // On its date in week 6 it is refused.
        let problems = Fixture.row("FCM-US-HF").check(
            Fixture.proposal("500", on: 42, after: [Fixture.given("1000", on: 0)]), for: subject,
            indication: .heartFailure)
        #expect(problems == [.doseAboveSingle(Fixture.mg("500"), limit: .zero)])
    }

    @Test func `a further order of a heart-failure plan holds what is left of it`() {
        func check(
            _ amounts: [String], day: Int, used: Set<Int>, weight: String = "80", hb: String = "9"
        ) -> [DosingProblem] {
            Fixture.row("FCM-US-HF").check(
                prescribed: amounts.map(Fixture.mg), for: Fixture.subject(weight, hb: hb),
                indication: .heartFailure, plannedTotal: nil,
                in: RunningPlan(day: day, used: used))
        }
        let tooMuch = [
            DosingProblem.doseAboveSingle(Fixture.mg("1000"), limit: Fixture.mg("500"))
        ]
        // Week 6 is still to come, and may be two weeks late.
        #expect(check(["1000", "500"], day: 10, used: [0]).isEmpty)
        #expect(check(["1000"], day: 56, used: [0]).isEmpty)
        #expect(check(["1000"], day: 57, used: [0]) == tooMuch)
        #expect(check(["1000"], day: 43, used: [0, 1]) == tooMuch)
        // The table leaves week 6 out: the next dose is the one of week 12.
        #expect(check(["1000"], day: 20, used: [0], weight: "69.9", hb: "12") == tooMuch)
        #expect(check(["500"], day: 20, used: [0], weight: "69.9", hb: "12").isEmpty)
        #expect(check(["500", "500", "500"], day: 70, used: [0, 1]).isEmpty)
        // Nothing is left, and nothing more than maintenance is allowed.
        #expect(check(["1000"], day: 260, used: [0, 1, 2, 3, 4]) == tooMuch)
    }

    @Test func `U09: heart failure with 15 g/dL is blocked, planned or current`() {
        let refusal = DosingProblem.hemoglobinOutside(
            Fixture.hb("15"), below: Fixture.hb("15"))
        #expect(
            check("FCM-US-HF", ["500"], Fixture.subject("80", hb: "15.0"), .heartFailure)
                .contains(refusal))
        #expect(
            check(
                "FCM-US-HF", ["500"], Fixture.subject("80", hb: "14.5", currentHb: "15"),
                .heartFailure) == [refusal])
        #expect(refusal.severity == .hard)
    }

    @Test func `heart failure above 15 mg/kg is pointed out`() {
        #expect(
            check("FCM-US-HF", ["1000"], Fixture.subject("40", hb: "9"), .heartFailure)
                == [.caution(.heartFailureAbove15PerKilogram)])
        #expect(
            check("FCM-US-HF", ["1000"], Fixture.subject("66.7", hb: "9"), .heartFailure).isEmpty)
    }

    @Test func `more than 1,500 mg of Monofer at once is pointed out`() {
        #expect(
            check("FDI-EU", ["1501"], Fixture.subject("90"))
                == [.caution(.derisomaltoseAbove1500)])
        #expect(check("FDI-EU", ["1500"], Fixture.subject("90")).isEmpty)
    }

    @Test func `every prescription is told all its problems at once`() {
        let problems = check("FDI-US", ["2000"], Fixture.subject("49.9", age: .years(17)))
        #expect(
            problems == [
                .belowAge(.years(17), required: .adult),
                .weightOutside(
                    Fixture.kg("49.9"), allowed: Fixture.row("FDI-US").population.weight),
                .doseAboveSingle(Fixture.mg("2000"), limit: Fixture.mg("1000")),
                .aboveCourse(Fixture.mg("2000"), limit: Fixture.mg("1000"), basis: .label),
            ])
    }
}
