import Foundation
import Infusion
import Testing

/// SEED-D: the ferrokinetic class of a course in heart failure, counted and never a gate.
@Suite struct `A course in heart failure` {
    func treated(
        ferritin: Decimal, saturation: Decimal = 12,
        contexts: Set<ClinicalContext> = [.heartFailure],
        whyIntravenous: IntravenousReason? = nil
    ) -> Story {
        given { story in
            story.register(on: "2026-03-01")
            story.has(
                contexts,
                [.infection(active: false), .symptom(.dyspnea, present: true)], on: "2026-03-01")
            story.weighs(80, on: "2026-03-01")
            story.lab(.hemoglobin, 9, on: "2026-03-01")
            story.lab(.ferritin, ferritin, on: "2026-03-01")
            story.lab(.transferrinSaturation, saturation, on: "2026-03-01")
            story.lab(.cReactiveProtein, 2, on: "2026-03-01")
            guard contexts.contains(.heartFailure) else {
                story.ordered(on: "2026-03-02")
                story.dose(1, 750, on: "2026-03-02")
                return
            }
            story.ordered(
                row: "FCM-US-HF", indication: .heartFailure, prescribed: [1000, 1000],
                method: .heartFailureTable, whyIntravenous: whyIntravenous, on: "2026-03-02")
            if ferritin >= 300 {
                story.does(
                    Act.override(1, .sequestration, until: story.clinic.at("2026-03-03")),
                    at: "2026-03-02 09:30")
            }
            story.dose(1, 1000, on: "2026-03-02")
        }
    }

    func courses(_ story: Story, at time: String) -> [HeartFailureCourse] {
        HeartFailureCourse.all(
            of: story.state, in: story.clinic.context(now: story.clinic.at(time)))
    }

    @Test(arguments: [
        (Decimal(60), HeartFailureCourse.FerritinBand.below100),
        (Decimal(99), .below100), (Decimal(100), .from100To299), (Decimal(220), .from100To299),
        (decimal("299.9"), .from100To299), (Decimal(300), .from300),
    ])
    func `is of the class of the ferritin before it`(
        _ ferritin: Decimal, _ band: HeartFailureCourse.FerritinBand
    ) {
        let found = courses(treated(ferritin: ferritin), at: "2026-04-20")
        #expect(found.map(\.ferritin) == [band])
        #expect(found.map(\.saturation) == [.below20])
        #expect(found.map(\.order) == [id(1)])
    }

    @Test(arguments: [
        (decimal("19.9"), HeartFailureCourse.SaturationBand.below20), (Decimal(20), .from20),
    ])
    func `is of the class of the saturation before it`(
        _ saturation: Decimal, _ band: HeartFailureCourse.SaturationBand
    ) {
        let found = courses(treated(ferritin: 60, saturation: saturation), at: "2026-04-20")
        #expect(found.map(\.saturation) == [band])
    }

    @Test func `tells the changes from before it to day 28 and later, and symptoms where recorded`()
    {
        var story = treated(ferritin: 60)
        story.lab(.hemoglobin, 10, on: "2026-03-20")
        #expect(courses(story, at: "2026-03-21").map(\.hemoglobinChange) == [nil])
        story.lab(.hemoglobin, decimal("11.5"), on: "2026-04-14")
        story.lab(.ferritin, 210, on: "2026-04-14")
        #expect(courses(story, at: "2026-04-20").map(\.symptomsAfter) == [nil])
        story.has([.heartFailure], [.symptom(.dyspnea, present: false)], on: "2026-04-15")
        let course = courses(story, at: "2026-04-20").first
        #expect(course?.hemoglobinChange == decimal("2.5"))
        #expect(course?.ferritinChange == 150)
        #expect(course?.level == .responder)
        #expect(course?.symptomsBefore == true)
        #expect(course?.symptomsAfter == false)
    }

    @Test func `counts the admissions after day 1, once each, and none where nobody told`() {
        var story = treated(ferritin: 60)
        func admissions(_ at: String) -> [Int?] { courses(story, at: at).map(\.admissions) }
        func tell(_ day: String?, on told: String) {
            story.has(
                [.heartFailure], [.happened(.heartFailureAdmission, on: day.map { date($0) })],
                on: told)
        }
        #expect(admissions("2026-03-10") == [nil])
        // Before day 1, told after it: since then there was none.
        tell("2026-02-20", on: "2026-03-11")
        #expect(admissions("2026-03-12") == [0])
        tell("2026-03-02", on: "2026-03-13")
        #expect(admissions("2026-03-14") == [0])
        tell("2026-03-15", on: "2026-03-16")
        tell("2026-03-15", on: "2026-03-17")
        #expect(admissions("2026-03-18") == [1])
        tell("2026-04-02", on: "2026-04-03")
        #expect(admissions("2026-04-04") == [2])
        tell(nil, on: "2026-04-05")
        #expect(admissions("2026-04-06") == [1])
    }

    @Test func `says why by vein, as its order does`() {
        for reason in [nil, IntravenousReason.oralNotAbsorbed] {
            let found = courses(treated(ferritin: 60, whyIntravenous: reason), at: "2026-04-20")
            #expect(found.map(\.whyIntravenous) == [reason])
        }
    }

    @Test func `is one with the maintenance of its plan, which is never anchored anew`() {
        var story = treated(ferritin: 60)
        story.lab(.hemoglobin, 11, on: "2026-04-12")
        story.weighs(80, on: "2026-04-12")
        story.dose(2, 1000, on: "2026-04-13")
        story.lab(.hemoglobin, 12, on: "2026-05-24")
        story.lab(.ferritin, 90, on: "2026-05-24")
        story.lab(.transferrinSaturation, 15, on: "2026-05-24")
        story.lab(.cReactiveProtein, 2, on: "2026-05-24")
        story.lab(.phosphate, 3, on: "2026-05-24")
        story.weighs(80, on: "2026-05-24")
        #expect(courses(story, at: "2026-05-24").map(\.hemoglobinChange) == [3])
        story.ordered(
            2, row: "FCM-US-HF", indication: .heartFailure, prescribed: [500],
            method: .heartFailureTable, on: "2026-05-25")
        story.dose(3, order: 2, 500, on: "2026-05-25")
        story.lab(.hemoglobin, 13, on: "2026-07-07")
        story.lab(.ferritin, 310, on: "2026-07-07")
        let found = courses(story, at: "2026-07-08")
        #expect(found.map(\.order) == [id(1)])
        #expect(found.map(\.ferritin) == [.below100])
        #expect(found.map(\.hemoglobinChange) == [4])
        #expect(found.map(\.ferritinChange) == [250])
    }

    @Test func `ends where iron of another course begins`() {
        var story = treated(ferritin: 60)
        story.lab(.hemoglobin, 11, on: "2026-04-06")
        story.lab(.ferritin, 20, on: "2026-04-06")
        story.lab(.transferrinSaturation, 15, on: "2026-04-06")
        story.lab(.cReactiveProtein, 2, on: "2026-04-06")
        story.weighs(80, on: "2026-04-06")
        story.ordered(
            2, product: "monoferric", row: "FDI-US",
            prescribed: [1000], on: "2026-04-07")
        story.dose(2, order: 2, 1000, on: "2026-04-07")
        story.lab(.hemoglobin, 13, on: "2026-05-20")
        let found = courses(story, at: "2026-05-21")
        #expect(found.map(\.order) == [id(1), id(2)])
        #expect(found.map(\.hemoglobinChange) == [2, 2])
    }

    @Test func `is none without heart failure, and none before iron`() {
        #expect(courses(treated(ferritin: 12, contexts: [.general]), at: "2026-04-20").isEmpty)
        let waiting = given { $0.patient(.male, [.heartFailure], on: "2026-03-01") }
        #expect(courses(waiting, at: "2026-04-20").isEmpty)
    }
}
