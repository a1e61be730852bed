extension PatientState {
    /// The state after `event`: total, and free of rules.
    public func evolve(_ event: PatientEvent) -> PatientState {
        var next = self
        next.apply(event)
        return next
    }

    /// Folds in place, so that a replay copies nothing.
    public mutating func apply(_ event: PatientEvent) {
        version = version.next
        if event.fact.needsAttribution { noteForAttribution() }
        apply(event.fact, at: event.effectiveAt)
    }

    private mutating func apply(_ fact: PatientFact, at: Instant) {
        switch fact {
        case .patientRegistered(let fact): register(fact, at: at)
        case .identityCorrected(let fact): correctIdentity(fact)
        case .labRecorded(let result): keep(result)
        case .labCorrected(let correction): keep(correction)
        case .labRetracted(let retraction): keep(retraction, at: at)
        case .weightRecorded(let weight): weights.insert(kept(weight, at))
        case .heightRecorded(let height): heights.insert(kept(height, at))
        case .clinicalContextSet(let set): contexts.insert(kept(set, at))
        case .clinicalFactRecorded(let fact): facts.insert(fact, at: at, version: version)
        case .infusionOrdered(let order):
            orders.append(OrderRecord(order, at: at, version: version))
        case .orderHeld(let id, let reason):
            update(order: id) { $0.holds.append(Kept(reason, effectiveAt: at, version: $1)) }
        case .orderReleased(let id): update(order: id) { order, _ in order.holds = [] }
        case .orderCancelled(let id, let reason):
            update(order: id) { $0.cancellation = Kept(reason, effectiveAt: at, version: $1) }
            let cancelled = kept(reason, at)
            update(transfusionOrder: id) { $0.cancellation = cancelled }
        case .appointmentBooked(let appointment):
            appointments.append(AppointmentRecord(appointment, status: .booked, version: version))
        case .appointmentMoved(let id, let slot):
            update(appointment: id) {
                if !$0.slot.isSameTime(as: slot) { $0.capacityOverride = nil }
                if $0.slot.site != slot.site { $0.stock = nil }
                $0.slot = slot
            }
        case .capacityOverridden(let id, let override):
            update(appointment: id) { $0.capacityOverride = override }
        case .stockReserved(let id, let need): update(appointment: id) { $0.stock = need }
        case .appointmentCancelled(let id, let reason):
            update(appointment: id) { $0.status = .cancelled(reason) }
        case .appointmentMissed(let id): update(appointment: id) { $0.status = .missed }
        case .appointmentHeld(let appointment, let until):
            appointments.append(
                AppointmentRecord(appointment, status: .held(until: until), version: version))
        case .appointmentConfirmed(let id, let findings):
            update(appointment: id) {
                $0.status = .booked
                $0.findings = findings
            }
        case .holdExpired(let id): update(appointment: id) { $0.status = .expired }
        case .patientArrived(let id): update(appointment: id) { $0.status = .arrived }
        case .doseStarted(let dose): start(dose, at: at)
        case .dosePaused(let id, let reason):
            update(dose: id) {
                $0.pauses.append(DoseRecord.Pause(reason: reason, from: at, version: $1))
            }
        case .doseResumed(let resumption):
            update(dose: resumption.id) { dose, version in
                guard dose.openPause != nil else { return }
                dose.pauses[dose.pauses.count - 1].resumption = Kept(
                    resumption, effectiveAt: at, version: version)
            }
        case .doseCompleted(let given): end(given, stopped: nil, at: at)
        case .doseStopped(let given, let reason): end(given, stopped: reason, at: at)
        case .reactionLogged(let reaction):
            reactions.append(ReactionRecord(reaction, at: at, version: version))
        case .reactionRegraded(let id, let grade): regrade(id, to: grade, at: at)
        case .patientDischarged(let discharge):
            update(dose: discharge.dose) {
                $0.discharge = Kept(discharge, effectiveAt: at, version: $1)
            }
        case .visitBegun(let id):
            let begun = kept(id, at)
            update(appointment: id) {
                $0.status = .begun
                $0.begun = begun
            }
        case .visitLeft(let visit):
            let left = kept(visit, at)
            update(appointment: visit.appointment) { $0.left = left }
        case .transfusionRecorded(let transfusion): transfusions.append(kept(transfusion, at))
        case .gateOverridden(let override):
            overrides.append(OverrideRecord(override, at: at, version: version))
        // What it is about says itself what it does.
        case .signedOff: break
        case .recheckOpened(let opened): openRechecks[opened.id] = kept(opened, at)
        case .recheckClosed(let closed): close(closed)
        case .patientErased(let reason): erase(kept(reason, at))
        case .chairsideChecked(let check): chairsideChecks.insert(kept(check, at))
        case .transfusionOrdered(let order):
            transfusionOrders.append(TransfusionOrderRecord(order, at: at, version: version))
        case .transfusionOrderFilled(let filled): fill(kept(filled, at))
        case .decisionReviewed(let review): reviews.append(kept(review, at))
        case .waitlistEntered(let entry): enter(entry, at: at)
        case .waitlistChanged(let entry): change(entry)
        case .waitlistOffered(let offer): keep(offer, at: at)
        case .waitlistLeft(let left): leave(left, at: at)
        case .historyCarried(let carried):
            self.carried.append(
                CarriedRecord(source: carried.source, effectiveAt: at, version: version))
            apply(carried.fact, at: at)
        case .patientMerged(let merged): merge(merged, at: at)
        case .patientMergedInto(let survivor): mergedInto = kept(survivor, at)
        case .patientUnmerged(let other, let reason): unmerge(other, kept(reason, at))
        case .patientUnmergedFrom: mergedInto = nil
        case .recordAttributed(let attribution): attribute(attribution)
        }
    }

    private func kept<Value>(_ value: Value, _ at: Instant) -> Kept<Value> {
        Kept(value, effectiveAt: at, version: version)
    }

    private mutating func register(_ fact: PatientRegistered, at: Instant) {
        registration = Registration(
            patient: fact.patient, site: fact.site, identity: fact.identity, gender: fact.gender,
            registeredAt: at, version: version)
    }

    private mutating func correctIdentity(_ fact: IdentityCorrected) {
        registration?.identity = fact.identity
        registration?.gender = fact.gender
        registration?.version = version
    }

    private mutating func erase(_ erasure: Kept<ErasureReason>) {
        self.erasure = erasure
        registration?.identity = .erased
    }

    private mutating func keep(_ result: LabResult) {
        labIndex[result.id] = labs.count
        labs.append(LabRecord(result, version: version))
    }

    private mutating func keep(_ correction: LabCorrected) {
        guard let index = labIndex[correction.result] else { return }
        labs[index].correct(correction, version: version)
    }

    private mutating func keep(_ retraction: LabRetracted, at: Instant) {
        guard let index = labIndex[retraction.result] else { return }
        labs[index].retract(retraction.reason, at: at, version: version)
    }

    private mutating func start(_ dose: DoseStarted, at: Instant) {
        doses.append(DoseRecord(dose, at: at, version: version))
        if let appointment = dose.appointment {
            update(appointment: appointment) { $0.attend(dose.id) }
        }
        // The findings name the override that let each gate be passed; that one is now used up.
        let used = dose.findings.filter { $0.verdict == .overridden }.flatMap(\.predicates)
            .filter { $0.name == PredicateName.override }.flatMap(\.evidence)
        for index in overrides.indices where used.contains(overrides[index].version) {
            overrides[index].spentBy = dose.id
        }
    }

    private mutating func end(_ given: DoseGiven, stopped: StopReason?, at: Instant) {
        guard let index = doses.firstIndex(where: { $0.id == given.id }), doses[index].end == nil
        else { return }
        doses[index].end = DoseRecord.End(given: given, at: at, stopped: stopped, version: version)
        update(order: doses[index].order) { order, _ in order.given = order.given + given.given }
    }

    private mutating func regrade(_ id: ReactionID, to grade: ReactionGrade, at: Instant) {
        guard let index = reactions.firstIndex(where: { $0.id == id }) else { return }
        reactions[index].grades.append(kept(grade, at))
    }

    private mutating func close(_ closed: RecheckClosed) {
        openRechecks[closed.id] = nil
        switch closed.reason {
        case .satisfied, .superseded, .noLongerNeeded: break
        case .closedByPerson: rechecksClosedByPerson.insert(closed.id)
        }
    }

    private mutating func update(
        order id: OrderID, _ change: (inout OrderRecord, EventVersion) -> Void
    ) {
        guard let index = orders.firstIndex(where: { $0.id == id }) else { return }
        change(&orders[index], version)
    }

    private mutating func fill(_ filled: Kept<TransfusionOrderFilled>) {
        update(transfusionOrder: filled.value.order) { $0.filled = filled }
        if let appointment = filled.value.appointment {
            update(appointment: appointment) { $0.status = .transfused(filled.value.transfusion) }
        }
    }

    private mutating func update(
        transfusionOrder id: OrderID, _ change: (inout TransfusionOrderRecord) -> Void
    ) {
        guard let index = transfusionOrders.firstIndex(where: { $0.id == id }) else { return }
        change(&transfusionOrders[index])
    }

    private mutating func update(
        appointment id: AppointmentID, _ change: (inout AppointmentRecord) -> Void
    ) {
        guard let index = appointments.firstIndex(where: { $0.id == id }) else { return }
        change(&appointments[index])
    }

    private mutating func update(
        dose id: DoseID, _ change: (inout DoseRecord, EventVersion) -> Void
    ) {
        guard let index = doses.firstIndex(where: { $0.id == id }) else { return }
        change(&doses[index], version)
    }
}
