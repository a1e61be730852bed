import Foundation
import Infusion
import Testing

@Suite struct `Merging two records of one patient` {
    let survivor = given { $0.patient(on: "2026-03-01") }
    /// Had 750 mg of carboxymaltose on the 3rd of March, and nothing is open.
    let other = Self.record {
        $0.patient(on: "2026-03-01")
        $0.ordered(11, on: "2026-03-02")
        $0.dose(12, order: 11, 750, on: "2026-03-03")
        $0.does(.cancelOrder(id(11), reason: .noLongerNeeded), at: "2026-03-04")
    }

    static func record(_ tell: (inout Story) -> Void) -> Story {
        var story = Story(.newYork, patient: id(2), firstID: 2_000)
        tell(&story)
        return story
    }

    /// Anaphylaxis of the dose above.
    private var reacted: Story {
        var story = other
        story.does(
            .logReaction(
                Act.reaction(13, dose: 12, .anaphylaxis, .ctcae(4)),
                at: story.clinic.at("2026-03-03 10:10")), at: "2026-03-04 08:00")
        return story
    }

    @Test func `the survivor takes over what the other knew, and where it came from`() throws {
        var records = TwoRecords(survivor, other)
        let versions = other.state.version
        records.merge(at: "2026-03-05")
        let state = records.survivor.state
        #expect(state.doses.map(\.id) == [id(12)])
        #expect(state.doses.map(\.given) == [mg(750)])
        #expect(state.administered.first?.end?.at == other.state.doses[0].end?.at)
        #expect(state.labs.count == survivor.state.labs.count + other.state.labs.count)
        #expect(state.order(id(11))?.status == .cancelled)
        #expect(state.registration == survivor.state.registration)
        let merged = try #require(state.openMerge(of: id(2)))
        #expect(merged.toAttribute == [])
        let carried = records.survivor.events.compactMap { event in
            if case .historyCarried(let carried) = event.fact { carried } else { nil }
        }
        #expect(carried.count == state.carried.count)
        for fact in carried {
            #expect(fact.source == id(2))
            let source = other.events[Int(fact.version.value) - 1]
            // The same kind of thing at the same time, whatever it refers to.
            #expect("\(fact.fact)".prefix(12) == "\(source.fact)".prefix(12))
        }
        #expect(
            records.survivor.events.contains {
                $0.fact == .patientMerged(PatientMerged(patient: id(2), version: versions))
            })
    }

    @Test func `the other takes no more commands and names the survivor`() {
        var records = TwoRecords(survivor, other)
        records.merge(at: "2026-03-05")
        #expect(records.other.state.mergedInto?.value == id(1))
        for command in [
            PatientCommand.recordLabs([]), Act.register(patient: id(2)),
            Act.order(signed: other.clinic.at("2026-03-06")), .erasePatient(.patientRequest),
        ] {
            records.other.when(command, at: "2026-03-06").refused(.patientMerged(into: id(1)))
        }
        #expect(records.other.state.openRechecks.isEmpty)
        #expect(!records.survivor.state.openRechecks.isEmpty)
    }

    @Test func `iron of the other counts`() {
        var alone = survivor
        alone.ordered(21, on: "2026-03-05")
        alone.noInfection(on: "2026-03-06")
        let start = Act.start(22, order: 21, 750, at: alone.clinic.at("2026-03-06 10:00"))
        alone.when(start, at: "2026-03-06 10:00").accepted()
        var records = TwoRecords(alone, other)
        records.merge(at: "2026-03-06 09:30")
        records.survivor.when(start, at: "2026-03-06 10:00").shutAmongOthers([.interval])
    }

    @Test func `a reaction of the other blocks, and holds what is ordered`() {
        var survivor = survivor
        survivor.ordered(21, on: "2026-03-05")
        survivor.does(
            .bookAppointment(
                id(23), order: id(21), slot: Act.slot(survivor.clinic.at("2026-03-10"))),
            at: "2026-03-05")
        var records = TwoRecords(survivor, reacted)
        records.merge(at: "2026-03-06")
        let state = records.survivor.state
        #expect(state.order(id(21))?.holds.map(\.value) == [.reactionReview])
        #expect(state.appointment(id(23))?.status == .cancelled(.reaction))
        records.survivor.does(
            .releaseOrder(id(21), signOff: Act.signOff()), at: "2026-03-10 09:00")
        records.survivor.noInfection(on: "2026-03-10")
        records.survivor.when(
            Act.start(22, order: 21, 750, at: survivor.clinic.at("2026-03-10 10:00")),
            at: "2026-03-10 10:00"
        ).shutAmongOthers([.anaphylaxisSameProduct])
    }

    @Test func `a late word of one record takes no block of the other's away`() {
        var survivor = survivor
        survivor.has(
            [.heartFailure], [.knownIronOverload(true), .infection(active: true)],
            on: "2026-03-02")
        var other = other
        other.has(
            [.general, .ckdNonDialysis], [.knownIronOverload(false), .infection(active: false)],
            on: "2026-03-04")
        var records = TwoRecords(survivor, other)
        records.merge(at: "2026-03-05")
        let state = records.survivor.state
        #expect(state.facts.knownIronOverload.latest?.value == true)
        #expect(state.facts.infection.latest?.value == true)
        #expect(state.contexts.latest?.value == [.heartFailure, .general, .ckdNonDialysis])
    }

    @Test func `of contexts that exclude each other the last told stands`() {
        var survivor = survivor
        survivor.has([.ckdHemodialysis], on: "2026-03-04")
        var other = other
        other.has([.ckdNonDialysis, .oncology], on: "2026-03-03")
        var records = TwoRecords(survivor, other)
        records.merge(at: "2026-03-05")
        #expect(
            records.survivor.state.contexts.latest?.value == [.ckdHemodialysis, .oncology])
    }

    @Test func `what was told of the other late is told to the survivor`() {
        var records = TwoRecords(survivor, other)
        records.merge(at: "2026-03-05")
        records.survivor.does(
            .logReaction(
                Act.reaction(13, dose: 12, .anaphylaxis, .ctcae(4)),
                at: other.clinic.at("2026-03-03 10:10")), at: "2026-03-05 12:00")
        let lab = other.state.labs[0]
        records.survivor.does(
            .retractLab(LabRetracted(result: lab.id, reason: .wrongPatient)), at: "2026-03-05 13:00"
        )
        #expect(records.survivor.state.lab(lab.id)?.retraction != nil)
    }

    @Test func `a result that both were told is one result`() {
        let result = Act.result(77, .phosphate, 3, survivor.clinic.at("2026-03-02 08:00"))
        var survivor = survivor
        survivor.does(.recordLabs([result]), at: "2026-03-02 09:00")
        var other = other
        other.does(.recordLabs([result]), at: "2026-03-04 09:00")
        var records = TwoRecords(survivor, other)
        records.merge(at: "2026-03-05")
        #expect(records.survivor.state.labs.count { $0.id == result.id } == 1)
    }
}

@Suite struct `Records that cannot be merged, or not yet` {
    let survivor = given { $0.patient(on: "2026-03-01") }

    private func refused(
        _ problem: MergeProblem, _ other: Story, beside survivor: Story? = nil,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        var records = TwoRecords(survivor ?? self.survivor, other)
        let before = (records.survivor.state, records.other.state)
        let refusal = records.does(
            .mergePatients(records.pair), at: other.clinic.at("2026-03-20"))
        #expect(
            refusal == .mergeNotPossible(other.patientID, problem), sourceLocation: sourceLocation)
        #expect(
            (records.survivor.state, records.other.state) == before,
            sourceLocation: sourceLocation)
    }

    private func record(_ tell: (inout Story) -> Void) -> Story {
        `Merging two records of one patient`.record(tell)
    }

    @Test func `care of the other is ended first, by its name`() {
        let order: OrderID = id(11)
        let appointment: AppointmentID = id(14)
        var other = record {
            $0.patient(on: "2026-03-01")
            $0.ordered(11, on: "2026-03-02")
        }
        refused(.careNotEnded(open: "order \(order)"), other)
        other.does(
            .bookAppointment(
                appointment, order: order, slot: Act.slot(other.clinic.at("2026-03-10"))),
            at: "2026-03-02")
        refused(.careNotEnded(open: "appointment \(appointment)"), other)
        other.does(.cancelAppointment(appointment, reason: .patientRequest), at: "2026-03-03")
        other.does(.cancelOrder(order, reason: .patientRequest), at: "2026-03-03")
        var records = TwoRecords(survivor, other)
        records.merge(at: "2026-03-20")
    }

    @Test func `an infusion runs, or its patient may still sit in the chair`() {
        let dose: DoseID = id(12)
        var other = record {
            $0.patient(on: "2026-03-19")
            $0.ordered(11, on: "2026-03-19")
            $0.does(
                .bookAppointment(
                    id(14), order: id(11), slot: Act.slot($0.clinic.at("2026-03-19 15:00"))),
                at: "2026-03-19 14:00")
            $0.does(
                Act.start(
                    12, order: 11, 750, at: $0.clinic.at("2026-03-19 15:00"), appointment: 14),
                at: "2026-03-19 15:00")
        }
        refused(.careNotEnded(open: "dose \(dose)"), other)
        other.does(
            .completeDose(Act.end(12, 750, at: other.clinic.at("2026-03-19 15:30"))),
            at: "2026-03-19 15:30")
        other.does(.cancelOrder(id(11), reason: .noLongerNeeded), at: "2026-03-19 16:00")
        refused(.careNotEnded(open: "dose \(dose)"), other)
        other.does(
            .dischargePatient(dose, stable: true, at: other.clinic.at("2026-03-19 16:30")),
            at: "2026-03-19 16:30")
        var records = TwoRecords(survivor, other)
        records.merge(at: "2026-03-20")
    }

    @Test func `nobody, the erased, the dead and oneself`() {
        refused(.notRegistered, record { _ in })
        refused(
            .erased,
            record {
                $0.patient(on: "2026-03-01")
                $0.does(.erasePatient(.patientRequest), at: "2026-03-02")
            })
        refused(
            .deathDiffers,
            record {
                $0.patient(on: "2026-03-01")
                $0.has([.general], [.deceased(true)], on: "2026-03-02")
            })
        survivor.when(
            .mergePatients(PatientMerge(survivor: id(1), merged: id(1))), at: "2026-03-20"
        ).refused(.mergeNotPossible(id(1), .samePatient))
    }

    @Test func `one that is merged already, or that others are merged into`() {
        let other = record { $0.patient(on: "2026-03-01") }
        var third = Story(.newYork, patient: id(3), firstID: 3_000)
        third.patient(on: "2026-03-01")
        var records = TwoRecords(third, other)
        records.merge(at: "2026-03-05")
        refused(.alreadyMerged(into: id(3)), records.other)
        refused(.hasMerged(id(2)), records.survivor)
    }

    @Test func `one id that does not mean the same in both`() {
        let at = survivor.clinic.at("2026-03-02 08:00")
        var survivor = survivor
        survivor.does(.recordLabs([Act.result(77, .phosphate, 3, at)]), at: "2026-03-02 09:00")
        let other = record {
            $0.patient(on: "2026-03-01")
            $0.does(.recordLabs([Act.result(77, .phosphate, 4, at)]), at: "2026-03-02 09:00")
        }
        let lab: LabResultID = id(77)
        refused(.sharedRecord("result \(lab)"), other, beside: survivor)
    }
}
