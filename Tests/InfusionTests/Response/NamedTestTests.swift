import Foundation
import Infusion
import Testing

/// Facts §7.2, rows 4, 5, 8 and 9: tests of which no rule reads a value.
@Suite struct `Named tests` {
    private let now = "2026-04-21 12:00"

    /// Two doses of 750 mg by 9 March 2026; haemoglobin flat on day 42, iron replete, the rest measured.
    private func replete(_ facts: [ClinicalFact] = [], redCellVolume: Decimal = 66) -> Story {
        var story = given { story in
            story.patient(facts: facts, on: "2026-03-01")
            story.ordered(on: "2026-03-02")
            story.dose(1, 750, on: "2026-03-02")
            story.dose(2, 750, on: "2026-03-09")
        }
        let results: [(Analyte, Decimal)] = [
            (.hemoglobin, decimal("9.4")), (.ferritin, 180), (.transferrinSaturation, 26),
            (.cReactiveProtein, 2), (.vitaminB12, 400), (.folate, 9),
            (.meanCorpuscularVolume, redCellVolume), (.estimatedGlomerularFiltrationRate, 90),
        ]
        for (analyte, value) in results { story.lab(analyte, value, on: "2026-04-20") }
        return story
    }

    private func assessed(_ story: Story) throws -> ResponseAssessment {
        let at = story.clinic.at(now)
        return try #require(
            ResponseAssessment.assess(
                given: story.state, at: at, in: story.clinic.context(now: at)))
    }

    @Test func `the referral to haematology names those that it needs`() throws {
        let assessment = try assessed(replete())
        #expect(assessment.verdicts.map(\.cause) == [.misdiagnosis, .needsData])
        let tests: [NamedTest] = [
            .peripheralSmear, .hemoglobinElectrophoresis, .reticulocyteCount,
            .lactateDehydrogenase, .haptoglobin,
        ]
        #expect(assessment.missing.isEmpty)
        #expect(assessment.missingTests == tests)
        #expect(assessment.verdicts.allSatisfy { $0.tests == tests })
        #expect(assessment.verdicts.last?.predicates.map(\.name) == tests.map(\.rawValue))
        #expect(assessment.verdicts.last?.predicates.allSatisfy { $0.holds == nil } == true)
    }

    @Test
    func
        `what was done since the course began is named no more, and electrophoresis once for ever`()
        throws
    {
        var story = replete()
        story.has(
            [.general],
            [
                .tested(.peripheralSmear, on: date("2026-03-01")),
                .tested(.reticulocyteCount, on: date("2026-03-02")),
                .tested(.hemoglobinElectrophoresis, on: date("2019-06-01")),
            ], on: "2026-04-21")
        let assessment = try assessed(story)
        #expect(
            assessment.missingTests == [.peripheralSmear, .lactateDehydrogenase, .haptoglobin])
    }

    @Test func `one that was not done after all is named again`() throws {
        var story = replete([.therapy(.chemotherapy, active: true)], redCellVolume: 88)
        story.has(
            [.general], [.tested(.reticulocyteCount, on: date("2026-04-20"))], on: "2026-04-20")
        #expect(try assessed(story).verdicts.map(\.cause) == [.marrowOrTreatment])
        story.has([.general], [.tested(.reticulocyteCount, on: nil)], on: "2026-04-21")
        let assessment = try assessed(story)
        #expect(assessment.verdicts.map(\.cause) == [.marrowOrTreatment, .needsData])
        #expect(assessment.missingTests == [.reticulocyteCount])
    }

    @Test func `the one that is missing is what would take the want of data away`() throws {
        var story = replete([.therapy(.chemotherapy, active: true)], redCellVolume: 88)
        let assessment = try assessed(story)
        let at = story.clinic.at(now)
        let changes = assessment.wouldChange(
            given: story.state, at: at, in: story.clinic.context(now: at))
        let index = try #require(assessment.verdicts.firstIndex { $0.cause == .needsData })
        #expect(changes.verdicts[index].fact != nil)
        story.has(
            [.general], [.tested(.reticulocyteCount, on: date("2026-04-21"))], on: "2026-04-21")
        #expect(try !assessed(story).verdicts.contains { $0.cause == .needsData })
    }

    @Test func `those that may help beside a loss are named, and are no want of data`() throws {
        var story = replete([.bleeding(.menstrual, active: true)], redCellVolume: 88)
        story.lab(.ferritin, 22, on: "2026-04-21")
        story.lab(.transferrinSaturation, 9, on: "2026-04-21")
        let assessment = try assessed(story)
        let loss = try #require(assessment.verdicts.first { $0.cause == .ongoingLoss })
        #expect(
            loss.tests == [.fecalImmunochemicalTest, .gastrointestinalEndoscopy, .celiacSerology])
        #expect(assessment.missingTests.isEmpty)
    }

    @Test func `each row names its own, and the others none`() {
        #expect(ResponseCause.inflammation.tests.contains(.hepcidin))
        #expect(ResponseCause.inadequateDose.tests.isEmpty)
        let named = Set(ResponseCause.allCases.flatMap(\.tests))
        #expect(named == Set(NamedTest.allCases))
    }

    @Test
    func `that it was done is told of the past ten years, and contradicts itself once at most`() {
        let story = given { $0.register(on: "2026-03-01") }
        func told(_ days: String...) -> PatientCommand {
            .setClinicalContext(
                [.general], facts: days.map { .tested(.haptoglobin, on: date($0)) },
                at: story.clinic.at("2026-03-02"))
        }
        let now = "2026-03-02"
        story.when(told("2026-03-03"), at: now).refused(field: "facts[0].on")
        story.when(told("2026-03-02"), at: now).accepted()
        story.when(told("2016-03-01"), at: now).accepted()
        story.when(told("2016-02-29"), at: now).refused(field: "facts[0].on")
        story.when(told("2026-03-01", "2026-03-02"), at: now).refused(field: "facts[1]")
    }
}
