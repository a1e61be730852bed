/// What a clinic may do with one patient's stream: the commands it accepts and the events they
/// cause.
///
/// Pure: the same command on the same state in the same context gives the same events. The events
/// after the command's own are its consequences for the recheck queue and the wait list; see
/// ``Rechecks`` and ``Waitlist``.
public struct PatientDecider: Sendable {
    public init() {}

    public var initialState: PatientState { PatientState() }

    /// The state after `event`; total, and free of rules.
    public func evolve(_ state: PatientState, _ event: PatientEvent) -> PatientState {
        state.evolve(event)
    }

    /// The events that `command` causes; none when it changes nothing.
    public func decide(
        _ command: PatientCommand, given state: PatientState, in context: DecisionContext
    ) throws(Refusal) -> [PatientEvent] {
        if state.erasure != nil, !command.isErasure { throw .patientErased }
        if let survivor = state.mergedInto?.value, !command.reachesMerged {
            throw .patientMerged(into: survivor)
        }
        let events = try events(of: command, given: state, in: context)
        if events.isEmpty { return [] }
        var after = state
        for event in events { after.apply(event) }
        return events + Rechecks.reconcile(after, in: context)
            + Waitlist.reconcile(events, given: after, in: context)
    }

    /// The command's own events, without what they mean for the recheck queue.
    func events(
        of command: PatientCommand, given state: PatientState, in context: DecisionContext
    ) throws(Refusal) -> [PatientEvent] {
        try dispatch(command, to: Decision(state: state, context: context))
    }

    private func dispatch(
        _ command: PatientCommand, to decision: Decision
    ) throws(Refusal) -> [PatientEvent] {
        switch command {
        case .registerPatient(let patient): try decision.register(patient)
        case .correctIdentity(let identity, let gender): try decision.correct(identity, gender)
        case .recordLabs(let results): try decision.record(results)
        case .correctLab(let correction): try decision.correct(correction)
        case .retractLab(let retraction): try decision.retract(retraction)
        case .recordMeasurements(let weight, let height, let at):
            try decision.recordMeasurements(weight: weight, height: height, at: at)
        case .setClinicalContext(let contexts, let facts, let at, let signOff):
            try decision.set(contexts, facts: facts, at: at, signOff: signOff)
        case .orderInfusion(let order): try decision.order(order)
        case .holdOrder(let id, let reason): try decision.hold(id, reason: reason)
        case .releaseOrder(let id, let signOff): try decision.release(id, signOff: signOff)
        case .cancelOrder(let id, let reason): try decision.cancel(id, reason: reason)
        case .bookAppointment(let id, let order, let slot, let override):
            try decision.book(id, order: order, slot: slot, override: override)
        case .moveAppointment(let id, let slot, let override):
            try decision.move(id, to: slot, override: override)
        case .cancelAppointment(let id, let reason): try decision.cancel(id, reason: reason)
        case .recordNoShow(let id): try decision.recordNoShow(id)
        case .holdAppointment(let id, let order, let slot, let minutes, let override):
            try decision.hold(id, order: order, slot: slot, minutes: minutes, override: override)
        case .enterWaitlist(let request): try decision.enterWaitlist(request)
        case .changeWaitlist(let request): try decision.changeWaitlist(request)
        case .leaveWaitlist(let id, let reason): try decision.leaveWaitlist(id, reason: reason)
        case .offerVisit(let offer): try decision.offer(offer)
        case .declineOffer(let id, let reason): try decision.declineOffer(id, reason: reason)
        case .confirmAppointment(let id): try decision.confirm(id)
        case .expireHold(let id): try decision.expireHold(id)
        case .recordArrival(let id, let at): try decision.recordArrival(id, at: at)
        case .startDose(let dose): try decision.start(dose)
        case .pauseDose(let id, let reason, let at):
            try decision.pause(id, reason: reason, at: at)
        case .resumeDose(let resumption, let at): try decision.resume(resumption, at: at)
        case .completeDose(let dose): try decision.end(dose, stopped: nil)
        case .stopDose(let dose, let reason): try decision.end(dose, stopped: reason)
        case .logReaction(let reaction, let at): try decision.log(reaction, at: at)
        case .regradeReaction(let id, let grade, let signOff):
            try decision.regrade(id, to: grade, signOff: signOff)
        case .dischargePatient(let id, let stable, let at):
            try decision.discharge(id, stable: stable, at: at)
        case .orderTransfusion(let order): try decision.order(order)
        case .recordTransfusion(let transfusion, let at): try decision.record(transfusion, at: at)
        case .beginVisit(let id, let at): try decision.beginVisit(id, at: at)
        case .leaveVisit(let id, let stable, let at):
            try decision.leaveVisit(id, stable: stable, at: at)
        case .overrideGate(let override): try decision.override(override)
        case .closeRecheck(let id, let reason): try decision.close(id, reason: reason)
        case .recordChairsideCheck(let check, let at): try decision.record(check, at: at)
        case .reviewDecision(let review): try decision.close(review)
        case .erasePatient(let reason): try decision.erase(reason)
        case .mergePatients(let merge): try decision.merge(merge)
        case .unmergePatients(let merge, let reason):
            try decision.unmerge(merge, reason: reason)
        case .attributeRecord(let attribution): try decision.attribute(attribution)
        }
    }
}

extension PatientCommand {
    /// The one command that an erased patient still takes: to be erased twice is to be erased.
    fileprivate var isErasure: Bool {
        if case .erasePatient = self { true } else { false }
    }

    /// What the survivor's command means for the record that was merged into it.
    fileprivate var reachesMerged: Bool {
        if case .unmergePatients = self { true } else { isErasure }
    }
}
