import Foundation
import Infusion
import Testing

@Suite struct `G-OVERLOAD and G-INFECT` {
    func patient(_ labs: (inout Story) -> Void) -> Story {
        given { story in
            story.register(on: "2026-02-01")
            story.has([.general], [.infection(active: false)], on: "2026-03-01")
            story.weighs(80, on: "2026-03-01")
            story.lab(.hemoglobin, 9, on: "2026-03-01")
            labs(&story)
            story.ordered(on: "2026-03-02")
        }
    }

    let now = "2026-03-02 10:00"

    @Test func `ferritin above 800 is overload, also without a saturation`() {
        func verdict(_ ferritin: String, _ saturation: Decimal?) -> Verdict? {
            patient { story in
                story.lab(.ferritin, decimal(ferritin), on: "2026-03-01")
                if let saturation {
                    story.lab(.transferrinSaturation, saturation, on: "2026-03-01")
                }
            }.verdict(.overload, at: now)
        }
        #expect(verdict("800", 15) == .passed)
        #expect(verdict("800.1", 15) == .blocked)
        #expect(verdict("800.1", nil) == .blocked)
        #expect(verdict("12", nil) == .indeterminate)
    }

    @Test func `a known overload is absolute, whatever the markers say`() {
        var story = patient { story in
            story.lab(.ferritin, 12, on: "2026-03-01")
            story.lab(.transferrinSaturation, 8, on: "2026-03-01")
        }
        story.has([.general], [.knownIronOverload(true)], on: "2026-03-02")
        let finding = story.finding(.overload, at: now)
        #expect(finding?.verdict == .blocked)
        #expect(finding?.severity == .absolute)
        story.when(
            .bookAppointment(id(1), order: id(1), slot: Act.slot(story.clinic.at("2026-03-03"))),
            at: now
        ).shutAmongOthers([.overload])
    }

    @Test func `no iron in active infection, none while nobody has asked, none on an old answer`() {
        func verdict(_ facts: [ClinicalFact], on day: String) -> Verdict? {
            given { story in
                story.register(on: "2026-02-01")
                if !facts.isEmpty { story.has([.general], facts, on: day) }
                story.weighs(80, on: "2026-03-01")
                story.diagnosed(on: "2026-03-01")
                story.ordered(on: "2026-03-02")
            }.verdict(.infection, at: now)
        }
        #expect(verdict([], on: "2026-03-01") == .indeterminate)
        #expect(verdict([.infection(active: true)], on: "2026-03-01") == .blocked)
        #expect(verdict([.infection(active: false)], on: "2026-02-23") == .passed)
        #expect(verdict([.infection(active: false)], on: "2026-02-22") == .indeterminate)
        #expect(
            verdict(
                [.infection(active: false), .therapy(.intravenousAntibiotic, active: true)],
                on: "2026-03-01") == .blocked)
    }
}

@Suite struct `G-ANAPH-SAME and G-ANAPH-ANY` {
    let us = Clinic.newYork
    let now = "2026-03-02 10:00"

    func patient(
        _ facts: [ClinicalFact], in clinic: Clinic = .newYork, product: String = "injectafer",
        row: String = "FCM-US-2", prescribed: [Decimal] = [500], method: NeedMethod = .labelCourse
    ) -> Story {
        given(clinic) { story in
            story.patient(facts: facts, on: "2026-03-01")
            story.ordered(
                product: product, row: row, prescribed: prescribed, method: method, on: "2026-03-02"
            )
        }
    }

    @Test func `a serious allergy to the moiety refuses the order itself, under any brand`() {
        let story = given { story in
            story.patient(
                facts: [.ironAllergy(IronAllergy(moiety: .ferricCarboxymaltose, serious: true))],
                on: "2026-03-01")
        }
        for product in ["injectafer", "ferric-carboxymaltose-sandoz"] {
            story.when(Act.order(product: product, signed: us.at("2026-03-02 09:00")), at: now)
                .shutAmongOthers([.anaphylaxisSameProduct])
        }
        story.when(
            Act.order(
                product: "venofer-us", row: "IS-US-NDD", prescribed: [200],
                signed: us.at("2026-03-02 09:00")), at: now
        ).accepted()
    }

    @Test func `a serious allergy to another iron is soft in the US and hard in the EU`() {
        let facts = [ClinicalFact.ironAllergy(IronAllergy(moiety: .ironDextran, serious: true))]
        let american = patient(facts).finding(.anaphylaxisAnyIron, dose: 500, at: now)
        #expect(american?.verdict == .blocked)
        #expect(american?.severity == .soft)
        let european = patient(
            facts, in: .rome, product: "ferinject", row: "FCM-EU-inf", method: .simplifiedTable
        ).finding(.anaphylaxisAnyIron, dose: 500, at: now)
        #expect(european?.verdict == .blocked)
        #expect(european?.severity == .hard)
    }

    @Test func `a serious allergy to an unknown iron is hard everywhere`() {
        let facts = [ClinicalFact.ironAllergy(IronAllergy(moiety: nil, serious: true))]
        let finding = patient(facts).finding(.anaphylaxisAnyIron, dose: 500, at: now)
        #expect(finding?.severity == .hard)
        #expect(finding?.verdict == .blocked)
    }

    @Test func `for ferumoxytol any allergic reaction to any iron is hard, for others it is none`()
    {
        let facts = [ClinicalFact.ironAllergy(IronAllergy(moiety: .ironSucrose, serious: false))]
        let ferumoxytol = patient(
            facts, product: "feraheme", row: "FMX-US", prescribed: [510]
        ).finding(.anaphylaxisAnyIron, dose: 510, at: now)
        #expect(ferumoxytol?.severity == .hard)
        #expect(ferumoxytol?.verdict == .blocked)
        #expect(patient(facts).verdict(.anaphylaxisAnyIron, dose: 500, at: now) == .passed)
    }

    @Test func `a Fishbane reaction is no allergy`() {
        var story = given { story in
            story.patient(on: "2026-03-01")
            story.ordered(on: "2026-03-02")
            story.dose(1, 750, on: "2026-03-02")
            story.does(
                .logReaction(
                    Act.reaction(1, .fishbane, .ctcae(1)), at: story.clinic.at("2026-03-02 10:10")),
                at: "2026-03-02 10:40")
        }
        story.noInfection(on: "2026-03-09")
        #expect(story.verdict(.anaphylaxisSameProduct, at: "2026-03-09 10:00") == .passed)
        #expect(story.verdict(.anaphylaxisAnyIron, at: "2026-03-09 10:00") == .passed)
    }
}

@Suite struct `G-TRIM1, the first trimester` {
    let now = "2026-03-02 10:00"

    func patient(
        _ pregnancy: PregnancyStatus?, _ gender: AdministrativeGender = .female,
        born: String = "1990-01-01", asked: String = "2026-03-01"
    ) -> Story {
        given { story in
            story.register(gender, born: born, on: "2026-01-01")
            if let pregnancy { story.has([.general], [.pregnancy(pregnancy)], on: asked) }
            story.has([.general], [.infection(active: false)], on: "2026-03-01")
            story.weighs(80, on: "2026-03-01")
            story.diagnosed(on: "2026-03-01")
            story.ordered(on: "2026-03-02")
        }
    }

    @Test func `13w6d is shut, 14w0d is open, and the finding says from when`() {
        // 40w0d is the due date: 14w0d is 182 days before it.
        let early = patient(.pregnant(estimatedDueDate: date("2026-09-01")))
            .finding(.firstTrimester, at: now)
        #expect(early?.verdict == .blocked)
        #expect(early?.severity == .hard)
        #expect(early?.passesFrom == date("2026-03-03"))
        #expect(
            patient(.pregnant(estimatedDueDate: date("2026-08-31"))).verdict(
                .firstTrimester, at: now)
                == .passed)
    }

    @Test func `the site's own constant holds`() {
        var story = patient(.pregnant(estimatedDueDate: date("2026-09-07")))
        story.clinic.policy.screening.earliestGestationDays = 91
        #expect(story.verdict(.firstTrimester, at: now) == .passed)
    }

    @Test func `pregnant with gestation unknown is hard, not knowing whether is soft`() {
        let undated = patient(.pregnant(estimatedDueDate: nil)).finding(.firstTrimester, at: now)
        #expect(undated?.verdict == .indeterminate)
        #expect(undated?.severity == .hard)
        for status in [PregnancyStatus.unknown, nil] {
            let finding = patient(status).finding(.firstTrimester, at: now)
            #expect(finding?.verdict == .indeterminate)
            #expect(finding?.severity == .soft)
        }
        #expect(patient(.notPregnant).verdict(.firstTrimester, at: now) == .passed)
    }

    @Test(arguments: [PregnancyStatus.notPregnant, .unknown, nil])
    func `pregnant by her context and not dated is hard, whatever the answer and her age`(
        _ status: PregnancyStatus?
    ) {
        for (born, gender) in [("1990-01-01", AdministrativeGender.female), ("1960-01-01", .male)] {
            var story = patient(status, gender, born: born)
            story.has([.general, .pregnancy], on: "2026-03-02")
            let finding = story.finding(.firstTrimester, at: now)
            #expect(finding?.verdict == .indeterminate)
            #expect(finding?.severity == .hard)
            #expect(finding?.nextStep == "date-the-pregnancy")
            #expect(finding?.ruleVersion == 2)
            story.has(
                [.general, .pregnancy],
                [.pregnancy(.pregnant(estimatedDueDate: date("2026-08-31")))], on: "2026-03-02")
            #expect(story.verdict(.firstTrimester, at: now) == .passed)
        }
    }

    @Test func `an order for pregnancy is held against an answer that is older than it`() {
        var story = given { story in
            story.patient(.female, facts: [.pregnancy(.notPregnant)], on: "2026-03-01")
            story.ordered(indication: .pregnancy, on: "2026-03-01")
        }
        #expect(story.finding(.firstTrimester, at: now)?.severity == .hard)
        #expect(story.verdict(.firstTrimester, at: now) == .indeterminate)
        story.has([.general], [.pregnancy(.notPregnant)], on: "2026-03-02")
        #expect(story.verdict(.firstTrimester, at: now) == .passed)
    }

    @Test func `an answer ages after 28 days, and where pregnancy is impossible nobody is asked`() {
        #expect(
            patient(.notPregnant, asked: "2026-02-02").verdict(.firstTrimester, at: now) == .passed)
        #expect(
            patient(.notPregnant, asked: "2026-02-01").verdict(.firstTrimester, at: now)
                == .indeterminate)
        #expect(patient(nil, .male).verdict(.firstTrimester, at: now) == .passed)
        #expect(patient(nil, born: "1969-01-01").verdict(.firstTrimester, at: now) == .passed)
        #expect(patient(nil, .unknown).verdict(.firstTrimester, at: now) == .indeterminate)
    }

    @Test func `a visit in the first trimester is not booked, one after it is`() {
        let story = patient(.pregnant(estimatedDueDate: date("2026-09-01")))
        func book(_ day: String) -> Outcome {
            story.when(
                .bookAppointment(id(1), order: id(1), slot: Act.slot(story.clinic.at(day))), at: now
            )
        }
        book("2026-03-02 14:00").shutAmongOthers([.firstTrimester])
        book("2026-03-03").accepted()
    }
}
