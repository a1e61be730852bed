import Foundation
import Infusion
import Testing

/// R2, R3, R4 of facts §6, with.
@Suite struct `Rechecks after a dose` {
    /// One dose of 750 mg on 2 March 2026.
    func dosed(hemoglobin: Decimal = 9, _ amount: Decimal = 750) -> Story {
        given { story in
            story.patient(hemoglobin: hemoglobin, on: "2026-03-01")
            story.ordered(prescribed: [amount, 750], on: "2026-03-02")
            story.dose(1, amount, on: "2026-03-02")
        }
    }

    @Test func `the first dose opens trend, response and stores, counted from its end`() {
        let story = dosed()
        guard let end = story.state.doses.first?.end?.version else {
            Issue.record("no end")
            return
        }
        let expected: [(RecheckRule, String, String, String, version: Int)] = [
            (.symptomCheck, "2026-03-03", "2026-03-04", "2026-03-06", 3),
            (.hemoglobinTrend, "2026-03-16", "2026-03-16", "2026-04-06", 4),
            (.hemoglobinResponse, "2026-03-30", "2026-03-30", "2026-05-04", 3),
            (.ironStores, "2026-03-30", "2026-03-30", "2026-05-25", 1),
            (.phosphateSymptoms, "2026-03-12", "2026-03-16", "2026-03-30", 1),
            (.fullIronPanel, "2026-05-25", "2026-05-25", "2026-06-22", 1),
            (.generalSurveillance, "2026-03-03", "2026-06-01", "2026-07-01", 2),
        ]
        #expect(Set(story.state.openRechecks.keys.map(\.rule)) == Set(expected.map(\.0)))
        for (rule, earliest, due, overdue, version) in expected {
            let open = story.open(rule)
            #expect(open?.id == RecheckID(rule: rule, anchor: end))
            #expect(open?.earliest == date(earliest), "\(rule)")
            #expect(open?.due == date(due), "\(rule)")
            #expect(open?.overdueAfter == date(overdue), "\(rule)")
            #expect(open?.urgency == .routine)
            #expect(open?.ruleVersion == version, "\(rule)")
            #expect(open?.evidence.contains(end) == true)
        }
    }

    @Test func `the trend is for the anaemic, and for those of whom it is not known`() {
        #expect(dosed(hemoglobin: decimal("12.9")).open(.hemoglobinTrend) != nil)
        #expect(dosed(hemoglobin: 13).open(.hemoglobinTrend) == nil)
        #expect(dosed(hemoglobin: 13).open(.hemoglobinResponse) != nil)
    }

    @Test func `a result before the earliest day does not satisfy, one on it does and is cited`() {
        var story = dosed()
        story.lab(.hemoglobin, 10, on: "2026-03-15")
        #expect(story.open(.hemoglobinTrend) != nil)
        let outcome = story.when(
            .recordLabs([
                Act.result(50, .hemoglobin, decimal("10.1"), story.clinic.at("2026-03-16 00:05"))
            ]), at: "2026-03-16")
        #expect(
            outcome.closed == [
                RecheckClosed(
                    id: RecheckID(
                        rule: .hemoglobinTrend,
                        anchor: story.open(.hemoglobinTrend)?.id.anchor ?? .none),
                    reason: .satisfied, evidence: [story.state.version.next])
            ])
        #expect(outcome.after.openRechecks.keys.contains { $0.rule == .hemoglobinResponse })
    }

    @Test func `stores need ferritin and saturation both, after 28 days`() {
        var story = dosed()
        story.lab(.ferritin, 200, on: "2026-03-29")
        story.lab(.transferrinSaturation, 30, on: "2026-03-30")
        #expect(story.open(.ironStores) != nil)
        story.lab(.ferritin, 200, on: "2026-04-02")
        #expect(story.open(.ironStores) == nil)
    }

    @Test func `after a small dose stores may be seen from day 7`() {
        #expect(dosed(499).open(.ironStores)?.earliest == date("2026-03-09"))
        #expect(dosed(499).open(.ironStores)?.due == date("2026-03-30"))
        #expect(dosed(500).open(.ironStores)?.earliest == date("2026-03-30"))
    }

    @Test func `ferritin drawn during an infection does not answer for the stores`() {
        var story = dosed()
        story.has([.general], [.infection(active: true)], on: "2026-03-30")
        story.lab(.transferrinSaturation, 30, on: "2026-03-31")
        story.lab(.ferritin, 200, on: "2026-03-31")
        #expect(story.open(.ironStores) != nil)
        // Told late that the infection had passed before: the answer counts after all.
        story.does(
            .setClinicalContext(
                [.general], facts: [.infection(active: false)],
                at: story.clinic.at("2026-03-31 06:00")), at: "2026-04-02")
        #expect(story.open(.ironStores) == nil)
    }

    @Test func `a result is dated where the clinic is`() {
        // 03:30 UTC on 30 March is still the 29th in New York.
        var story = dosed()
        story.lab(.hemoglobin, 11, on: "2026-03-29 23:30")
        #expect(story.open(.hemoglobinResponse) != nil)
        story.lab(.hemoglobin, 11, on: "2026-03-30 00:10")
        #expect(story.open(.hemoglobinResponse) == nil)
    }

    @Test(arguments: [
        ("Europe/Rome", "2026-03-05", "2026-04-02"),
        ("Australia/Sydney", "2026-03-20", "2026-04-17"),
        ("Europe/Rome", "2028-02-10", "2028-03-09"),
    ])
    func `28 days later is 28 dates later, across clock changes and the leap day`(
        _ zone: String, _ first: String, _ due: String
    ) {
        let story = given(Clinic(zone: Clinic.zone(zone), region: .eu)) { story in
            story.patient(on: first)
            story.ordered(
                product: "ferinject", row: "FCM-EU-inf", prescribed: [1000, 1000],
                method: .simplifiedTable, on: first)
            story.noInfection(on: first)
            story.does(
                Act.start(1, 1000, at: story.clinic.at("\(first) 23:20")), at: "\(first) 23:20")
            story.does(
                .completeDose(Act.end(1, 1000, at: story.clinic.at("\(first) 23:40"))),
                at: "\(first) 23:40")
        }
        #expect(story.open(.hemoglobinResponse)?.due == date(due))
    }

    @Test func `haemoglobin below 8 makes the response urgent, below 7 an emergency`() {
        func urgency(_ value: String) -> Urgency? {
            var story = dosed()
            story.lab(.hemoglobin, decimal(value), on: "2026-03-10")
            return story.open(.hemoglobinResponse)?.urgency
        }
        #expect(urgency("8") == .routine)
        #expect(urgency("7.9") == .urgent)
        #expect(urgency("7") == .urgent)
        #expect(urgency("6.9") == .emergency)
    }
}

@Suite struct `Re-anchoring` {
    func dosed() -> Story {
        given { story in
            story.patient(on: "2026-03-01")
            story.ordered(on: "2026-03-02")
            story.dose(1, 750, on: "2026-03-02")
        }
    }

    @Test func `another dose takes over the rechecks of the one before`() {
        var story = dosed()
        let first = story.open(.hemoglobinResponse)?.id
        story.noInfection(on: "2026-03-09")
        story.does(
            Act.start(2, 750, at: story.clinic.at("2026-03-09 10:00")), at: "2026-03-09 10:00")
        // Nothing moves until it is known that iron went in.
        #expect(story.open(.hemoglobinResponse)?.id == first)
        let outcome = story.when(
            .completeDose(Act.end(2, 750, at: story.clinic.at("2026-03-09 10:30"))),
            at: "2026-03-09 10:30")
        #expect(outcome.closed.map(\.reason) == Array(repeating: .superseded, count: 6))
        #expect(
            outcome.opened.first { $0.id.rule == .hemoglobinResponse }?.due == date("2026-04-06"))
    }

    @Test func `a dose stopped before the first milligram moves nothing`() {
        var story = dosed()
        story.noInfection(on: "2026-03-09")
        let before = story.state.openRechecks.keys
        story.does(
            Act.start(2, 750, at: story.clinic.at("2026-03-09 10:00")), at: "2026-03-09 10:00")
        story.does(
            .stopDose(Act.end(2, 0, at: story.clinic.at("2026-03-09 10:01")), reason: .accessLost),
            at: "2026-03-09 10:01")
        // The visit's own check has asked how the patient is.
        #expect(
            Set(story.state.openRechecks.keys) == Set(before.filter { $0.rule != .symptomCheck }))
    }

    func transfuse(_ day: String, in story: Story) -> PatientCommand {
        .recordTransfusion(Transfusion(id: id(77), units: 1), at: story.clinic.at(day))
    }

    @Test func `a transfusion re-anchors what was not answered before it`() {
        var story = dosed()
        story.does(transfuse("2026-03-20", in: story), at: "2026-03-20")
        #expect(story.open(.hemoglobinResponse)?.due == date("2026-04-17"))
        #expect(
            story.open(.hemoglobinResponse)?.reason == "response-after-course-after-transfusion")
        #expect(story.open(.ironStores)?.earliest == date("2026-04-17"))
    }

    @Test func `a transfusion after the answer re-opens nothing`() {
        var story = dosed()
        story.lab(.hemoglobin, 11, on: "2026-03-31")
        story.does(transfuse("2026-04-05", in: story), at: "2026-04-05")
        #expect(story.open(.hemoglobinResponse) == nil)
        #expect(story.open(.ironStores) != nil)
    }

    @Test func `a transfusion told late re-opens what it makes invalid`() {
        var story = dosed()
        story.lab(.hemoglobin, 11, on: "2026-03-31")
        #expect(story.open(.hemoglobinResponse) == nil)
        story.does(transfuse("2026-03-20", in: story), at: "2026-04-05")
        #expect(story.open(.hemoglobinResponse)?.due == date("2026-04-17"))
    }

    @Test func `a corrected collection time takes the satisfaction back`() {
        var story = dosed()
        let result = story.lab(.hemoglobin, 11, on: "2026-03-31")
        let id = story.state.doses.first?.end?.version ?? .none
        let outcome = story.when(
            .correctLab(
                LabCorrected(
                    result: result, value: Decimal(11).of(.hemoglobin), status: .corrected,
                    collectedAt: story.clinic.at("2026-03-13"))), at: "2026-04-02")
        #expect(
            Set(outcome.opened.map(\.id)) == [
                RecheckID(rule: .hemoglobinResponse, anchor: id),
                RecheckID(rule: .hemoglobinTrend, anchor: id),
            ])
    }

    @Test func `a retracted result takes the satisfaction back`() {
        var story = dosed()
        let result = story.lab(.hemoglobin, 11, on: "2026-03-31")
        let retracted = story.when(
            .retractLab(LabRetracted(result: result, reason: .wrongPatient)), at: "2026-04-02")
        #expect(
            Set(retracted.opened.map(\.id.rule)) == [.hemoglobinTrend, .hemoglobinResponse])
        #expect(retracted.opened.allSatisfy { $0.overdueAfter < date("2026-05-05") })
    }

    @Test func `a dose told late anchors where it belongs`() {
        var story = dosed()
        let late = story.clinic.at("2026-03-09 10:00")
        story.noInfection(on: "2026-03-09")
        story.lab(.hemoglobin, 11, on: "2026-04-01")
        #expect(story.open(.hemoglobinResponse) == nil)
        story.does(Act.start(2, 750, at: late), at: "2026-04-02")
        story.does(
            .completeDose(Act.end(2, 750, at: late.adding(minutes: 20))), at: "2026-04-02")
        #expect(story.open(.hemoglobinResponse)?.due == date("2026-04-06"))
    }
}
