/// Two records of one patient. Each command is decided on both streams, whichever of the two `state` is, and
/// told to both or to none; `context` has the other one.
extension Decision {
    /// The survivor takes over what the other record knew, as the same facts at the same times. What stands in
    /// the way of iron in either stands in the way afterwards, whatever the other record says later (facts §10.3).
    func merge(_ merge: PatientMerge) throws(Refusal) -> [PatientEvent] {
        let registration = try requireRegistered()
        guard merge.survivor != merge.merged else {
            throw .mergeNotPossible(merge.merged, .samePatient)
        }
        if registration.patient == merge.merged {
            return expiredHolds + [happensNow(.patientMergedInto(merge.survivor))]
        }
        let other = try requireMergeable(merge.merged)
        let history = CarriedHistory(of: other, onto: state)
        if let shared = history.conflict {
            throw .mergeNotPossible(merge.merged, .sharedRecord(shared))
        }
        let accepted = InfusionLimits.carriedEvents
        guard history.events.count <= accepted else {
            throw .mergeNotPossible(
                merge.merged, .tooLong(events: history.events.count, accepted: accepted))
        }
        var after = state
        for event in history.events { after.apply(event) }
        let merged = happensNow(
            .patientMerged(PatientMerged(patient: merge.merged, version: other.state.version)))
        return history.events + restated(of: other.state, in: after)
            + consequences(of: other.state) + [merged]
    }

    /// Takes the merge back. What was carried over goes; what stood in the way of iron while the two were one
    /// stays on both.
    func unmerge(
        _ merge: PatientMerge, reason: UnmergeReason
    ) throws(Refusal) -> [PatientEvent] {
        let registration = try requireRegistered()
        if registration.patient == merge.survivor {
            guard state.openMerge(of: merge.merged) != nil else { throw .notMerged(merge.merged) }
            let carried = state.carried.filter { $0.source == merge.merged }
            // As if it had never been: as of no moment is it this patient's.
            let at = carried.map(\.effectiveAt).min() ?? now
            let unmerged = happened(.patientUnmerged(merge.merged, reason: reason), at: at)
            return [unmerged] + kept(state.blocks(missingIn: state.evolve(unmerged)))
        }
        guard state.mergedInto?.value == merge.survivor, let survivor = context.counterpart else {
            throw .notMerged(registration.patient)
        }
        return [happensNow(.patientUnmergedFrom(merge.survivor, reason: reason))]
            + kept(survivor.state.blocks(missingIn: state))
    }

    /// Nothing else follows from it: what is retracted here and recorded there is told by commands of its own.
    func attribute(_ attribution: RecordAttribution) throws(Refusal) -> [PatientEvent] {
        _ = try requireRegistered()
        let isOpen = state.merges.contains {
            $0.patient == attribution.patient && $0.toAttribute.contains(attribution.event)
        }
        guard isOpen else { throw .attributionNotOpen(attribution.event) }
        return [happensNow(.recordAttributed(attribution))]
    }

    private func kept(_ blocks: [ClinicalFact]) -> [PatientEvent] {
        blocks.map { happensNow(.clinicalFactRecorded($0)) }
    }

    private func requireMergeable(_ id: PatientID) throws(Refusal) -> OtherPatient {
        guard let other = context.counterpart, other.patient == id,
            other.state.registration != nil
        else { throw .mergeNotPossible(id, .notRegistered) }
        if let problem = problem(of: other.state) { throw .mergeNotPossible(id, problem) }
        return other
    }

    private func problem(of other: PatientState) -> MergeProblem? {
        if other.erasure != nil { return .erased }
        if let survivor = other.mergedInto?.value { return .alreadyMerged(into: survivor) }
        if let third = other.merges.first(where: \.isOpen) { return .hasMerged(third.patient) }
        if other.isDeceased != state.isDeceased { return .deathDiffers }
        let theirs = Decision(state: other, context: context)
        return (theirs.openCare ?? theirs.seated).map { .careNotEnded(open: $0) }
    }

    /// A dose or a visit whose patient may still sit in the chair: the discharge is what frees it.
    private var seated: String? {
        let since = now.adding(hours: -InfusionLimits.seatedHours)
        let dose = state.doses.first { dose in
            dose.discharge == nil && dose.started.appointment != nil
                && dose.end.map { $0.at > since } ?? true
        }
        if let dose { return "dose \(dose.id)" }
        let visit = state.appointments.first { visit in
            visit.begun.map { $0.effectiveAt > since } ?? false && state.isUnderWay(visit)
        }
        return visit.map { "appointment \($0.id)" }
    }

    /// What the later word of one record would have taken from the other's.
    private func restated(of other: PatientState, in merged: PatientState) -> [PatientEvent] {
        var facts: [ClinicalFact] = []
        for fact in state.blocks(missingIn: merged) + other.blocks(missingIn: merged)
        where !facts.contains(fact) {
            facts.append(fact)
        }
        let pregnancies = [state, other].compactMap { $0.facts.pregnancy.latest?.value }
        if let pregnant = pregnancies.first(where: \.isPregnant),
            merged.facts.pregnancy.latest?.value.isPregnant != true
        {
            facts.append(.pregnancy(pregnant))
        }
        var events = facts.map { happensNow(.clinicalFactRecorded($0)) }
        let contexts = contexts(with: other)
        if let told = merged.contexts.latest?.value, told != contexts {
            events.append(happensNow(.clinicalContextSet(contexts)))
        }
        return events
    }

    /// The active contexts of both: with several the strictest ceiling counts. Of those that exclude each
    /// other the ones last told.
    private func contexts(with other: PatientState) -> Set<ClinicalContext> {
        let told = [state.contexts.latest, other.contexts.latest].compactMap(\.self)
            .sorted { $0.effectiveAt < $1.effectiveAt }
        var contexts = Set(told.flatMap(\.value))
        for group in Self.exclusiveContexts where contexts.intersection(group).count > 1 {
            let last = told.last { !$0.value.isDisjoint(with: group) }?.value ?? []
            contexts = contexts.subtracting(group).union(last.intersection(group))
        }
        return contexts
    }

    /// A serious reaction of either holds the survivor's orders for review, as it would have if it had been
    /// logged here.
    private func consequences(of other: PatientState) -> [PatientEvent] {
        var events: [PatientEvent] = []
        for record in other.reactions {
            guard let dose = other.dose(record.reaction.dose) else { continue }
            let follows = consequences(of: record.reaction.kind, grade: record.grade, dose: dose)
            events += follows.filter { !events.contains($0) }
        }
        return events
    }
}

extension PregnancyStatus {
    fileprivate var isPregnant: Bool {
        switch self {
        case .pregnant: true
        case .notPregnant, .unknown: false
        }
    }
}
