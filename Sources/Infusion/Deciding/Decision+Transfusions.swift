extension Decision {
    /// A single unit, then a haemoglobin before the next (facts §4; ). Nothing else is
    /// refused to a prescriber: whether the threshold is met is told with the order.
    func order(_ command: OrderTransfusion) throws(Refusal) -> [PatientEvent] {
        _ = try requireRegistered()
        try requireAlive()
        try requireNewOrder(command.id)
        try requireText(
            command.signature.prescriber, field: "signature.prescriber",
            characters: 1...InfusionLimits.signerCharacters)
        try requirePast(command.signature.signedAt, field: "signature.signedAt")
        try requireUnits(command.units)
        // As the prescriber saw the patient; whether a haemoglobin lies between two units is asked now.
        let signed = command.signature.signedAt
        let picture = ClinicalPicture(state: state, context: context, at: signed)
        let emergencies = picture.transfusionEmergencies
        if emergencies.isEmpty {
            guard command.units == 1 else {
                throw .invalidValue(
                    field: "units", problem: "is \(command.units)",
                    accepted: "1, then a haemoglobin; more in an acute bleeding or with an "
                        + "emergency symptom told within "
                        + "\(context.site.policy.transfusion.emergencyHours) hours")
            }
            try requireHemoglobinSinceLastUnit()
        }
        let (isIndicated, predicates) = picture.transfusionIndication
        return [
            happened(
                .transfusionOrdered(
                    TransfusionOrder(
                        id: command.id, units: command.units, indication: command.indication,
                        signature: command.signature, isIndicated: isIndicated,
                        predicates: predicates + emergencies)),
                at: signed)
        ]
    }

    /// Iron and red cells share one space of order ids.
    func requireNewOrder(_ id: OrderID) throws(Refusal) {
        guard state.order(id) == nil, state.transfusionOrder(id) == nil else {
            throw .duplicateIdentifier(field: "id")
        }
    }

    private func requireUnits(_ units: Int) throws(Refusal) {
        guard InfusionLimits.transfusionUnits.contains(units) else {
            throw .invalidValue(
                field: "units", problem: "is \(units)",
                accepted: "\(InfusionLimits.transfusionUnits.lowerBound) to "
                    + "\(InfusionLimits.transfusionUnits.upperBound) units")
        }
    }

    private func requireHemoglobinSinceLastUnit() throws(Refusal) {
        if let open = state.transfusionOrders.first(where: { $0.status == .active }) {
            throw .hemoglobinNeeded(since: localDate(open.orderedAt))
        }
        let picture = ClinicalPicture(state: state, context: context, at: now)
        guard let last = picture.lastTransfusion(by: now),
            !picture.readings(.hemoglobin).contains(where: { $0.collectedAt > last.effectiveAt })
        else { return }
        throw .hemoglobinNeeded(since: localDate(last.effectiveAt))
    }

    func record(_ transfusion: Transfusion, at: Instant) throws(Refusal) -> [PatientEvent] {
        _ = try requireRegistered()
        guard !state.transfusions.contains(where: { $0.value.id == transfusion.id }) else {
            throw .duplicateIdentifier(field: "id")
        }
        try requireUnits(transfusion.units)
        try requirePast(at, field: "at")
        return [happened(.transfusionRecorded(transfusion), at: at)]
            + filled(by: transfusion.id, at: at)
    }

    /// The order that was open when the red cells were given, and its visit: the one that is under way, or that
    /// of the day, whose patient has sat down for it by now. The chair is theirs until they leave; a visit of
    /// another day is given back.
    private func filled(by transfusion: TransfusionID, at: Instant) -> [PatientEvent] {
        guard
            let order = state.transfusionOrders.first(where: {
                $0.status == .active && $0.orderedAt <= at
            })
        else { return [] }
        let toCome = state.appointments.filter {
            $0.order == order.id && $0.status.isToCome(at: now)
        }
        let begun = state.appointments.first { $0.order == order.id && state.isUnderWay($0) }
        let visit = begun ?? toCome.first { localDate($0.slot.start) == localDate(at) }
        let seated =
            begun == nil ? visit.map { [happened(.visitBegun($0.id), at: at)] } ?? [] : []
        return seated + [
            happened(
                .transfusionOrderFilled(
                    TransfusionOrderFilled(
                        order: order.id, transfusion: transfusion, appointment: visit?.id)),
                at: at)
        ]
            + toCome.filter { $0.id != visit?.id }.map {
                happensNow(.appointmentCancelled($0.id, reason: .noLongerNeeded))
            }
    }

    // MARK: Visits

    func requireBookable(
        _ order: TransfusionOrderRecord, slot: AppointmentSlot, besides id: AppointmentID?
    ) throws(Refusal) {
        guard order.status == .active else {
            throw .orderNotActive(order.id, status: order.status.rawValue)
        }
        let booked = state.appointments.count {
            $0.order == order.id && $0.status.isToCome(at: now) && $0.id != id
        }
        guard booked == 0 else {
            throw .orderFullyBooked(order.id, booked: booked, dosesLeft: 1)
        }
        let units = order.order.units
        let accepted = context.site.policy.transfusion.visitMinutes(of: units)
        let minutes = Int(slot.end.seconds(since: slot.start) / 60)
        guard let accepted, accepted.contains(minutes) else {
            throw .invalidValue(
                field: "slot.end", problem: "is \(minutes) minutes after the start",
                accepted: accepted.map {
                    "\($0.lowerBound) to \($0.upperBound) minutes after it, for red cells"
                        + (units == 1 ? "" : ", \(units) units")
                } ?? "an order of fewer units: \(units) take longer than a visit may")
        }
    }

    /// Red cells are asked about one gate, G-TX-SAMEDAY, and only where iron has a visit on their date.
    func judge(
        _ order: TransfusionOrderRecord, slot: AppointmentSlot
    ) throws(Refusal) -> [Finding] {
        let picture = ClinicalPicture(state: state, context: context, at: slot.start)
        let iron = picture.visits(ofRedCells: false, on: localDate(slot.start))
        guard let first = iron.first else { return [] }
        let findings = Overrides.applied(
            to: [Gates.ironSameDay(iron).raised(by: context.site.raisedGates)], of: order.id,
            by: picture)
        if findings.contains(where: \.isShut) { throw .sameDayVisit(first.id) }
        return findings
    }
}

extension ClinicalPicture {
    /// Whether the last haemoglobin is below the threshold, and what that was read from. Read for
    /// safety: no window makes such a result invalid.
    var transfusionIndication: (isIndicated: Bool?, predicates: [Predicate]) {
        let unit = Units.GramPerDeciliter.ucum
        let (limit, source, reasons) = transfusionThreshold
        guard let last = latest(.hemoglobin) else {
            return (
                nil, [.missing("hemoglobin", unit: unit, "<", limit, source: source)] + reasons
            )
        }
        let below = ReportedRange(last.value.canonical, last.value.comparator).isBelow(limit)
        let predicate = Predicate(
            name: "hemoglobin", value: last.value.text, unit: unit, comparison: "<",
            threshold: "\(limit)", holds: below, source: source, evidence: [last.evidence])
        return (below, [predicate] + reasons)
    }

    /// What lets red cells go on without a haemoglobin in between: an acute bleeding, or an emergency
    /// symptom, that was told within the hours of the site's setting. What was told before that
    /// and never taken back says nothing of now.
    var transfusionEmergencies: [Predicate] {
        let source = UrgencyRule.emergencySymptoms.line
        let hours = context.site.policy.transfusion.emergencyHours
        let earliest = at.adding(hours: -Int64(hours))
        let bleeding = BleedingSource.allCases.filter(\.mayBeAcute).compactMap {
            place -> Predicate? in
            guard let told = state.facts.bleeding[place]?.at(at), told.value,
                told.effectiveAt >= earliest
            else { return nil }
            return .fact(
                "bleeding", place.rawValue, "present", "acute bleeding", holds: true,
                source: source, evidence: [told.version])
        }
        let symptoms = presentSymptoms.filter {
            $0.symptom.isEmergency && $0.told.effectiveAt >= earliest
        }.map { symptom, told in
            Predicate.fact(
                "emergency-symptom", symptom.rawValue, "present", "emergency symptom",
                holds: true, source: source, evidence: [told.version])
        }
        return bleeding + symptoms
    }
}

extension BleedingSource {
    /// Whether it may be what a patient is in danger of the same day (ED). Menses and haemorrhoids lose
    /// blood over months; where they lose more the symptoms of R-18 say so.
    fileprivate var mayBeAcute: Bool {
        switch self {
        case .gastrointestinal, .ulcer, .tumor, .epistaxis, .hematuria, .other: true
        case .menstrual, .hemorrhoids: false
        }
    }
}
