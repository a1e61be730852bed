import Foundation
import Infusion
import Testing

/// G-PO4: boxed warning 08/2026, R-16.
@Suite struct `G-PO4, phosphate before ferric carboxymaltose` {
    /// A course of two doses on 2 and 9 March 2026, and an order for another.
    func twoCourses(_ facts: [ClinicalFact] = [], next day: String) -> Story {
        given { story in
            story.patient(facts: facts, on: "2026-03-01")
            story.ordered(on: "2026-03-02")
            story.dose(1, 750, on: "2026-03-02")
            story.dose(2, 750, on: "2026-03-09")
            story.weighs(80, on: day)
            story.diagnosed(on: day)
            story.ordered(2, on: day)
            story.noInfection(on: day)
        }
    }

    @Test func `a first course needs none, and neither does dose 2 of it`() {
        var story = given { story in
            story.patient(on: "2026-03-01")
            story.ordered(on: "2026-03-02")
        }
        #expect(story.verdict(.phosphate, at: "2026-03-02 10:00") == .passed)
        story.dose(1, 750, on: "2026-03-02")
        story.noInfection(on: "2026-03-09")
        #expect(story.verdict(.phosphate, at: "2026-03-09 10:00") == .passed)
    }

    @Test func `a low phosphate shuts, by the laboratory's own range or below 2.5`() {
        func verdict(_ value: String, low: Decimal?) -> Verdict? {
            given { story in
                story.patient(on: "2026-03-01")
                story.lab(.phosphate, decimal(value), on: "2026-03-01", low: low)
                story.ordered(on: "2026-03-02")
            }.verdict(.phosphate, at: "2026-03-02 10:00")
        }
        #expect(verdict("2.49", low: nil) == .blocked)
        #expect(verdict("2.5", low: nil) == .passed)
        #expect(verdict("2.6", low: decimal("2.7")) == .blocked)
        #expect(verdict("2.4", low: decimal("2.3")) == .passed)
    }

    @Test func `corrected, the gate opens`() {
        var story = given { story in
            story.patient(on: "2026-03-01")
            story.lab(.phosphate, 2, on: "2026-03-01")
            story.ordered(on: "2026-03-02")
        }
        #expect(story.finding(.phosphate, at: "2026-03-02 10:00")?.nextStep == "correct-phosphate")
        story.lab(.phosphate, 3, on: "2026-03-02")
        #expect(story.verdict(.phosphate, at: "2026-03-02 10:00") == .passed)
    }

    @Test func `a course within three calendar months needs one drawn 10 days after the last dose`()
    {
        // The last dose was on 9 March; three months later is 9 June.
        let story = twoCourses([.hypophosphatemiaRisk(present: false)], next: "2026-04-07")
        let at = "2026-04-07 10:00"
        #expect(story.verdict(.phosphate, order: 2, at: at) == .indeterminate)
        var early = story
        early.lab(.phosphate, 3, on: "2026-03-18")
        #expect(early.verdict(.phosphate, order: 2, at: at) == .indeterminate)
        var right = story
        right.lab(.phosphate, 3, on: "2026-03-19")
        #expect(right.verdict(.phosphate, order: 2, at: at) == .passed)
    }

    @Test func `the phosphate is at most 28 days old on the day of the dose`() {
        func verdict(drawn day: String) -> Verdict? {
            var story = twoCourses([.hypophosphatemiaRisk(present: false)], next: "2026-05-01")
            story.lab(.phosphate, 3, on: day)
            return story.verdict(.phosphate, order: 2, at: "2026-05-01 10:00")
        }
        #expect(verdict(drawn: "2026-04-03") == .passed)
        #expect(verdict(drawn: "2026-04-02") == .indeterminate)
    }

    @Test func `after three calendar months only those at risk need one, or of unknown risk`() {
        func verdict(_ facts: [ClinicalFact], next day: String) -> Verdict? {
            twoCourses(facts, next: day).verdict(.phosphate, order: 2, at: "\(day) 10:00")
        }
        let none = [ClinicalFact.hypophosphatemiaRisk(present: false)]
        #expect(verdict(none, next: "2026-06-09") == .indeterminate)
        #expect(verdict(none, next: "2026-06-10") == .passed)
        #expect(
            verdict([.hypophosphatemiaRisk(present: true)], next: "2026-06-10") == .indeterminate)
        #expect(verdict([], next: "2026-06-10") == .indeterminate)
    }

    @Test func `another iron asks for no phosphate`() {
        var story = twoCourses(next: "2026-04-07")
        story.ordered(
            3, product: "venofer-us", row: "IS-US-NDD", prescribed: [200], on: "2026-04-07")
        #expect(story.verdict(.phosphate, dose: 200, order: 3, at: "2026-04-07 10:00") == .passed)
    }
}
