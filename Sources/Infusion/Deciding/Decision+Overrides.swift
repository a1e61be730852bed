import Foundation

extension Decision {
    /// A person takes responsibility for one gate that is shut for one order, for one dose, on the facts that
    /// shut it, until a set time.
    func override(_ command: OverrideGate) throws(Refusal) -> [PatientEvent] {
        _ = try requireRegistered()
        try requireAlive()
        guard !state.overrides.contains(where: { $0.override.id == command.id }) else {
            throw .duplicateIdentifier(field: "id")
        }
        let asked = try asked(by: command)
        try requireText(
            command.justification, field: "justification",
            characters: InfusionLimits.justificationCharacters)
        if let reference = command.evidenceRef {
            try requireText(
                reference, field: "evidenceRef", characters: InfusionLimits.evidenceRefCharacters)
        }
        try validateExpiry(command.expiresAt)
        try validateSignatures(command, severity: asked.finding.severity)
        return [
            happensNow(
                .gateOverridden(
                    GateOverride(
                        id: command.id, gate: command.gate, order: command.order,
                        reason: command.reason, justification: .present(command.justification),
                        role: command.role, coSigner: command.coSigner,
                        expiresAt: command.expiresAt,
                        asked: AskedGate(asked.finding, besides: asked.seen),
                        patientRisk: command.patientRisk,
                        evidenceRef: command.evidenceRef.map(Sealed.present))))
        ]
    }

    private func validateExpiry(_ expiresAt: Instant) throws(Refusal) {
        let last = now.adding(hours: Int64(InfusionLimits.overrideDays) * 24)
        guard expiresAt > now, expiresAt <= last else {
            throw .invalidValue(
                field: "expiresAt", problem: "is not within \(InfusionLimits.overrideDays) days",
                accepted: "after now, at most \(InfusionLimits.overrideDays) days ahead")
        }
    }

    /// A gate's answer, and the events that it reads beside those for a visit.
    private typealias Answer = (finding: Finding, seen: [EventVersion])

    /// The gate as it answers for the dose or the visit that the override is for. Red cells are asked about
    /// one gate.
    private func asked(by command: OverrideGate) throws(Refusal) -> Answer {
        let at = try moment(of: command)
        let answer: Answer
        if let redCells = state.transfusionOrder(command.order) {
            answer = (try finding(of: command.gate, for: redCells, at: at), [])
        } else {
            answer = try self.answer(to: command, at: at)
        }
        // What has no override has none when it is open, either.
        guard answer.finding.isShut || !answer.finding.severity.hasOverride else {
            throw .gateNotShut(command.gate, on: localDate(at))
        }
        return answer
    }

    private func moment(of command: OverrideGate) throws(Refusal) -> Instant {
        guard let at = command.at else { return now }
        guard at >= now else {
            throw .invalidValue(field: "at", problem: "lies in the past", accepted: "now or later")
        }
        return at
    }

    private func finding(
        of gate: Gate, for redCells: TransfusionOrderRecord, at: Instant
    ) throws(Refusal) -> Finding {
        guard redCells.status == .active else {
            throw .orderNotActive(redCells.id, status: redCells.status.rawValue)
        }
        guard gate == .transfusionSameDay else {
            throw .overrideNotAllowed(gate, problem: "red cells are not asked about the gate")
        }
        let picture = ClinicalPicture(state: state, context: context, at: at)
        return Gates.ironSameDay(picture.visits(ofRedCells: false, on: localDate(at)))
            .raised(by: context.site.raisedGates)
    }

    /// As the dose is asked about, at the chair or before its day; and where that passes as its visit is,
    /// which other visits may be too near to. What a visit reads more of is seen by who overrides the dose.
    private func answer(to command: OverrideGate, at: Instant) throws(Refusal) -> Answer {
        let date = localDate(at)
        let terms = try requireTerms(of: try requireActive(command.order, on: date))
        let picture = ClinicalPicture(state: state, context: context, at: at)
        let own = state.appointments.first {
            $0.order == command.order && $0.status.isToCome(at: now)
                && localDate($0.slot.start) == date
        }
        let visit = GateQuestion(
            picture: picture, terms: terms, date: date, occasion: .booking,
            visits: plannedDoses(besides: own?.id))
        let amount = command.dose ?? visit.amount
        guard amount > .zero else {
            throw .invalidValue(
                field: "dose", problem: "is \(amount)", accepted: "more than 0 mg")
        }
        let dose = GateQuestion(
            picture: picture, terms: terms, date: date,
            occasion: date > localDate(now) ? .reviewing(amount) : .starting(amount))
        let rule = Gates.rule(for: command.gate)
        let ofVisit = rule(visit)
        let ofDose = rule(dose)
        return (
            ofDose.isShut ? ofDose : ofVisit.isShut ? ofVisit : ofDose,
            ofVisit.predicates.flatMap(\.evidence)
        )
    }

    private func validateSignatures(
        _ command: OverrideGate, severity: Severity
    ) throws(Refusal) {
        switch severity {
        case .absolute:
            throw .overrideNotAllowed(
                command.gate, problem: "the gate is absolute and has no override")
        case .information:
            throw .overrideNotAllowed(
                command.gate, problem: "the gate is information and stops nothing")
        case .hard:
            guard command.role == .prescriber else {
                throw .overrideNotAllowed(
                    command.gate, problem: "a hard gate is overridden by a prescriber only")
            }
            guard let coSigner = command.coSigner else {
                throw .overrideNotAllowed(
                    command.gate, problem: "a hard gate asks for a second signature")
            }
            try validate(coSigner)
        case .soft:
            guard Overrides.suffices(role: command.role, coSigner: nil, for: .soft) else {
                throw .overrideNotAllowed(
                    command.gate, problem: "the role \(command.role.rawValue) overrides no gate")
            }
            if let coSigner = command.coSigner { try validate(coSigner) }
        }
        if let coSigner = command.coSigner, coSigner == context.actor {
            throw .overrideNotAllowed(
                command.gate, problem: "the second signature is the first person's own")
        }
    }

    private func validate(_ coSigner: String) throws(Refusal) {
        try requireText(
            coSigner, field: "coSigner", characters: 1...InfusionLimits.signerCharacters)
    }
}
