extension PatientState {
    /// The record that was merged into this one and still is.
    public func openMerge(of patient: PatientID) -> MergeRecord? {
        merges.last { $0.patient == patient && $0.isOpen }
    }

    mutating func merge(_ merged: PatientMerged, at: Instant) {
        merges.append(MergeRecord(merged.patient, at: at, version: version))
    }

    mutating func noteForAttribution() {
        for index in merges.indices where merges[index].isOpen {
            merges[index].recorded.append(version)
        }
    }

    /// What was carried over from `other` is somebody else's. What was said here of a record that goes, a
    /// correction or a hold, goes with it and stays in the stream, to be attributed.
    mutating func unmerge(_ other: PatientID, _ reason: Kept<UnmergeReason>) {
        if let index = merges.lastIndex(where: { $0.patient == other && $0.isOpen }) {
            merges[index].unmerged = reason
        }
        forget(Set(carried.filter { $0.source == other }.map(\.version)))
    }

    mutating func attribute(_ attribution: RecordAttribution) {
        let index = merges.lastIndex {
            $0.patient == attribution.patient && $0.toAttribute.contains(attribution.event)
        }
        if let index { merges[index].attributed[attribution.event] = attribution.owner }
    }

    private mutating func forget(_ versions: Set<EventVersion>) {
        guard !versions.isEmpty else { return }
        carried.removeAll { versions.contains($0.version) }
        labs.removeAll { versions.contains($0.chain[0].version) }
        labIndex = Dictionary(
            labs.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { $1 })
        weights.remove(versions)
        heights.remove(versions)
        contexts.remove(versions)
        facts.remove(versions)
        orders.removeAll { versions.contains($0.version) }
        doses.removeAll { versions.contains($0.version) }
        reactions.removeAll { versions.contains($0.version) }
        transfusionOrders.removeAll { versions.contains($0.version) }
        transfusions.removeAll { versions.contains($0.version) }
        reviews.removeAll { versions.contains($0.version) || versions.contains($0.value.decision) }
        rechecksClosedByPerson = rechecksClosedByPerson.filter { !versions.contains($0.anchor) }
    }
}

extension ClinicalFacts {
    fileprivate mutating func remove(_ versions: Set<EventVersion>) {
        infection.remove(versions)
        pregnancy.remove(versions)
        ironAllergies.remove(versions)
        knownIronOverload.remove(versions)
        hypophosphatemiaRisk.remove(versions)
        cardiovascularDisease.remove(versions)
        deceased.remove(versions)
        cancerInfusions.remove(versions)
        therapies = therapies.without(versions)
        conditions = conditions.without(versions)
        symptoms = symptoms.without(versions)
        bleeding = bleeding.without(versions)
        planned = planned.without(versions)
        happened = happened.without(versions)
        tested = tested.without(versions)
    }
}

extension Dictionary {
    /// Of what nothing is left to be said nothing was said.
    fileprivate func without<Told>(_ versions: Set<EventVersion>) -> Self
    where Value == Timeline<Told> {
        mapValues { timeline in
            var timeline = timeline
            timeline.remove(versions)
            return timeline
        }.filter { !$0.value.entries.isEmpty }
    }
}

extension PatientFact {
    /// Whether a person told it, so that a person has to say whose it is where two records were taken for one
    /// . What follows from other events is told again by itself.
    var needsAttribution: Bool {
        switch self {
        case .identityCorrected, .labRecorded, .labCorrected, .labRetracted, .weightRecorded,
            .heightRecorded, .clinicalContextSet, .clinicalFactRecorded, .infusionOrdered,
            .orderHeld, .orderReleased, .orderCancelled, .appointmentBooked, .appointmentMoved,
            .capacityOverridden, .appointmentCancelled, .appointmentMissed, .appointmentHeld,
            .appointmentConfirmed, .patientArrived, .visitBegun, .visitLeft, .doseStarted,
            .dosePaused, .doseResumed,
            .doseCompleted, .doseStopped, .reactionLogged, .reactionRegraded, .patientDischarged,
            .transfusionRecorded, .gateOverridden, .signedOff, .chairsideChecked,
            .transfusionOrdered,
            .transfusionOrderFilled, .decisionReviewed, .waitlistEntered, .waitlistOffered:
            true
        case .recheckClosed(let closed):
            switch closed.reason {
            case .closedByPerson: true
            case .satisfied, .superseded, .noLongerNeeded: false
            }
        case .patientRegistered, .stockReserved, .holdExpired, .recheckOpened, .patientErased,
            .waitlistChanged,
            .waitlistLeft, .patientMerged, .historyCarried, .patientMergedInto, .patientUnmerged,
            .patientUnmergedFrom,
            .recordAttributed:
            false
        }
    }
}
