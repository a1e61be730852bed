extension Decision {
    /// Care that is under way needs to know whom it treats, so it ends before the identity does. The identity
    /// of a merged record is the same person's, and goes with the survivor's.
    func erase(_ reason: ErasureReason) throws(Refusal) -> [PatientEvent] {
        _ = try requireRegistered()
        guard state.erasure == nil else { return [] }
        if let survivor = state.mergedInto?.value, context.counterpart?.patient != survivor {
            throw .patientMerged(into: survivor)
        }
        if let open = openCare { throw .careNotEnded(open: open) }
        // Nothing can be told of an erased patient, so a chair that is still held would stay so.
        return expiredHolds + [happensNow(.patientErased(reason))]
    }

    /// What somebody still has to answer for, by kind and id; `nil` where nothing is open.
    var openCare: String? {
        if let dose = state.doseInProgress { return "dose \(dose.id)" }
        if let appointment = state.appointments.first(where: { $0.status.isToCome(at: now) }) {
            return "appointment \(appointment.id)"
        }
        if let order = state.orders.first(where: isOpen) { return "order \(order.id)" }
        let cells = state.transfusionOrders.first { $0.status == .active }
        return cells.map { "order \($0.id)" }
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
