import Foundation
import Infusion
import Testing

/// R5, R-16.
@Suite struct `Phosphate after ferric carboxymaltose` {
    func dosed(_ contexts: Set<ClinicalContext> = [.general], _ facts: [ClinicalFact] = []) -> Story
    {
        given { story in
            story.patient(.male, contexts, facts: facts, on: "2026-03-01")
            story.ordered(on: "2026-03-02")
            story.dose(1, 750, on: "2026-03-02")
        }
    }
    let atRisk = [ClinicalFact.hypophosphatemiaRisk(present: true)]

    @Test func `it is looked for two weeks later in those at risk`() {
        let open = dosed([.general], atRisk).open(.phosphate)
        #expect(open?.earliest == date("2026-03-12"))
        #expect(open?.due == date("2026-03-16"))
        #expect(open?.overdueAfter == date("2026-03-30"))
        #expect(open?.tests == [.phosphate])
        #expect(dosed().open(.phosphate) == nil)
    }

    @Test func `a risk told late opens it then`() {
        var story = dosed()
        story.has([.general], atRisk, on: "2026-03-20")
        #expect(story.open(.phosphate)?.due == date("2026-03-16"))
        story.has([.general], [.hypophosphatemiaRisk(present: false)], on: "2026-03-21")
        #expect(story.open(.phosphate) == nil)
    }

    @Test func `heart failure, a second course before or after, and the site's policy open it`() {
        var next = dosed()
        next.ordered(2, on: "2026-03-03")
        #expect(next.open(.phosphate) != nil)
        var everybody = given { story in
            story.clinic.policy.phosphate.checkEveryPatient = true
            story.patient(on: "2026-03-01")
            story.ordered(on: "2026-03-02")
        }
        everybody.dose(1, 750, on: "2026-03-02")
        #expect(everybody.open(.phosphate) != nil)
        var failing = dosed()
        failing.has([.heartFailure], on: "2026-03-04")
        #expect(failing.open(.phosphate) != nil)
    }

    @Test func `day 9 is too early, day 10 answers`() {
        var story = dosed([.general], atRisk)
        story.lab(.phosphate, 3, on: "2026-03-11")
        #expect(story.open(.phosphate) != nil)
        story.lab(.phosphate, 3, on: "2026-03-12")
        #expect(story.open(.phosphate) == nil)
    }

    @Test func `0.9 on day 7 is an emergency at once, also in those nobody asked about`() {
        for facts in [atRisk, []] {
            var story = dosed([.general], facts)
            story.lab(.phosphate, decimal("0.9"), on: "2026-03-09")
            #expect(story.open(.phosphate)?.urgency == .emergency)
            #expect(story.open(.phosphate)?.due == date("2026-03-09"))
        }
    }

    @Test(arguments: [("0.99", Urgency.emergency), ("1", .urgent), ("1.99", .urgent)])
    func `the ladder of phosphate`(_ value: String, _ urgency: Urgency) {
        var story = dosed([.general], atRisk)
        story.lab(.phosphate, decimal(value), on: "2026-03-09")
        #expect(story.open(.phosphate)?.urgency == urgency)
    }

    @Test func `2.0 waits for the rule's own day`() {
        var story = dosed([.general], atRisk)
        story.lab(.phosphate, 2, on: "2026-03-09")
        #expect(story.open(.phosphate)?.urgency == .routine)
    }

    @Test func `1.9 on day 7 is due from then on, and overdue after 72 hours`() {
        var story = dosed([.general], atRisk)
        story.lab(.phosphate, decimal("1.9"), on: "2026-03-09")
        let open = story.open(.phosphate)
        #expect(open?.ruleVersion == 3)
        #expect(open?.earliest == date("2026-03-09"))
        #expect(open?.due == date("2026-03-09"))
        #expect(open?.overdueAfter == date("2026-03-12"))
    }

    @Test func `symptoms ask for one at once, and it is overdue after 72 hours`() {
        var story = dosed()
        story.does(
            .logReaction(
                Act.reaction(1, .hypophosphatemia, .ctcae(2)), at: story.clinic.at("2026-03-12")),
            at: "2026-03-12")
        #expect(story.open(.phosphate)?.urgency == .urgent)
        #expect(story.open(.phosphate)?.due == date("2026-03-12"))
        #expect(story.open(.phosphate)?.overdueAfter == date("2026-03-15"))
        story.lab(.phosphate, 3, on: "2026-03-13")
        #expect(story.open(.phosphate) == nil)
    }

    @Test(arguments: [Symptom.bonePain, .weakness, .fatigue])
    func `a symptom told after the dose asks for one at once`(_ symptom: Symptom) {
        var story = dosed()
        story.has([.general], [.symptom(symptom, present: true)], on: "2026-03-12")
        let open = story.open(.phosphate)
        #expect(open?.reason == "phosphate-symptoms")
        #expect(open?.urgency == .urgent)
        #expect(open?.due == date("2026-03-12"))
        #expect(open?.overdueAfter == date("2026-03-15"))
        #expect(open?.explainsItsDates == true)
        story.has([.general], [.symptom(symptom, present: true)], on: "2026-03-14")
        #expect(story.open(.phosphate) == open)
        story.lab(.phosphate, 3, on: "2026-03-15")
        #expect(story.open(.phosphate) == nil)
        // Still there after a normal phosphate, it asks anew when it is told anew.
        story.has([.general], [.symptom(symptom, present: true)], on: "2026-03-20")
        #expect(story.open(.phosphate)?.due == date("2026-03-20"))
    }

    @Test func `a headache, a symptom of before the dose and one of another iron ask for none`() {
        var other = dosed()
        other.has([.general], [.symptom(.headache, present: true)], on: "2026-03-12")
        #expect(other.open(.phosphate) == nil)
        let before = given { story in
            story.patient(facts: [.symptom(.weakness, present: true)], on: "2026-03-01")
            story.ordered(on: "2026-03-02")
            story.dose(1, 750, on: "2026-03-02")
        }
        #expect(before.open(.phosphate) == nil)
        var derisomaltose = given { story in
            story.patient(on: "2026-03-01")
            story.ordered(
                product: "monoferric", row: "FDI-US", prescribed: [1000], on: "2026-03-02")
            story.dose(1, 1000, on: "2026-03-02")
        }
        derisomaltose.has([.general], [.symptom(.bonePain, present: true)], on: "2026-03-12")
        #expect(derisomaltose.open(.phosphate) == nil)
    }

    @Test func `twelve weeks after the last dose a symptom is another's`() {
        for (day, asks) in [("2026-05-25", true), ("2026-05-26", false)] {
            var story = dosed()
            story.has([.general], [.symptom(.fatigue, present: true)], on: day)
            #expect((story.open(.phosphate) != nil) == asks, "\(day)")
        }
    }
}
