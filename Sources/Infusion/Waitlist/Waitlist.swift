/// What the facts say of the visits that wait, and the events that bring the list in line with them: who does
/// not wait any more leaves it, and who can wait for longer or for less is ranked anew.
public enum Waitlist {
    /// - Parameters:
    ///   - events: What the command caused; `state` has them.
    /// - Returns: What follows from them, effective now.
    static func reconcile(
        _ events: [PatientEvent], given state: PatientState, in context: DecisionContext
    ) -> [PatientEvent] {
        state.waitlist.filter { $0.left == nil }.compactMap { entry in
            fact(of: entry, events, state, context).map {
                PatientEvent(effectiveAt: context.now, fact: $0)
            }
        }
    }

    private static func fact(
        of entry: WaitlistRecord, _ events: [PatientEvent], _ state: PatientState,
        _ context: DecisionContext
    ) -> PatientFact? {
        let order = entry.order
        if let reason = ending(of: entry, events, state, context) {
            return .waitlistLeft(WaitlistLeft(order: order, reason: reason))
        }
        let ranking = WaitlistRanking(state: state, context: context)
        guard let priority = ranking.priority(of: order),
            !priority.isTheSame(as: entry.priority)
        else { return nil }
        return .waitlistChanged(WaitlistEntry(request: entry.request, priority: priority))
    }

    private static func ending(
        of entry: WaitlistRecord, _ events: [PatientEvent], _ state: PatientState,
        _ context: DecisionContext
    ) -> WaitlistLeft.Reason? {
        if state.erasure != nil { return .patientErased }
        if state.isDeceased { return .patientDeceased }
        if let visit = events.lazy.compactMap({ $0.agreedVisit }).last(where: {
            state.appointment($0)?.order == entry.order
        }) {
            return .booked(visit)
        }
        let decision = Decision(state: state, context: context)
        return decision.hasVisitToWaitFor(entry.order) ? nil : .orderEnded
    }
}

extension Decision {
    /// A visit of the order is left that nobody has agreed on. Held orders wait: a release makes them ready.
    func hasVisitToWaitFor(_ id: OrderID) -> Bool {
        let agreed = state.appointments.count { visit in
            switch visit.status {
            case .booked, .arrived: visit.order == id
            case .held, .attended, .begun, .transfused, .cancelled, .missed, .expired: false
            }
        }
        if let transfusion = state.transfusionOrder(id) {
            return transfusion.status == .active && agreed == 0
        }
        guard let order = state.order(id) else { return false }
        switch order.status {
        case .cancelled, .completed: return false
        case .active, .held: break
        }
        let closed = CourseClosure(order, state: state, in: context)
        if let closed, localDate(now) > closed.lastDate { return false }
        return agreed < dosesLeft(of: order)
    }
}

extension WaitlistPriority {
    /// The same place, whatever it rests on.
    func isTheSame(as other: WaitlistPriority) -> Bool {
        urgency == other.urgency && due == other.due
    }
}

extension PatientEvent {
    /// The visit that the event makes an agreed one.
    fileprivate var agreedVisit: AppointmentID? {
        switch fact {
        case .appointmentBooked(let appointment): appointment.id
        case .appointmentConfirmed(let id, _): id
        case .patientRegistered, .identityCorrected, .labRecorded, .labCorrected, .labRetracted,
            .weightRecorded, .heightRecorded, .clinicalContextSet, .clinicalFactRecorded,
            .infusionOrdered, .orderHeld, .orderReleased, .orderCancelled, .appointmentMoved,
            .capacityOverridden, .stockReserved,
            .appointmentCancelled, .appointmentMissed, .appointmentHeld, .holdExpired,
            .patientArrived, .visitBegun, .visitLeft, .doseStarted, .dosePaused, .doseResumed,
            .doseCompleted, .doseStopped,
            .reactionLogged, .reactionRegraded, .patientDischarged, .transfusionRecorded,
            .gateOverridden, .signedOff, .recheckOpened, .recheckClosed, .patientErased,
            .patientMerged,
            .historyCarried,
            .patientMergedInto, .patientUnmerged, .patientUnmergedFrom,
            .recordAttributed, .chairsideChecked,
            .transfusionOrdered, .transfusionOrderFilled, .decisionReviewed, .waitlistEntered,
            .waitlistChanged, .waitlistOffered, .waitlistLeft:
            nil
        }
    }
}
