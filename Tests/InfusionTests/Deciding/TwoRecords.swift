import Infusion
import Testing

/// Two records, decided on together as the service does: both take their events or neither.
struct TwoRecords {
    /// Patient 1, who goes on.
    var survivor: Story
    /// Patient 2.
    var other: Story

    init(_ survivor: Story, _ other: Story) {
        self.survivor = survivor
        self.other = other
    }

    var pair: PatientMerge {
        PatientMerge(survivor: survivor.patientID, merged: other.patientID)
    }

    mutating func merge(
        at time: String, sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let refusal = does(.mergePatients(pair), at: survivor.clinic.at(time))
        #expect(refusal == nil, sourceLocation: sourceLocation)
    }

    mutating func unmerge(
        _ reason: UnmergeReason = .differentPersons, at time: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let refusal = does(
            .unmergePatients(pair, reason: reason), at: survivor.clinic.at(time))
        #expect(refusal == nil, sourceLocation: sourceLocation)
    }

    /// - Returns: The refusal; `nil` where both were told.
    mutating func does(_ command: PatientCommand, at now: Instant) -> Refusal? {
        do throws(Refusal) {
            let own = try survivor.decided(command, beside: other, at: now)
            let theirs = try other.decided(command, beside: survivor, at: now)
            survivor.takes(own)
            other.takes(theirs)
            return nil
        } catch {
            return error
        }
    }
}

extension Story {
    fileprivate func decided(
        _ command: PatientCommand, beside other: Story, at now: Instant
    ) throws(Refusal) -> [PatientEvent] {
        let alone = clinic.context(now: now)
        return try PatientDecider().decide(
            command, given: state,
            in: DecisionContext(
                now: now, site: alone.site, formulary: alone.formulary, actor: alone.actor,
                counterpart: OtherPatient(patient: other.patientID, events: other.events)))
    }

    fileprivate mutating func takes(_ new: [PatientEvent]) {
        for event in new { state.apply(event) }
        events += new
    }
}
