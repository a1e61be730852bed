import Foundation
import Infusion
import Testing

@Suite struct `G-INTERVAL, days between doses` {
    @Test func `six days are too few, seven are enough, counted in local dates`() {
        var story = given { story in
            story.patient(on: "2026-03-01")
            story.ordered(on: "2026-03-02")
            story.dose(1, 750, on: "2026-03-02")
        }
        story.noInfection(on: "2026-03-08")
        let finding = story.finding(.interval, at: "2026-03-08 23:30")
        #expect(finding?.verdict == .blocked)
        #expect(finding?.passesFrom == date("2026-03-09"))
        #expect(story.verdict(.interval, at: "2026-03-09 00:10") == .passed)
    }

    @Test func `a dose stopped after one milligram counts as a dose`() {
        var story = given { story in
            story.patient(on: "2026-03-01")
            story.ordered(on: "2026-03-02")
            story.does(
                Act.start(1, 750, at: story.clinic.at("2026-03-02 10:00")), at: "2026-03-02 10:00")
            story.does(
                .stopDose(
                    Act.end(1, 1, at: story.clinic.at("2026-03-02 10:02")), reason: .accessLost),
                at: "2026-03-02 10:02")
        }
        #expect(story.verdict(.interval, at: "2026-03-03 10:00") == .blocked)
        story.noInfection(on: "2026-03-09")
        #expect(story.verdict(.interval, at: "2026-03-09 10:00") == .passed)
    }

    /// Both clock changes of each zone, and a leap day, lie inside a week that counts seven days.
    @Test(arguments: [
        ("America/New_York", "2026-03-05"), ("America/New_York", "2026-10-29"),
        ("America/New_York", "2028-02-24"),
    ])
    func `a week across a clock change or a leap day is seven dates`(
        _ zone: String, _ first: String
    ) {
        let clinic = Clinic(zone: Clinic.zone(zone), region: .us)
        var story = given(clinic) { story in
            story.patient(on: first)
            story.ordered(on: first)
            story.noInfection(on: first)
            story.does(
                Act.start(1, 750, at: story.clinic.at("\(first) 23:30")), at: "\(first) 23:30")
            story.does(
                .stopDose(
                    Act.end(1, 750, at: story.clinic.at("\(first) 23:50")), reason: .accessLost),
                at: "\(first) 23:50")
        }
        let sixth = date(first).adding(days: 6).description
        let seventh = date(first).adding(days: 7).description
        story.noInfection(on: sixth)
        #expect(story.verdict(.interval, at: "\(sixth) 23:45") == .blocked)
        #expect(story.verdict(.interval, at: "\(seventh) 00:15") == .passed)
    }

    @Test(arguments: [
        ("Europe/Rome", "2026-03-26"), ("Europe/Rome", "2026-10-22"),
        ("Australia/Sydney", "2026-04-02"), ("Australia/Sydney", "2026-10-01"),
        ("Australia/Sydney", "2028-02-25"),
    ])
    func `the rolling week of the EU label counts dates too`(_ zone: String, _ first: String) {
        let clinic = Clinic(zone: Clinic.zone(zone), region: .eu)
        var story = given(clinic) { story in
            story.patient(on: first)
            story.ordered(
                product: "ferinject", row: "FCM-EU-inf", prescribed: [1000, 1000],
                method: .simplifiedTable, on: first)
            story.does(
                Act.start(1, 1000, at: story.clinic.at("\(first) 23:30")), at: "\(first) 23:30")
            story.does(
                .completeDose(Act.end(1, 1000, at: story.clinic.at("\(first) 23:50"))),
                at: "\(first) 23:50")
        }
        let sixth = date(first).adding(days: 6).description
        let seventh = date(first).adding(days: 7).description
        story.noInfection(on: sixth)
        let early = story.finding(.cumulativeDose, dose: 1000, at: "\(sixth) 23:45")
        #expect(early?.verdict == .blocked)
        #expect(early?.passesFrom == date(seventh))
        #expect(story.verdict(.cumulativeDose, dose: 1000, at: "\(seventh) 00:15") == .passed)
    }

    @Test func `ferumoxytol's second dose has a window with both ends`() {
        var story = given { story in
            story.patient(on: "2026-03-01")
            story.ordered(
                product: "feraheme", row: "FMX-US", prescribed: [510, 510], on: "2026-03-02")
            story.dose(1, 510, on: "2026-03-02")
        }
        let expected: [(String, Verdict)] = [
            ("2026-03-04", .blocked), ("2026-03-05", .passed), ("2026-03-10", .passed),
            ("2026-03-11", .blocked),
        ]
        for (day, verdict) in expected {
            story.noInfection(on: day)
            #expect(story.verdict(.interval, dose: 510, at: "\(day) 10:00") == verdict, "\(day)")
        }
    }

    @Test func `iron sucrose's fifth dose on day 14 is soft`() {
        var story = given { story in
            story.patient(.male, [.ckdNonDialysis], on: "2026-03-01")
            story.ordered(
                product: "venofer-us", row: "IS-US-NDD", indication: .ckdNonDialysis,
                prescribed: [200, 200, 200, 200, 200], on: "2026-03-02")
            for (number, day) in ["2026-03-02", "2026-03-05", "2026-03-08", "2026-03-11"]
                .enumerated()
            {
                story.dose(UInt64(number + 1), 200, on: day)
            }
        }
        story.noInfection(on: "2026-03-15")
        #expect(story.verdict(.interval, dose: 200, at: "2026-03-15 10:00") == .passed)
        let late = story.finding(.interval, dose: 200, at: "2026-03-16 10:00")
        #expect(late?.verdict == .blocked)
        #expect(late?.severity == .soft)
    }

    @Test func `28 days lie between two courses`() {
        var story = given { story in
            story.patient(on: "2026-03-01")
            story.ordered(row: "FCM-US-1", prescribed: [1000], on: "2026-03-02")
            story.dose(1, 1000, on: "2026-03-02")
            story.ordered(
                2, product: "venofer-us", row: "IS-US-NDD", prescribed: [200], on: "2026-03-10")
        }
        story.noInfection(on: "2026-03-29")
        story.weighs(80, on: "2026-03-29")
        let finding = story.finding(.interval, dose: 200, order: 2, at: "2026-03-29 10:00")
        #expect(finding?.verdict == .blocked)
        #expect(finding?.passesFrom == date("2026-03-30"))
        #expect(story.verdict(.interval, dose: 200, order: 2, at: "2026-03-30 10:00") == .passed)
    }
}

@Suite struct `G-CUM and G-WTAGE` {
    @Test func `the course total counts what was given, not what was planned`() {
        var story = given { story in
            story.patient(on: "2026-03-01")
            story.ordered(on: "2026-03-02")
            story.does(
                Act.start(1, 750, at: story.clinic.at("2026-03-02 10:00")), at: "2026-03-02 10:00")
            story.does(
                .stopDose(
                    Act.end(1, 300, at: story.clinic.at("2026-03-02 10:20")), reason: .accessLost),
                at: "2026-03-02 10:20")
            story.dose(2, 750, on: "2026-03-09")
        }
        story.noInfection(on: "2026-03-16")
        #expect(story.verdict(.cumulativeDose, dose: 450, at: "2026-03-16 10:00") == .passed)
        story.when(Act.start(3, 451, at: story.clinic.at("2026-03-16")), at: "2026-03-16")
            .refused(field: "planned")
    }

    @Test func `a patient too young, too light or too heavy for the row is refused the order`() {
        func order(born: String, weight: Decimal, row: String, _ dose: Decimal) -> Outcome {
            given { story in
                story.register(born: born, on: "2026-03-01")
                story.has([.general], [.infection(active: false)], on: "2026-03-01")
                story.weighs(weight, on: "2026-03-01")
                story.diagnosed(on: "2026-03-01")
            }.when(
                Act.order(
                    row: row, prescribed: [dose], signed: Clinic.newYork.at("2026-03-02 09:00")),
                at: "2026-03-02 09:00")
        }
        order(born: "1970-01-01", weight: decimal("49.9"), row: "FCM-US-2", 500)
            .shutAmongOthers([.weightAndAge])
        order(born: "1970-01-01", weight: 50, row: "FCM-US-2", 750).accepted()
        order(born: "1970-01-01", weight: 50, row: "FCM-US-lt50", 500)
            .shutAmongOthers([.weightAndAge])
        order(born: "2008-03-03", weight: 60, row: "FCM-US-1", 500).shutAmongOthers([.weightAndAge])
        order(born: "2008-03-02", weight: 60, row: "FCM-US-1", 900).accepted()
        order(born: "2008-03-02", weight: 60, row: "FCM-US-1", 901).shutAmongOthers([.weightAndAge])
    }

    @Test func `a weight is good for 30 days, near a limit for the day itself`() {
        func verdict(_ weight: Decimal, on day: String) -> Verdict? {
            given { story in
                story.register(on: "2026-01-01")
                story.has([.general], [.infection(active: false)], on: "2026-03-01")
                story.weighs(weight, on: day)
                story.diagnosed(on: "2026-03-01")
                story.ordered(prescribed: [500], on: "2026-03-02")
            }.verdict(.weightAndAge, dose: 500, at: "2026-03-02 10:00")
        }
        #expect(verdict(80, on: "2026-01-31") == .passed)
        #expect(verdict(80, on: "2026-01-30") == .indeterminate)
        #expect(verdict(decimal("52.1"), on: "2026-03-01") == .passed)
        #expect(verdict(52, on: "2026-03-01") == .indeterminate)
        #expect(verdict(52, on: "2026-03-02") == .passed)
    }

    @Test func `a weight that is too old is shown with its date, its limit and the reason`() {
        func weight(_ kilograms: Decimal, on day: String) -> [String: Infusion.Predicate] {
            let finding = given { story in
                story.register(on: "2026-01-01")
                story.has([.general], [.infection(active: false)], on: "2026-03-01")
                story.weighs(kilograms, on: day)
                story.diagnosed(on: "2026-03-01")
                story.ordered(prescribed: [500], on: "2026-03-02")
            }.finding(.weightAndAge, dose: 500, at: "2026-03-02 10:00")
            #expect(finding?.nextStep == "measure")
            return Dictionary(
                (finding?.predicates ?? []).map { ($0.name, $0) }, uniquingKeysWith: { $1 })
        }
        let near = weight(decimal("51.4"), on: "2026-02-28")
        #expect(near["weight"]?.value == "51.4")
        #expect(near["weighed-on"]?.value == "2026-02-28")
        #expect(near["weight-age"]?.value == "2")
        #expect(near["weight-age"]?.threshold == "0")
        #expect(near["weight-age"]?.holds == false)
        #expect(
            near["weight-age"]?.source.hasPrefix("of the same day within 2 kg of 50 kg: ") == true)
        let old = weight(80, on: "2026-01-30")
        #expect(old["weight-age"]?.value == "31")
        #expect(old["weight-age"]?.threshold == "30")
    }

    @Test func `a weight of less than 50 kg is asked for on the day, and none at all is missing`() {
        let light = given { story in
            story.register(on: "2026-01-01")
            story.weighs(45, on: "2026-03-01")
            story.diagnosed(on: "2026-03-01")
            story.ordered(row: "FCM-US-lt50", prescribed: [500], on: "2026-03-02")
        }.finding(.weightAndAge, dose: 500, at: "2026-03-02 10:00")
        #expect(light?.predicates.last?.source.hasPrefix("of the same day below 50 kg: ") == true)
        let none = given { story in
            story.register(on: "2026-01-01")
            story.diagnosed(on: "2026-03-01")
            story.ordered(prescribed: [500], on: "2026-03-02")
        }.finding(.weightAndAge, dose: 500, at: "2026-03-02 10:00")
        #expect(none?.predicates.map(\.name) == ["weight"])
        #expect(none?.predicates.map(\.holds) == [nil])
    }

    @Test func `an indication outside the label is soft`() {
        let finding = given { story in
            story.patient(on: "2026-03-01")
            story.ordered(
                product: "venofer-us", row: "IS-US-NDD", prescribed: [200], on: "2026-03-02")
        }.finding(.weightAndAge, dose: 200, at: "2026-03-02 10:00")
        #expect(finding?.verdict == .blocked)
        #expect(finding?.severity == .soft)
    }

    @Test func `a dose told late is judged with the doses after it`() {
        var story = given { story in
            story.patient(on: "2026-03-01")
            story.ordered(on: "2026-03-02")
            story.dose(1, 750, on: "2026-03-12")
        }
        story.noInfection(on: "2026-03-12")
        let past = story.clinic.at("2026-03-06 10:00")
        story.when(Act.start(2, 750, at: past), at: "2026-03-12 12:00").shut([.interval])
        let enough = story.clinic.at("2026-03-05 10:00")
        story.when(Act.start(2, 750, at: enough), at: "2026-03-12 12:00").accepted()
    }
}

/// Facts §1.2, §4 G-CUM: one dose is one course.
@Suite struct `The doses of a course` {
    @Test func `are no more than the label's when they are ordered`() {
        let story = given { $0.patient(weight: 55, on: "2026-03-01") }
        story.when(
            Act.order(
                row: "FCM-US-1", prescribed: [825, 175],
                signed: Clinic.newYork.at("2026-03-02 09:00")), at: "2026-03-02 09:00"
        ).shutAmongOthers([.cumulativeDose])
    }

    @Test func `nor when one is given, and the rest of a stopped one is no second`() {
        let ordered = given { story in
            story.patient(weight: 60, on: "2026-03-01")
            story.ordered(row: "FCM-US-1", prescribed: [900], on: "2026-03-02")
        }
        var half = ordered
        half.dose(1, 450, on: "2026-03-02")
        #expect(half.verdict(.cumulativeDose, dose: 450, at: "2026-03-03 10:00") == .blocked)
        let finding = half.finding(.cumulativeDose, dose: 450, at: "2026-03-03 10:00")
        #expect(finding?.severity == .hard)
        #expect(finding?.predicates.map(\.name) == ["doses-in-course"])
        var stopped = ordered
        stopped.does(
            Act.start(1, 900, at: stopped.clinic.at("2026-03-02 10:00")), at: "2026-03-02 10:00")
        stopped.does(
            .stopDose(
                Act.end(1, 450, at: stopped.clinic.at("2026-03-02 10:20")), reason: .accessLost),
            at: "2026-03-02 10:20")
        #expect(stopped.verdict(.cumulativeDose, dose: 450, at: "2026-03-03 10:00") == .passed)
    }
}

/// Facts §4: by product and indication, whatever the row.
@Suite struct `G-HF15` {
    private func order(_ row: String, hemoglobin: Decimal, for indication: ClinicalContext)
        -> Outcome
    {
        given { story in
            story.patient(.male, [.heartFailure], hemoglobin: hemoglobin, on: "2026-03-01")
        }.when(
            Act.order(
                row: row, indication: indication, prescribed: [500],
                signed: Clinic.newYork.at("2026-03-02 09:00")), at: "2026-03-02 09:00")
    }

    @Test(arguments: ["FCM-US-HF", "FCM-US-2", "FCM-US-1"])
    func `refuses an order for heart failure from 15 g/dL on`(_ row: String) {
        order(row, hemoglobin: 15, for: .heartFailure).shutAmongOthers([.heartFailureHemoglobin])
        order(row, hemoglobin: decimal("15.5"), for: .heartFailure)
            .shutAmongOthers([.heartFailureHemoglobin])
        order(row, hemoglobin: decimal("14.9"), for: .heartFailure).accepted()
    }

    @Test func `does not ask what is given for anaemia`() {
        order("FCM-US-2", hemoglobin: 15, for: .general).accepted()
    }

    @Test func `shuts a dose of another row where haemoglobin rose before it`() {
        var story = given { story in
            story.patient(.male, [.heartFailure], hemoglobin: 12, on: "2026-03-01")
            story.ordered(indication: .heartFailure, prescribed: [750], on: "2026-03-02")
        }
        story.lab(.hemoglobin, decimal("15.5"), on: "2026-03-02 09:30")
        let finding = story.finding(
            .heartFailureHemoglobin, dose: 750, at: "2026-03-02 10:00")
        #expect(finding?.verdict == .blocked)
        #expect(finding?.severity == .hard)
    }
}
