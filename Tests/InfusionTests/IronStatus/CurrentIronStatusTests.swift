import Foundation
import Infusion
import Testing

/// Facts §3.1: what is shown of a patient rests on results that a diagnosis might rest on.
@Suite struct `The iron status of today` {
    private func status(
        _ context: ClinicalContext = .general, protein: String = "2026-03-02",
        ferritin: String = "2026-03-02"
    ) throws -> IronStatus {
        let today = "2026-03-02 09:00"
        let story = given { story in
            story.register(on: "2025-01-01")
            story.has([context], on: "2025-01-01")
            story.lab(.cReactiveProtein, 20, on: protein, recorded: today)
            story.lab(.ferritin, 60, on: ferritin, recorded: today)
            story.lab(.transferrinSaturation, 12, on: ferritin, recorded: today)
        }
        let now = story.clinic.at("2026-03-02 12:00")
        return try #require(
            CurrentIronStatus.classify(story.state, at: now, in: story.clinic.context(now: now))
                .first)
    }

    @Test func `rests on no protein of a year ago`() throws {
        let old = try status(protein: "2025-03-02")
        #expect(old.classification == .indeterminate)
        #expect(old.flags == [.cReactiveProteinMissing, .stale])
        let fresh = try status(protein: "2026-01-05")
        #expect(fresh.classification == .functional)
        #expect(fresh.flags.isEmpty)
    }

    @Test func `rests on no ferritin that is too old, in cancer sooner than elsewhere`() throws {
        #expect(try status(ferritin: "2026-01-05").classification == .functional)
        let old = try status(ferritin: "2026-01-04")
        #expect(old.classification == .indeterminate)
        #expect(old.flags.contains(.stale))
        #expect(try status(.oncology, ferritin: "2026-02-02").classification == .absolute)
        #expect(try status(.oncology, ferritin: "2026-02-01").classification == .indeterminate)
    }
}
