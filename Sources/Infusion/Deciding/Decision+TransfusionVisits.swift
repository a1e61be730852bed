/// The visit in which red cells are given: its patient sits down, is observed, and leaves. Iron needs none of this,
/// since a dose begins its visit and the discharge from it ends it.
extension Decision {
    func beginVisit(_ id: AppointmentID, at: Instant) throws(Refusal) -> [PatientEvent] {
        _ = try requireRegistered()
        try requireAlive()
        let appointment = try requireAppointment(id)
        let order = try requireRedCells(of: appointment, instead: "iron begins with its dose")
        switch appointment.status {
        case .booked, .arrived: break
        case .held, .attended, .begun, .transfused, .cancelled, .missed, .expired:
            throw .appointmentNotOpen(id, status: appointment.status.name)
        }
        guard order.status == .active else {
            throw .orderNotActive(order.id, status: order.status.rawValue)
        }
        try requirePast(at, field: "at")
        try requireAround(appointment.slot, at)
        return [happened(.visitBegun(id), at: at)]
    }

    /// Once the red cells were recorded, and their patient observed after them and stable (facts §9.1). Who was
    /// given none leaves when the order is cancelled.
    func leaveVisit(
        _ id: AppointmentID, stable: Bool, at: Instant
    ) throws(Refusal) -> [PatientEvent] {
        _ = try requireRegistered()
        let appointment = try requireAppointment(id)
        let order = try requireRedCells(of: appointment, instead: "of iron the dose is discharged")
        guard state.isUnderWay(appointment), order.status != .active,
            let begun = appointment.begun
        else { throw .appointmentNotOpen(id, status: appointment.status.name) }
        try requirePast(at, field: "at")
        guard at >= begun.effectiveAt else {
            throw .invalidValue(
                field: "at", problem: "lies before the visit began",
                accepted: "the beginning of the visit or later")
        }
        let observed = try observedMinutes(after: appointment, until: at)
        guard stable else {
            throw .invalidValue(
                field: "stable", problem: "is false", accepted: "true: who is not stable stays")
        }
        return [
            happened(
                .visitLeft(VisitLeft(appointment: id, observedMinutes: observed, stable: true)),
                at: at)
        ]
    }

    /// `nil` where no red cells were given.
    private func observedMinutes(
        after visit: AppointmentRecord, until instant: Instant
    ) throws(Refusal) -> Int? {
        guard case .transfused(let id) = visit.status,
            let given = state.transfusions.first(where: { $0.value.id == id })
        else { return nil }
        let minutes = Int(instant.seconds(since: given.effectiveAt) / 60)
        let required = ChairTimeSettings()[.transfusionObservation]
        guard instant >= given.effectiveAt, minutes >= required else {
            throw .observationTooShort(minutes: minutes, required: required)
        }
        return minutes
    }

    private func requireRedCells(
        of appointment: AppointmentRecord, instead: String
    ) throws(Refusal) -> TransfusionOrderRecord {
        guard let order = state.transfusionOrder(appointment.order) else {
            throw .invalidValue(
                field: "appointment", problem: "is for iron",
                accepted: "a visit for red cells: \(instead)")
        }
        return order
    }
}
