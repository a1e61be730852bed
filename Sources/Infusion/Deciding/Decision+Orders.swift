extension Decision {
    func hold(_ id: OrderID, reason: HoldReason) throws(Refusal) -> [PatientEvent] {
        _ = try requireRegistered()
        let order = try requireOrder(id)
        try requireUnfinished(order)
        if order.holds.contains(where: { $0.value == reason }) { return [] }
        return [happensNow(.orderHeld(id, reason: reason))]
    }

    /// The release is the review that a reaction asked for (facts §5.3: "HOLD until clinician review").
    func release(_ id: OrderID, signOff: GivenSignOff?) throws(Refusal) -> [PatientEvent] {
        _ = try requireRegistered()
        try requireAlive()
        let order = try requireOrder(id)
        try requireUnfinished(order)
        if order.holds.isEmpty { return [] }
        let waitsForReview = order.holds.contains { $0.value == .reactionReview }
        return [happensNow(.orderReleased(id))]
            + (try signedOff(signOff, .order(id), lifting: waitsForReview ? .reactionReview : nil))
    }

    func cancel(_ id: OrderID, reason: CancellationReason) throws(Refusal) -> [PatientEvent] {
        _ = try requireRegistered()
        if let transfusion = state.transfusionOrder(id) {
            guard transfusion.status == .active else {
                throw .orderNotActive(id, status: transfusion.status.rawValue)
            }
            return [happensNow(.orderCancelled(id, reason: reason))]
                + cancelBookings(of: [id], reason: .orderCancelled)
        }
        let order = try requireOrder(id)
        try requireUnfinished(order)
        if let running = state.doseInProgress, running.order == id {
            throw .doseStillInProgress(running.id)
        }
        return [happensNow(.orderCancelled(id, reason: reason))]
            + cancelBookings(of: [id], reason: .orderCancelled)
    }

    /// The booked visits of `orders` are given back.
    func cancelBookings(of orders: [OrderID], reason: CancellationReason) -> [PatientEvent] {
        state.appointments
            .filter { $0.status.isToCome(at: now) && orders.contains($0.order) }
            .map { happensNow(.appointmentCancelled($0.id, reason: reason)) }
    }

    private func requireUnfinished(_ order: OrderRecord) throws(Refusal) {
        switch order.status {
        case .active, .held: return
        case .cancelled, .completed:
            throw .orderNotActive(order.id, status: order.status.rawValue)
        }
    }
}
