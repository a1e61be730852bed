import Foundation

extension Decision {
    func start(_ command: StartDose) throws(Refusal) -> [PatientEvent] {
        _ = try requireRegistered()
        try requireAlive()
        try requirePast(command.at, field: "at")
        guard state.dose(command.id) == nil else { throw .duplicateIdentifier(field: "id") }
        let date = localDate(command.at)
        let order = try requireActive(command.order, on: date)
        try requireFree(command.at)
        try validate(command, against: order)
        try validateAppointment(command)
        let terms = try requireTerms(of: order)
        let picture = ClinicalPicture(state: state, context: context, at: command.at)
        let question = GateQuestion(
            picture: picture, terms: terms, date: date, occasion: .starting(command.planned))
        let findings = Overrides.applied(to: Gates.evaluate(question), question: question)
        if findings.contains(where: \.refusesDose) { throw .gatesShut(findings) }
        return [
            happened(
                .doseStarted(
                    DoseStarted(
                        id: command.id, order: command.order, appointment: command.appointment,
                        product: order.order.product, moiety: order.order.moiety,
                        planned: command.planned, localDate: date, findings: findings,
                        formularyVersion: context.formulary.version)),
                at: command.at)
        ]
    }

    /// One dose at a time, also when a dose is recorded after the fact.
    private func requireFree(_ instant: Instant) throws(Refusal) {
        for dose in state.doses {
            guard let end = dose.end else { throw .doseStillInProgress(dose.id) }
            if dose.startedAt <= instant, instant < end.at { throw .doseStillInProgress(dose.id) }
        }
    }

    private func validate(_ command: StartDose, against order: OrderRecord) throws(Refusal) {
        guard command.planned > .zero, command.planned <= order.remaining else {
            throw .doseOutsideOrder(
                field: "planned", problem: "is \(command.planned)",
                accepted: "more than 0 mg, at most \(order.remaining) left of the order")
        }
        let signed = order.order.signature.signedAt
        guard command.at >= signed else {
            throw .doseOutsideOrder(
                field: "at", problem: "lies before the order was signed",
                accepted: "\(localDate(signed)) or later, after the signature")
        }
    }

    private func validateAppointment(_ command: StartDose) throws(Refusal) {
        guard let id = command.appointment else { return }
        let appointment = try requireAppointment(id)
        switch appointment.status {
        case .booked, .arrived: break
        // A test dose and the rest of its day are one visit (facts §1.5).
        case .attended where state.isUnderWay(appointment): break
        case .held, .attended, .begun, .transfused, .cancelled, .missed, .expired:
            throw .appointmentNotOpen(id, status: appointment.status.name)
        }
        guard appointment.order == command.order else {
            throw .doseOutsideOrder(
                field: "appointment", problem: "is booked for another order",
                accepted: "an appointment of order \(command.order)")
        }
        guard appointment.slot.isAround(command.at) else {
            throw .doseOutsideOrder(
                field: "at",
                problem: "is on \(localDate(command.at)), the appointment on "
                    + "\(localDate(appointment.slot.start))",
                accepted: AppointmentSlot.aroundText)
        }
    }

    /// A stopped dose is as final as a completed one (resolution R-4): the rest is a new dose.
    func end(_ command: EndDose, stopped reason: StopReason?) throws(Refusal) -> [PatientEvent] {
        _ = try requireRegistered()
        let dose = try requireDose(command.id)
        guard dose.end == nil else {
            throw .doseNotInProgress(command.id, status: dose.status.rawValue)
        }
        try validate(command, dose: dose, mayBeNothing: reason != nil)
        let given = DoseGiven(
            id: command.id, given: command.given, lot: command.lot, expiry: command.expiry,
            localDate: localDate(command.at))
        if let reason {
            return [happened(.doseStopped(given, reason: reason), at: command.at)]
        }
        return [happened(.doseCompleted(given), at: command.at)]
    }

    private func validate(
        _ command: EndDose, dose: DoseRecord, mayBeNothing: Bool
    ) throws(Refusal) {
        try requirePast(command.at, field: "at")
        let latest = dose.startedAt.adding(hours: InfusionLimits.infusionHours)
        guard command.at > dose.startedAt, command.at <= latest else {
            throw .invalidValue(
                field: "at",
                problem: "is not within \(InfusionLimits.infusionHours) h after the start",
                accepted: "after the start, at most \(InfusionLimits.infusionHours) h later")
        }
        // The end is the last milligram's: of a paused infusion, the moment it was paused at least.
        guard command.at >= dose.lastChange else {
            throw .invalidValue(
                field: "at", problem: "lies before the infusion was last paused or resumed",
                accepted: "that moment or later")
        }
        let least = mayBeNothing ? "0 mg" : "more than 0 mg"
        guard command.given >= .zero, mayBeNothing || command.given > .zero,
            command.given <= dose.started.planned
        else {
            throw .invalidValue(
                field: "given", problem: "is \(command.given)",
                accepted: "\(least), at most the planned \(dose.started.planned)")
        }
        try validate(command.lot)
        guard command.expiry >= dose.started.localDate else {
            throw .invalidValue(
                field: "expiry", problem: "the vial expired on \(command.expiry)",
                accepted: "\(dose.started.localDate) or later")
        }
    }

    private func validate(_ lot: LotNumber) throws(Refusal) {
        let printable = lot.text.unicodeScalars.allSatisfy {
            !CharacterSet.controlCharacters.contains($0) && !CharacterSet.newlines.contains($0)
        }
        let visible = lot.text.contains { !$0.isWhitespace }
        guard printable, visible, lot.text.count <= InfusionLimits.lotCharacters else {
            throw .invalidValue(
                field: "lot", problem: "is not a lot number",
                accepted: "1 to \(InfusionLimits.lotCharacters) printable characters")
        }
    }

    /// The chair is not free before the patient was watched for as long as the label asks, counted
    /// from the *end* of the infusion, and is stable (facts §5.3). Nobody leaves a visit by halves: the
    /// patient goes from every dose of it at once.
    func discharge(_ id: DoseID, stable: Bool, at: Instant) throws(Refusal) -> [PatientEvent] {
        _ = try requireRegistered()
        let dose = try requireDose(id)
        guard dose.end != nil else { throw .doseStillInProgress(id) }
        guard dose.discharge == nil else {
            throw .doseNotInProgress(id, status: dose.status.rawValue)
        }
        try requirePast(at, field: "at")
        let visit = dose.started.appointment.map { visit in
            state.doses(in: visit).filter { $0.discharge == nil }
        }
        var events: [PatientEvent] = []
        for dose in visit ?? [dose] {
            let minutes = try observedMinutes(of: dose, until: at)
            let discharge = Discharge(dose: dose.id, observedMinutes: minutes, stable: true)
            events.append(happened(.patientDischarged(discharge), at: at))
        }
        guard stable else { throw .notStable(id) }
        return events
    }

    /// Refuses what is too short.
    private func observedMinutes(
        of dose: DoseRecord, until instant: Instant
    ) throws(Refusal) -> Int {
        guard let end = dose.end else { throw .doseStillInProgress(dose.id) }
        let minutes = Int(instant.seconds(since: end.at) / 60)
        let required = max(
            observationMinutes(after: dose),
            Observation.minutes(
                after: end.at, of: dose,
                reactions: state.reactions.filter { $0.reaction.dose == dose.id }))
        guard instant >= end.at, minutes >= required else {
            throw .observationTooShort(minutes: minutes, required: required)
        }
        return minutes
    }

    /// The label's own, and after its test dose the hour that belongs to it (facts §1.5, §5.3).
    private func observationMinutes(after dose: DoseRecord) -> Int {
        guard let product = context.formulary.product(dose.started.product) else {
            return Self.observationMinutes
        }
        guard let testDose = TestDose(of: product, among: state.doses), testDose.isTest(dose) else {
            return product.observationMinutes
        }
        return max(product.observationMinutes, testDose.waitMinutes)
    }

    /// Every label's: "at least 30 minutes and until clinically stable" (facts §1.5).
    static let observationMinutes = 30
}
