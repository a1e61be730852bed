/// Visits that are held before they are booked, and what happens on the day.
extension Decision {
    func hold(
        _ id: AppointmentID, order: OrderID, slot: AppointmentSlot, minutes: Int,
        override: CapacityOverride?
    ) throws(Refusal) -> [PatientEvent] {
        _ = try requireRegistered()
        try requireAlive()
        guard state.appointment(id) == nil else { throw .duplicateIdentifier(field: "id") }
        guard InfusionLimits.holdMinutes.contains(minutes) else {
            throw .invalidValue(
                field: "minutes", problem: "is \(minutes)",
                accepted: "\(InfusionLimits.holdMinutes.lowerBound) to "
                    + "\(InfusionLimits.holdMinutes.upperBound)")
        }
        let findings = try bookable(
            order, slot: slot, besides: id, isNew: true, override: override)
        return expiredHolds + [
            happensNow(
                .appointmentHeld(
                    Appointment(id: id, order: order, slot: slot, findings: findings),
                    until: now.adding(minutes: Int64(minutes))))
        ] + overridden(override, of: id)
            + (try stockReserved(
                for: id, order: order, slot: slot, overridden: override?.rules ?? []))
    }

    /// The gates and the site are asked again: between holding and agreeing a result may have come, or a
    /// closure. Of the nurses it has what it took when it was held.
    func confirm(_ id: AppointmentID) throws(Refusal) -> [PatientEvent] {
        _ = try requireRegistered()
        try requireAlive()
        let appointment = try requireToCome(id)
        switch appointment.status {
        case .held: break
        case .booked, .arrived, .attended, .begun, .transfused, .cancelled, .missed, .expired:
            throw .appointmentNotOpen(id, status: appointment.status.name)
        }
        let findings = try bookable(
            appointment.order, slot: appointment.slot, besides: id, isNew: false, override: nil,
            kept: appointment.capacityOverride)
        return expiredHolds + [happensNow(.appointmentConfirmed(id, findings: findings))]
            + (try stockReserved(
                for: id, order: appointment.order, slot: appointment.slot,
                overridden: appointment.capacityOverride?.rules ?? []))
    }

    func expireHold(_ id: AppointmentID) throws(Refusal) -> [PatientEvent] {
        _ = try requireRegistered()
        let appointment = try requireAppointment(id)
        guard case .held(let until) = appointment.status else {
            throw .appointmentNotOpen(id, status: appointment.status.name)
        }
        guard until <= now else { throw .holdNotExpired(id, until: until) }
        return [happened(.holdExpired(id), at: until)]
    }

    func recordArrival(_ id: AppointmentID, at: Instant) throws(Refusal) -> [PatientEvent] {
        _ = try requireRegistered()
        let appointment = try requireBooked(id)
        try requirePast(at, field: "at")
        try requireAround(appointment.slot, at)
        return [happened(.patientArrived(id), at: at)]
    }

    /// What happens in a visit happens about its time.
    func requireAround(_ slot: AppointmentSlot, _ at: Instant) throws(Refusal) {
        guard !slot.isAround(at) else { return }
        throw .invalidValue(
            field: "at",
            problem: "is on \(localDate(at)), the appointment on \(localDate(slot.start))",
            accepted: AppointmentSlot.aroundText)
    }

    /// What ran out in the meantime is told before something new takes its place.
    var expiredHolds: [PatientEvent] {
        state.appointments.compactMap { appointment in
            guard case .held(let until) = appointment.status, until <= now else { return nil }
            return happened(.holdExpired(appointment.id), at: until)
        }
    }

    func requireAppointment(_ id: AppointmentID) throws(Refusal) -> AppointmentRecord {
        guard let appointment = state.appointment(id) else { throw .appointmentNotFound(id) }
        return appointment
    }

    /// Booked, and the patient not yet here.
    func requireBooked(_ id: AppointmentID) throws(Refusal) -> AppointmentRecord {
        let appointment = try requireAppointment(id)
        guard appointment.status == .booked else {
            throw .appointmentNotOpen(id, status: appointment.status.name)
        }
        return appointment
    }

    /// Held, booked, or the patient here and nothing begun.
    func requireToCome(_ id: AppointmentID) throws(Refusal) -> AppointmentRecord {
        let appointment = try requireAppointment(id)
        if appointment.status.isToCome(at: now) { return appointment }
        if case .held(let until) = appointment.status { throw .holdExpired(id, at: until) }
        throw .appointmentNotOpen(id, status: appointment.status.name)
    }
}
