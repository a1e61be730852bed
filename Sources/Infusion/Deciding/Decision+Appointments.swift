extension Decision {
    func book(
        _ id: AppointmentID, order orderID: OrderID, slot: AppointmentSlot,
        override: CapacityOverride?
    ) throws(Refusal) -> [PatientEvent] {
        _ = try requireRegistered()
        try requireAlive()
        guard state.appointment(id) == nil else { throw .duplicateIdentifier(field: "id") }
        let findings = try bookable(
            orderID, slot: slot, besides: id, isNew: true, override: override)
        return expiredHolds + [
            happensNow(
                .appointmentBooked(
                    Appointment(id: id, order: orderID, slot: slot, findings: findings)))
        ] + overridden(override, of: id)
            + (try stockReserved(
                for: id, order: orderID, slot: slot, overridden: override?.rules ?? []))
    }

    func move(
        _ id: AppointmentID, to slot: AppointmentSlot, override: CapacityOverride?
    ) throws(Refusal) -> [PatientEvent] {
        _ = try requireRegistered()
        try requireAlive()
        let appointment = try requireToCome(id)
        if appointment.slot == slot { return [] }
        try requireSameOccasion(appointment, slot: slot)
        let kept = appointment.slot.isSameTime(as: slot) ? appointment.capacityOverride : nil
        _ = try bookable(
            appointment.order, slot: slot, besides: id, isNew: false, override: override, kept: kept
        )
        return expiredHolds + [happensNow(.appointmentMoved(id, to: slot))]
            + overridden(override, of: id)
            + (try stockReserved(
                for: id, order: appointment.order, slot: slot,
                overridden: (override?.rules ?? []).union(kept?.rules ?? [])))
    }

    func cancel(_ id: AppointmentID, reason: CancellationReason) throws(Refusal) -> [PatientEvent] {
        _ = try requireRegistered()
        _ = try requireToCome(id)
        return [happensNow(.appointmentCancelled(id, reason: reason))]
    }

    func recordNoShow(_ id: AppointmentID) throws(Refusal) -> [PatientEvent] {
        _ = try requireRegistered()
        let appointment = try requireBooked(id)
        // By our own clock, which runs ahead of itself by nothing: what is missed is given to others.
        guard appointment.slot.start <= now else { throw .inTheFuture(field: "slot.start") }
        return [happened(.appointmentMissed(id), at: appointment.slot.start)]
    }

    /// What the gates say of the visit, where the site offers it.
    /// - Parameter kept: An override that the visit has already, of the same time.
    func bookable(
        _ id: OrderID, slot: AppointmentSlot, besides visit: AppointmentID, isNew: Bool,
        override: CapacityOverride?, kept: CapacityOverride? = nil
    ) throws(Refusal) -> [Finding] {
        if let override { try validate(override, at: slot.site) }
        let findings = try bookable(id, slot: slot, besides: visit, isNew: isNew)
        let overridden = (override?.rules ?? []).union(kept?.rules ?? [])
        try context.visitSite?.require(slot, overridden: overridden)
        if context.visitSite != nil, !overridden.contains(.visitLength) {
            try requireLength(of: id, slot: slot, besides: visit)
        }
        return findings
    }

    private func bookable(
        _ id: OrderID, slot: AppointmentSlot, besides visit: AppointmentID, isNew: Bool
    ) throws(Refusal) -> [Finding] {
        if let transfusion = state.transfusionOrder(id) {
            try requireBookable(transfusion, slot: slot, besides: visit)
            try validate(slot, besides: visit)
            return try judge(transfusion, slot: slot)
        }
        let order = try requireActive(id, on: localDate(slot.start))
        try requireLicensed(order, in: context.visitPlace?.region)
        if isNew { try requireDoseToBook(of: order) }
        try validate(slot, besides: visit)
        return try judge(order, slot: slot, besides: visit)
    }

    /// A visit is for a dose, and no dose is booked that the order does not cover (facts §10.1); one
    /// that is running counts as given.
    func requireDoseToBook(of order: OrderRecord) throws(Refusal) {
        let doses = dosesToBook(of: order)
        guard doses.booked < doses.left else {
            throw .orderFullyBooked(order.id, booked: doses.booked, dosesLeft: doses.left)
        }
    }

    /// The doses that are left of the order, and how many of them have a visit.
    func dosesToBook(of order: OrderRecord) -> (booked: Int, left: Int) {
        let booked = state.appointments.count {
            $0.order == order.id && $0.status.isToCome(at: now)
        }
        return (booked, dosesLeft(of: order))
    }

    /// The doses that the order still covers, without the one that is running.
    func dosesLeft(of order: OrderRecord) -> Int {
        order.doses(toGive: state.left(of: order))
    }

    /// The gates for the appointment's clinic-local date; refuses those that are sure to be shut on
    /// it.
    func judge(
        _ order: OrderRecord, slot: AppointmentSlot, besides visit: AppointmentID
    ) throws(Refusal) -> [Finding] {
        let question = try bookingQuestion(of: order, at: slot.start, besides: visit)
        // An override lets a visit be booked; only the dose it covers spends it.
        let findings = Overrides.applied(to: Gates.evaluate(question), question: question)
        // Soft, and yet no visit of the other kind is booked without a reason.
        if let redCells = question.picture.visits(ofRedCells: true, on: question.date).first,
            findings.contains(where: { $0.gate == .transfusionSameDay && $0.isShut })
        {
            throw .sameDayVisit(redCells.id)
        }
        if findings.contains(where: \.refusesBooking) { throw .gatesShut(findings) }
        return findings
    }

    /// What every gate is asked of a visit then, beside the patient's others.
    func bookingQuestion(
        of order: OrderRecord, at start: Instant, besides visit: AppointmentID
    ) throws(Refusal) -> GateQuestion {
        GateQuestion(
            picture: ClinicalPicture(state: state, context: context, at: start),
            terms: try requireTerms(of: order), date: localDate(start), occasion: .booking,
            visits: plannedDoses(besides: visit))
    }

    /// Who has arrived is seated elsewhere, or waits a little longer.
    private func requireSameOccasion(
        _ appointment: AppointmentRecord, slot: AppointmentSlot
    ) throws(Refusal) {
        guard appointment.status == .arrived, !appointment.slot.isAround(slot.start) else { return }
        throw .invalidValue(
            field: "slot.start", problem: "is \(localDate(slot.start)), and the patient is here",
            accepted: AppointmentSlot.aroundText)
    }

    private func validate(_ slot: AppointmentSlot, besides id: AppointmentID) throws(Refusal) {
        try requirePlaceName(slot.site.name, field: "slot.site")
        try requireText(
            slot.chair.name, field: "slot.chair", characters: 1...InfusionLimits.placeNameCharacters
        )
        let minutes = slot.end.seconds(since: slot.start) / 60
        guard InfusionLimits.appointmentMinutes.contains(minutes) else {
            throw .invalidValue(
                field: "slot.end", problem: "is \(minutes) minutes after the start",
                accepted: "\(InfusionLimits.appointmentMinutes.lowerBound) to "
                    + "\(InfusionLimits.appointmentMinutes.upperBound) minutes after it")
        }
        let horizon = localDate(now).adding(days: InfusionLimits.bookingHorizonDays)
        guard slot.end > now, localDate(slot.start) <= horizon else {
            throw .invalidValue(
                field: "slot.start", problem: "is \(localDate(slot.start))",
                accepted: "a slot that has not ended, until \(horizon)")
        }
        for other in state.appointments where other.id != id {
            guard let there = state.presence(in: other, at: now) else { continue }
            if there.from < slot.end, slot.start < there.until {
                throw .patientElsewhere(other.id)
            }
        }
    }
}
