extension Decision {
    /// Care that is under way needs to know whom it treats, so it ends before the identity does.
    func erase(_ reason: ErasureReason) throws(Refusal) -> [PatientEvent] {
        _ = try requireRegistered()
        guard state.erasure == nil else { return [] }
        if let dose = state.doseInProgress {
            throw .careNotEnded(open: "dose \(dose.id)")
        }
        if let appointment = state.appointments.first(where: { $0.status.isToCome(at: now) }) {
            throw .careNotEnded(open: "appointment \(appointment.id)")
        }
        if let order = state.orders.first(where: isOpen) {
            throw .careNotEnded(open: "order \(order.id)")
        }
        if let order = state.transfusionOrders.first(where: { $0.status == .active }) {
            throw .careNotEnded(open: "order \(order.id)")
        }
        // Nothing can be told of an erased patient, so a chair that is still held would stay so.
        return expiredHolds + [happensNow(.patientErased(reason))]
    }

    private func isOpen(_ order: OrderRecord) -> Bool {
        switch order.status {
        case .cancelled, .completed: return false
        case .active, .held:
            let closed = CourseClosure(order, state: state, in: context)
            return closed.map { localDate(now) <= $0.lastDate } ?? true
        }
    }
}
