import Foundation
import Infusion
import Testing

/// what rested on a value that was corrected or retracted is superseded, and stays until a
/// person closes it.
@Suite struct `A row whose result has changed` {
    /// An emergency by a haemoglobin of 5.9, and the result it came from.
    func alarmed() -> (story: Story, result: LabResultID) {
        var result: LabResultID = id(0)
        let story = given { story in
            story.register(on: "2026-03-01")
            result = story.lab(.hemoglobin, decimal("5.9"), on: "2026-03-02")
        }
        return (story, result)
    }

    func superseded(_ story: Story) -> [Supersession] {
        (story.open(.hemoglobinTrend)?.predicates ?? [])
            .compactMap { Supersession(of: $0, in: story.state) }
    }

    func correction(_ value: String, of result: LabResultID, in story: Story) -> PatientCommand {
        .correctLab(
            LabCorrected(
                result: result, value: decimal(value).of(.hemoglobin), status: .corrected,
                collectedAt: story.clinic.at("2026-03-02 08:00")))
    }

    @Test func `a result that stands supersedes nothing`() {
        let (story, _) = alarmed()
        #expect(story.open(.hemoglobinTrend)?.urgency == .emergency)
        #expect(superseded(story).isEmpty)
    }

    @Test func `a retracted result leaves nothing to compare, and says why`() {
        var (story, result) = alarmed()
        story.does(
            .retractLab(LabRetracted(result: result, reason: .wrongPatient)), at: "2026-03-03")
        let found = superseded(story)
        #expect(found.map(\.before.value) == ["5.9"])
        #expect(found.map(\.now.value) == [nil])
        #expect(found.map(\.now.holds) == [nil])
        #expect(found.map(\.now.threshold) == ["7"])
        #expect(found.map(\.now.source) == ["R-20: retracted, wrongPatient"])
        #expect(found.map(\.now.evidence) == [[story.state.version]])
    }

    @Test(arguments: [("10.5", false), ("6.8", true)])
    func `a corrected result is compared again`(_ value: String, _ holds: Bool) {
        var (story, result) = alarmed()
        story.does(correction(value, of: result, in: story), at: "2026-03-03")
        let found = superseded(story)
        #expect(found.map(\.before.holds) == [true])
        #expect(found.map(\.now.value) == [value])
        #expect(found.map(\.now.holds) == [holds])
        #expect(found.map(\.now.source) == ["R-20: corrected"])
    }

    @Test func `every later statement is its evidence, in order`() {
        var (story, result) = alarmed()
        story.does(correction("10.5", of: result, in: story), at: "2026-03-03")
        let corrected = story.state.version
        story.does(
            .retractLab(LabRetracted(result: result, reason: .enteredInError)), at: "2026-03-04")
        #expect(superseded(story).map(\.now.evidence) == [[corrected, story.state.version]])
        #expect(superseded(story).map(\.now.value) == [nil])
    }

    @Test func `as it was known before the retraction, nothing is superseded`() {
        var (story, result) = alarmed()
        let before = story.state
        story.does(
            .retractLab(LabRetracted(result: result, reason: .wrongPatient)), at: "2026-03-03")
        let row = story.open(.hemoglobinTrend)
        #expect(row?.predicates.compactMap { Supersession(of: $0, in: before) }.isEmpty == true)
    }
}
