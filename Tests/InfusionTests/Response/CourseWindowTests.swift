import Foundation
import Infusion
import Testing

/// Facts §7.1: a course is answered by what was measured before the next one began.
@Suite struct `A course that another one follows` {
    /// 1,500 mg by 9 March 2026, haemoglobin 9 before it.
    func treated() -> Story {
        given { story in
            story.patient(on: "2026-03-01")
            story.ordered(on: "2026-03-02")
            story.dose(1, 750, on: "2026-03-02")
            story.dose(2, 750, on: "2026-03-09")
        }
    }

    func assessed(_ order: UInt64, _ story: Story, at time: String) throws -> ResponseAssessment {
        let now = story.clinic.at(time)
        return try #require(
            ResponseAssessment.assess(
                id(order), given: story.state, at: now, in: story.clinic.context(now: now)))
    }

    @Test func `does not answer by the iron of the next one`() throws {
        var story = treated()
        story.lab(.hemoglobin, decimal("9.4"), on: "2026-04-20")
        story.diagnosed(on: "2026-05-10", hemoglobin: decimal("9.5"))
        story.weighs(80, on: "2026-05-10")
        let alone = try assessed(1, story, at: "2026-05-10")
        #expect(alone.level == .nonResponder)
        story.ordered(
            2, product: "monoferric", row: "FDI-US", prescribed: [1000], on: "2026-05-11")
        story.dose(3, order: 2, 1000, on: "2026-05-11")
        story.lab(.hemoglobin, decimal("13.5"), on: "2026-06-25")
        story.lab(.ferritin, 260, on: "2026-06-25")
        story.lab(.transferrinSaturation, 30, on: "2026-06-25")
        let first = try assessed(1, story, at: "2026-06-26")
        let second = try assessed(2, story, at: "2026-06-26")
        #expect(first.level == .nonResponder)
        #expect(first.predicates == alone.predicates)
        #expect(
            first.verdicts.map(\.cause) == alone.verdicts.map(\.cause).filter { $0 != .needsData })
        #expect(first.isIronReplete == false)
        #expect(first.days == 109)
        #expect(second.level == .responder)
        #expect(second.isIronReplete == true)
    }

    @Test func `is told no more to wait, nor what to measure, once the next one has begun`() throws
    {
        var story = treated()
        story.lab(.hemoglobin, decimal("9.3"), on: "2026-03-30")
        story.lab(.ferritin, 12, on: "2026-04-07")
        story.lab(.transferrinSaturation, 8, on: "2026-04-07")
        story.weighs(80, on: "2026-04-07")
        #expect(try assessed(1, story, at: "2026-04-07 18:00").level == .pending)
        story.ordered(
            2, product: "monoferric", row: "FDI-US", prescribed: [1000], on: "2026-04-08")
        story.dose(3, order: 2, 1000, on: "2026-04-08")
        story.lab(.hemoglobin, 12, on: "2026-05-20")
        let first = try assessed(1, story, at: "2026-05-20")
        #expect(first.level == .notAssessable)
        #expect(first.predicates.contains { $0.name == "next-course" && $0.value == "2026-04-08" })
        #expect(!first.verdicts.contains { $0.cause == .tooEarly || $0.cause == .needsData })
        #expect(first.missing.isEmpty)
        #expect(try assessed(2, story, at: "2026-05-20").level == .responder)
    }

    @Test func `is not waited for any longer where its answer was provisional`() throws {
        var story = treated()
        story.diagnosed(on: "2026-04-07", hemoglobin: decimal("9.6"))
        story.weighs(80, on: "2026-04-07")
        #expect(try assessed(1, story, at: "2026-04-07 18:00").level == .tooEarly)
        story.ordered(
            2, product: "monoferric", row: "FDI-US", prescribed: [1000], on: "2026-04-08")
        story.dose(3, order: 2, 1000, on: "2026-04-08")
        let first = try assessed(1, story, at: "2026-04-09")
        #expect(first.level == .notAssessable)
        #expect(!first.verdicts.contains { $0.cause == .tooEarly })
    }

    @Test func `has no baseline that was too old for a plan during chemotherapy`() throws {
        func treated(on day: String) throws -> ResponseAssessment {
            let story = given { story in
                story.patient(
                    .male, [.oncology], facts: [.therapy(.chemotherapy, active: true)],
                    on: "2026-03-01")
                story.ordered(on: "2026-03-02")
                // The haemoglobin is too old on the 9th, and not before.
                let override = Act.override(
                    1, .diagnosis, at: story.clinic.at("\(day) 10:00"),
                    until: story.clinic.at("2026-03-11"))
                if day == "2026-03-09" { story.does(override, at: "2026-03-07 09:30") }
                story.dose(1, 750, on: day)
                story.lab(.hemoglobin, decimal("11.4"), on: "2026-04-24")
            }
            return try assessed(1, story, at: "2026-04-24")
        }
        #expect(try treated(on: "2026-03-08").level == .responder)
        let old = try treated(on: "2026-03-09")
        #expect(old.level == .notAssessable)
        #expect(old.predicates.first { $0.name == "baseline-hemoglobin" }?.value == nil)
    }

    @Test func `is severe by the haemoglobin of today all the same`() throws {
        var story = treated()
        story.diagnosed(on: "2026-05-10", hemoglobin: decimal("9.5"))
        story.weighs(80, on: "2026-05-10")
        story.ordered(
            2, product: "monoferric", row: "FDI-US", prescribed: [1000], on: "2026-05-11")
        story.dose(3, order: 2, 1000, on: "2026-05-11")
        story.lab(.hemoglobin, decimal("6.8"), on: "2026-05-20")
        let first = try assessed(1, story, at: "2026-05-20")
        #expect(first.verdicts.first?.cause == .severeSymptomatic)
    }
}
