import Foundation
import Infusion
import Testing

/// Facts §3.1: what explains an answer was drawn with it.
@Suite struct `The age of what explains an answer` {
    private func assessed(
        protein: String, asked: String = "2026-04-21 12:00"
    ) throws -> ResponseAssessment {
        var story = given { story in
            story.register(on: "2024-01-01")
            story.has([.general], [.infection(active: false)], on: "2026-03-01")
            story.weighs(80, on: "2026-03-01")
            story.lab(.hemoglobin, 9, on: "2026-03-01")
            story.lab(.ferritin, 12, on: "2026-03-01")
            story.lab(.transferrinSaturation, 8, on: "2026-03-01")
            story.ordered(on: "2026-03-02")
            story.dose(1, 750, on: "2026-03-02")
            story.dose(2, 750, on: "2026-03-09")
        }
        let results: [(Analyte, Decimal)] = [
            (.hemoglobin, decimal("9.2")), (.ferritin, 200), (.transferrinSaturation, 14),
            (.vitaminB12, 400), (.folate, 9), (.meanCorpuscularVolume, 88),
        ]
        for (analyte, value) in results { story.lab(analyte, value, on: "2026-04-20") }
        story.lab(.cReactiveProtein, 150, on: protein, recorded: "2026-04-21 08:00")
        let now = story.clinic.at(asked)
        return try #require(
            ResponseAssessment.assess(
                given: story.state, at: now, in: story.clinic.context(now: now)))
    }

    @Test func `is 56 days before it at most`() throws {
        let fresh = try assessed(protein: "2026-02-23")
        #expect(fresh.verdicts.map(\.cause) == [.inflammation])
        for day in ["2026-02-22", "2024-04-20"] {
            let stale = try assessed(protein: day)
            #expect(stale.verdicts.map(\.cause) == [.needsData], "\(day)")
            #expect(stale.missing == [.cReactiveProtein], "\(day)")
        }
    }

    @Test func `is counted from the answer, and not from the day that it is asked about`() throws {
        let later = try assessed(protein: "2026-04-20", asked: "2027-04-21 12:00")
        #expect(later.verdicts.map(\.cause) == [.inflammation])
        #expect(later.missing.isEmpty)
    }
}
