import Foundation
import Infusion
import Testing

/// G-DX: facts §3, §3.1.
@Suite struct `G-DX, the diagnosis` {
    /// Registered, weighed and ordered on 2 March 2026; without any result but haemoglobin.
    func patient(
        _ contexts: Set<ClinicalContext> = [.general], indication: ClinicalContext = .general,
        facts: [ClinicalFact] = [], _ labs: (inout Story) -> Void = { _ in }
    ) -> Story {
        given { story in
            story.register(on: "2025-11-01")
            story.has(contexts, [.infection(active: false)] + facts, on: "2026-03-01")
            story.weighs(80, on: "2026-03-01")
            story.lab(.hemoglobin, 9, on: "2026-03-01")
            labs(&story)
            story.ordered(indication: indication, on: "2026-03-02")
        }
    }

    func patient(_ labs: (inout Story) -> Void) -> Story { patient([.general], labs) }

    let now = "2026-03-02 10:00"

    func markers(
        _ ferritin: Decimal, _ saturation: Decimal, crp: Decimal? = nil,
        on day: String = "2026-03-01"
    )
        -> (inout Story) -> Void
    {
        { story in
            story.lab(.ferritin, ferritin, on: day)
            story.lab(.transferrinSaturation, saturation, on: day)
            if let crp { story.lab(.cReactiveProtein, crp, on: day) }
        }
    }

    @Test func `missing ferritin, saturation or haemoglobin is indeterminate, never passed`() {
        #expect(patient().verdict(.diagnosis, at: now) == .indeterminate)
        #expect(
            patient { $0.lab(.ferritin, 12, on: "2026-03-01") }.verdict(.diagnosis, at: now)
                == .indeterminate)
        #expect(
            patient { $0.lab(.transferrinSaturation, 8, on: "2026-03-01") }
                .verdict(.diagnosis, at: now) == .indeterminate)
        #expect(patient(markers(12, 8)).verdict(.diagnosis, at: now) == .passed)
        #expect(patient().finding(.diagnosis, at: now)?.nextStep == "order-labs")
    }

    @Test func `general, at the boundaries of ferritin 30 and 100 and saturation 20`() {
        let cases: [(String, String, Decimal?, Verdict, Severity)] = [
            ("29.9", "8", 2, .passed, .hard),
            ("30", "19.9", 6, .passed, .hard),
            ("30", "19.9", 5, .blocked, .soft),
            ("30", "19.9", nil, .indeterminate, .hard),
            ("99.9", "20", 6, .blocked, .hard),
            // Sequestration is G-SEQ's to judge.
            ("100", "19.9", 6, .passed, .hard),
            ("100", "20", 2, .blocked, .hard),
        ]
        for (ferritin, saturation, crp, verdict, severity) in cases {
            let story = patient(markers(decimal(ferritin), decimal(saturation), crp: crp))
            let finding = story.finding(.diagnosis, at: now)
            #expect(finding?.verdict == verdict, "\(ferritin) \(saturation)")
            #expect(finding?.severity == severity, "\(ferritin) \(saturation)")
        }
    }

    @Test(arguments: [
        ("100", "19.9", 6, Verdict.blocked, Severity.soft), ("100", "19.9", 100, .blocked, .soft),
        ("100", "19.9", 101, .blocked, .hard), ("99.9", "19.9", 101, .passed, .hard),
        ("100", "20", 6, .passed, .soft),
    ])
    func `sequestration is soft, hard with a very high C-reactive protein`(
        ferritin: String, saturation: String, crp: Int, verdict: Verdict, severity: Severity
    ) {
        let story = patient(markers(decimal(ferritin), decimal(saturation), crp: Decimal(crp)))
        let finding = story.finding(.sequestration, at: now)
        #expect(finding?.verdict == verdict)
        #expect(finding?.severity == severity)
    }

    @Test
    func `what is not deficient or replete is no iron deficiency, unless the context may start`() {
        func verdict(_ ferritin: String, _ saturation: String) -> Verdict? {
            patient(markers(decimal(ferritin), decimal(saturation), crp: 2))
                .verdict(.notIronDeficiency, at: now)
        }
        #expect(verdict("29.9", "20") == .passed)
        #expect(verdict("30", "20") == .blocked)
        #expect(verdict("100", "20") == .blocked)
        let kidney = patient(
            [.ckdHemodialysis], indication: .ckdHemodialysis,
            markers(decimal("400"), decimal("28"), crp: 2))
        #expect(kidney.verdict(.notIronDeficiency, at: now) == .passed)
    }

    @Test func `SEED-A, in oncology up to ferritin 100 with a low saturation`() {
        func oncology(_ ferritin: String, _ saturation: String) -> Verdict? {
            patient(
                [.oncology], indication: .oncology,
                markers(decimal(ferritin), decimal(saturation), crp: 2)
            ).verdict(.diagnosis, at: now)
        }
        #expect(oncology("100", "15") == .passed)
        #expect(oncology("100.1", "15") == .passed)
        #expect(oncology("800.1", "15") == .blocked)
    }

    @Test func `markers are good for 56 days, in oncology for 28`() {
        #expect(patient(markers(12, 8, on: "2026-01-05")).verdict(.diagnosis, at: now) == .passed)
        #expect(
            patient(markers(12, 8, on: "2026-01-04")).verdict(.diagnosis, at: now) == .indeterminate
        )
        func oncology(_ day: String) -> Verdict? {
            patient([.oncology], indication: .oncology, markers(12, 8, crp: 2, on: day))
                .verdict(.diagnosis, at: now)
        }
        #expect(oncology("2026-02-02") == .passed)
        #expect(oncology("2026-02-01") == .indeterminate)
    }

    @Test func `haemoglobin is good for 28 days, in chemotherapy for 7, before surgery for 14`() {
        func old(_ day: String, _ contexts: Set<ClinicalContext>, _ facts: [ClinicalFact] = [])
            -> Verdict?
        {
            var story = given { story in
                story.register(on: "2025-11-01")
                story.has(contexts, [.infection(active: false)] + facts, on: "2026-03-01")
                story.weighs(80, on: "2026-03-01")
                story.lab(.hemoglobin, 9, on: day)
                story.lab(.ferritin, 12, on: "2026-03-01")
                story.lab(.transferrinSaturation, 8, on: "2026-03-01")
            }
            story.ordered(indication: contexts.first ?? .general, on: "2026-03-02")
            return story.verdict(.diagnosis, at: now)
        }
        #expect(old("2026-02-02", [.general]) == .passed)
        #expect(old("2026-02-01", [.general]) == .indeterminate)
        let chemotherapy = [ClinicalFact.therapy(.chemotherapy, active: true)]
        #expect(old("2026-02-23", [.oncology], chemotherapy) == .passed)
        #expect(old("2026-02-22", [.oncology], chemotherapy) == .indeterminate)
        #expect(old("2026-02-16", [.preOperative]) == .passed)
        #expect(old("2026-02-15", [.preOperative]) == .indeterminate)
    }

    @Test func `saturation is computed from iron of the same specimen`() {
        // 40 µg/dL over 320 mg/dL of transferrin is 8.9 % (R-40).
        let same = patient { story in
            story.lab(.ferritin, 12, on: "2026-03-01")
            story.lab(.iron, 40, on: "2026-03-01")
            story.lab(.transferrin, 320, on: "2026-03-01")
        }
        #expect(same.verdict(.diagnosis, at: now) == .passed)
        let other = patient { story in
            story.lab(.ferritin, 12, on: "2026-03-01")
            story.lab(.iron, 40, on: "2026-03-01")
            story.lab(.transferrin, 320, on: "2026-02-28")
        }
        #expect(other.verdict(.diagnosis, at: now) == .indeterminate)
    }

    @Test func `preliminary and retracted results decide nothing`() {
        let preliminary = patient { story in
            story.lab(.ferritin, 12, on: "2026-03-01", status: .preliminary)
            story.lab(.transferrinSaturation, 8, on: "2026-03-01")
        }
        #expect(preliminary.verdict(.diagnosis, at: now) == .indeterminate)
        var retracted = patient(markers(12, 8))
        guard let ferritin = retracted.state.labs.first(where: { $0.analyte == .ferritin })?.id
        else {
            Issue.record("no ferritin")
            return
        }
        retracted.does(
            .retractLab(LabRetracted(result: ferritin, reason: .wrongPatient)), at: now)
        #expect(retracted.verdict(.diagnosis, at: now) == .indeterminate)
    }

    @Test func `during an infection ferritin proves nothing`() {
        var story = patient(facts: []) { story in
            story.has([.general], [.infection(active: true)], on: "2026-02-20")
            story.lab(.ferritin, 12, on: "2026-02-22")
            story.lab(.transferrinSaturation, 8, on: "2026-03-01")
        }
        #expect(story.verdict(.diagnosis, at: now) == .indeterminate)
        story.lab(.ferritin, 12, on: "2026-03-02")
        #expect(story.verdict(.diagnosis, at: now) == .passed)
    }

    @Test func `for seven days after red cells saturation and haemoglobin prove nothing`() {
        func transfused(_ day: String) -> Verdict? {
            patient { story in
                story.does(
                    .recordTransfusion(
                        Transfusion(id: id(1), units: 1), at: story.clinic.at("\(day) 08:00")),
                    at: "\(day) 08:00")
                story.lab(.ferritin, 12, on: "2026-03-01")
                story.lab(.transferrinSaturation, 8, on: "2026-03-01")
                story.lab(.hemoglobin, 9, on: "2026-03-01")
            }.verdict(.diagnosis, at: now)
        }
        #expect(transfused("2026-02-23") == .indeterminate)
        #expect(transfused("2026-02-22") == .passed)
    }

    @Test
    func `within a course the diagnosis of its plan stands, though iron spoils newer markers`() {
        var story = patient(markers(12, 8))
        story.dose(1, 750, on: "2026-03-02")
        story.noInfection(on: "2026-03-09")
        story.lab(.ferritin, 900, on: "2026-03-08")
        #expect(story.verdict(.diagnosis, at: "2026-03-09 10:00") == .passed)
        #expect(story.verdict(.overload, at: "2026-03-09 10:00") == .passed)
    }

    @Test func `results from before the last dose of an earlier course start no new one`() {
        var story = patient(markers(12, 8))
        story.dose(1, 750, on: "2026-03-02")
        story.dose(2, 750, on: "2026-03-09")
        story.weighs(80, on: "2026-04-06")
        story.lab(.hemoglobin, 10, on: "2026-04-06")
        story.lab(.phosphate, 3, on: "2026-04-06")
        story.ordered(2, on: "2026-04-06")
        story.noInfection(on: "2026-04-07")
        #expect(story.verdict(.diagnosis, order: 2, at: "2026-04-07 10:00") == .indeterminate)
        // 28 d after ≥ 500 mg: 6 April is the first day that counts.
        var early = story
        early.lab(.ferritin, 20, on: "2026-04-05")
        early.lab(.transferrinSaturation, 9, on: "2026-04-05")
        #expect(early.verdict(.diagnosis, order: 2, at: "2026-04-07 10:00") == .indeterminate)
        #expect(
            early.finding(.diagnosis, order: 2, at: "2026-04-07 10:00")?.predicates
                .contains { $0.value == "after-iron" } == true)
        story.lab(.ferritin, 20, on: "2026-04-06")
        story.lab(.transferrinSaturation, 9, on: "2026-04-06")
        #expect(story.verdict(.diagnosis, order: 2, at: "2026-04-07 10:00") == .passed)
    }

    @Test func `after less than 500 mg in 28 days the window is 7 days`() {
        func verdict(_ milligrams: Decimal, drawn day: String) -> Verdict? {
            var story = patient(markers(12, 8))
            story.does(
                Act.start(1, 750, at: story.clinic.at("2026-03-02 10:00")), at: "2026-03-02 10:00")
            story.does(
                .stopDose(
                    Act.end(1, milligrams, at: story.clinic.at("2026-03-02 10:20")),
                    reason: .accessLost), at: "2026-03-02 10:20")
            story.lab(.ferritin, 20, on: day)
            story.lab(.transferrinSaturation, 9, on: day)
            story.does(.cancelOrder(id(1), reason: .clinicianDecision), at: day + " 09:00")
            story.lab(.phosphate, 3, on: "2026-03-16")
            story.lab(.hemoglobin, 9, on: "2026-03-16")
            story.ordered(2, on: "2026-03-16")
            story.noInfection(on: "2026-03-16")
            return story.verdict(.diagnosis, order: 2, at: "2026-03-16 10:00")
        }
        #expect(verdict(499, drawn: "2026-03-08") == .indeterminate)
        #expect(verdict(499, drawn: "2026-03-09") == .passed)
        #expect(verdict(500, drawn: "2026-03-09") == .indeterminate)
    }
}
