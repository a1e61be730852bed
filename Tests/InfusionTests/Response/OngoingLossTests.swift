import Foundation
import Infusion
import Testing

/// Facts §7.2, row 4.
@Suite struct `Ongoing loss` {
    /// Two doses of 750 mg by 9 March 2026; haemoglobin flat on day 42.
    func answered(_ facts: [ClinicalFact]) throws -> ResponseAssessment {
        var story = given { story in
            story.patient(facts: facts, on: "2026-03-01")
            story.ordered(on: "2026-03-02")
            story.dose(1, 750, on: "2026-03-02")
            story.dose(2, 750, on: "2026-03-09")
        }
        story.diagnosed(on: "2026-04-20", hemoglobin: decimal("9.4"), ferritin: 22)
        let now = story.clinic.at("2026-04-21")
        return try #require(
            ResponseAssessment.assess(
                given: story.state, at: now, in: story.clinic.context(now: now)))
    }

    @Test func `an anticoagulant supports a loss`() throws {
        let plain = try answered([])
        let anticoagulated = try answered([.therapy(.anticoagulant, active: true)])
        #expect(plain.verdicts.map(\.cause) == anticoagulated.verdicts.map(\.cause))
        let loss = try #require(anticoagulated.verdicts.first { $0.cause == .ongoingLoss })
        #expect(loss.predicates.last?.value == "anticoagulant")
        #expect(loss.predicates.last?.evidence.isEmpty == false)
        let other = try #require(plain.verdicts.first { $0.cause == .ongoingLoss })
        #expect(!other.predicates.contains { $0.value == "anticoagulant" })
    }
}
