import Foundation
import Infusion
import Testing

@Suite struct `Taking a merge back` {
    private var merged: TwoRecords {
        var other = `Merging two records of one patient`.record {
            $0.patient(on: "2026-03-01")
            $0.ordered(11, on: "2026-03-02")
            $0.dose(12, order: 11, 750, on: "2026-03-03")
        }
        other.does(
            .logReaction(
                Act.reaction(13, dose: 12, .anaphylaxis, .ctcae(4)),
                at: other.clinic.at("2026-03-03 10:10")), at: "2026-03-04 08:00")
        other.does(.cancelOrder(id(11), reason: .reaction), at: "2026-03-04 09:00")
        var survivor = given { $0.patient(on: "2026-03-01") }
        survivor.has(
            [.general], [.ironAllergy(IronAllergy(moiety: .ironDextran, serious: true))],
            on: "2026-03-02")
        var records = TwoRecords(survivor, other)
        records.merge(at: "2026-03-05")
        return records
    }

    @Test func `what was carried over is the other's alone again`() {
        var records = merged
        records.unmerge(at: "2026-03-10")
        let state = records.survivor.state
        #expect(state.doses.isEmpty)
        #expect(state.reactions.isEmpty)
        #expect(state.orders.isEmpty)
        #expect(state.carried.isEmpty)
        #expect(state.openMerge(of: id(2)) == nil)
        #expect(state.merges.last?.unmerged?.value == .differentPersons)
        #expect(records.other.state.mergedInto == nil)
        #expect(records.other.state.doses.count == 1)
        records.other.when(
            .recordMeasurements(
                weight: Kilograms(81), height: nil, at: records.other.clinic.at("2026-03-11")),
            at: "2026-03-11"
        ).accepted()
        // As of no moment was it the survivor's.
        let then = PatientState.fold(
            records.survivor.events, effectiveAt: records.survivor.clinic.at("2026-03-04"))
        #expect(then.doses.isEmpty)
    }

    @Test func `blocks stay on both`() {
        var records = merged
        records.unmerge(at: "2026-03-10")
        for (story, order) in [(records.survivor, UInt64(31)), (records.other, UInt64(32))] {
            let allergies = story.state.facts.ironAllergies.entries.map(\.value)
            let serious = Set(allergies.filter(\.serious).compactMap(\.moiety))
                .union(story.state.reactions.isEmpty ? [] : [.ferricCarboxymaltose])
            #expect(serious == [.ironDextran, .ferricCarboxymaltose])
            var story = story
            story.diagnosed(on: "2026-05-01")
            story.weighs(80, on: "2026-05-01")
            story.noInfection(on: "2026-05-01")
            story.when(
                Act.order(order, signed: story.clinic.at("2026-05-01 09:00")),
                at: "2026-05-01 09:00"
            ).shutAmongOthers([.anaphylaxisSameProduct])
        }
    }

    @Test func `what was recorded meanwhile stays and waits for a person's attribution`() {
        var records = merged
        records.survivor.weighs(84, on: "2026-03-06")
        let weighed = records.survivor.events.indices.last {
            records.survivor.events[$0].fact == .weightRecorded(Kilograms(84))
        }
        #expect(records.survivor.state.merges.last?.toAttribute == [])
        records.unmerge(at: "2026-03-10")
        #expect(records.survivor.state.weights.latest?.value == Kilograms(84))
        #expect(
            records.survivor.state.merges.last?.toAttribute
                == weighed.map { [EventVersion(Int64($0) + 1)] })
        let event = weighed.map { EventVersion(Int64($0) + 1) } ?? .none
        let attribute = PatientCommand.attributeRecord(
            RecordAttribution(patient: id(2), event: event, owner: .thisPatient))
        records.survivor.does(attribute, at: "2026-03-11")
        #expect(records.survivor.state.merges.last?.toAttribute == [])
        #expect(records.survivor.state.weights.latest?.value == Kilograms(84))
        records.survivor.when(attribute, at: "2026-03-12").refused(.attributionNotOpen(event))
    }

    @Test func `while the merge lasts nothing needs an attribution`() {
        var records = merged
        records.survivor.weighs(84, on: "2026-03-06")
        let last = records.survivor.state.version
        records.survivor.when(
            .attributeRecord(
                RecordAttribution(patient: id(2), event: last, owner: .otherPatient)),
            at: "2026-03-07"
        ).refused(.attributionNotOpen(last))
    }

    @Test func `a reaction logged meanwhile to a dose that goes blocks both`() {
        var records = merged
        records.survivor.does(
            .logReaction(
                Act.reaction(14, dose: 12, .kounis, .ctcae(3)),
                at: records.survivor.clinic.at("2026-03-03 10:20")), at: "2026-03-06")
        records.unmerge(.enteredInError, at: "2026-03-10")
        let allergies = records.survivor.state.facts.ironAllergies.entries.map(\.value)
        #expect(
            allergies.contains(IronAllergy(moiety: .ferricCarboxymaltose, serious: true)))
    }

    @Test func `merged once more, and taken back by whom it concerns only`() {
        var records = merged
        let another = PatientMerge(survivor: id(1), merged: id(3))
        let unknown = records.does(
            .unmergePatients(another, reason: .enteredInError),
            at: records.survivor.clinic.at("2026-03-09"))
        #expect(unknown == .notMerged(id(3)))
        records.unmerge(at: "2026-03-10")
        let again = records.does(
            .unmergePatients(records.pair, reason: .enteredInError),
            at: records.survivor.clinic.at("2026-03-11"))
        #expect(again == .notMerged(id(2)))
        records.merge(at: "2026-03-12")
        #expect(records.survivor.state.doses.map(\.id) == [id(12)])
        #expect(records.survivor.state.merges.count == 2)
        #expect(PatientState.fold(records.survivor.events) == records.survivor.state)
        #expect(PatientState.fold(records.other.events) == records.other.state)
    }
}
