import Foundation
import Infusion
import Testing

@Suite struct `The state of a patient` {
    @Test func `versions are dense and facts know theirs`() {
        let story = given { story in
            story.patient(on: "2026-03-01")
            story.ordered(on: "2026-03-02")
        }
        #expect(story.state.version == EventVersion(Int64(story.events.count)))
        #expect(PatientState.fold(story.events) == story.state)
        for (index, event) in story.events.enumerated() {
            if case .weightRecorded = event.fact {
                #expect(story.state.weights.latest?.version == EventVersion(Int64(index + 1)))
            }
        }
    }

    @Test func `facts are read in effective order, whatever order they came in`() {
        var story = given { $0.register(on: "2026-03-01") }
        story.weighs(80, on: "2026-03-10")
        story.does(
            .recordMeasurements(
                weight: Kilograms(90), height: nil, at: story.clinic.at("2026-03-05")),
            at: "2026-03-11")
        #expect(story.state.weights.latest?.value == Kilograms(80))
        #expect(story.state.weights.at(story.clinic.at("2026-03-06"))?.value == Kilograms(90))
        #expect(story.state.weights.at(story.clinic.at("2026-03-01")) == nil)
    }

    @Test func `as of an earlier day, what became true later is left out, and versions stay`() {
        var story = given { story in
            story.patient(on: "2026-03-01")
            story.ordered(on: "2026-03-02")
            story.dose(1, 750, on: "2026-03-02")
            story.dose(2, 750, on: "2026-03-09")
        }
        let early = PatientState.fold(story.events, effectiveAt: story.clinic.at("2026-03-05"))
        #expect(early.doses.map(\.id) == [id(1)])
        #expect(early.version == story.state.version)
        #expect(early.doses.first?.version == story.state.doses.first?.version)
        let running = PatientState.fold(
            story.events, effectiveAt: story.clinic.at("2026-03-09 10:15"))
        #expect(running.doseInProgress?.id == id(2))

        let moved: LabResultID = story.lab(.ferritin, 30, on: "2026-04-10")
        story.does(
            .correctLab(
                LabCorrected(
                    result: moved, value: Decimal(30).of(.ferritin), status: .corrected,
                    collectedAt: story.clinic.at("2026-04-12"))), at: "2026-04-13")
        let between = PatientState.fold(story.events, effectiveAt: story.clinic.at("2026-04-11"))
        #expect(between.lab(moved) == nil)
    }

    @Test func `who the patient is holds before anybody told it, as it was last put right`() {
        var story = given {
            $0.register(on: "2026-03-01")
            $0.weighs(80, on: "2026-03-02")
        }
        let put = Identity(
            name: Act.person.name, birthDate: date("1971-05-17"),
            identifiers: Act.person.identifiers)
        story.does(.correctIdentity(put, .female), at: "2026-03-09")
        let early = PatientState.fold(story.events, effectiveAt: story.clinic.at("2026-02-01"))
        #expect(early.registration?.identity.value?.birthDate == put.birthDate)
        #expect(early.registration?.gender == .female)
        #expect(early.weights.latest == nil)
        #expect(early.version == story.state.version)
    }

    @Test func `any part of a history folds`() {
        let story = given { story in
            story.patient(on: "2026-03-01")
            story.ordered(on: "2026-03-02")
            story.dose(1, 750, on: "2026-03-02")
            story.dose(2, 750, on: "2026-03-09")
        }
        for dropped in story.events.indices {
            var events = story.events
            events.remove(at: dropped)
            #expect(PatientState.fold(events).version == EventVersion(Int64(events.count)))
            #expect(
                PatientState.fold(events.reversed()).version == EventVersion(Int64(events.count)))
        }
    }
}
