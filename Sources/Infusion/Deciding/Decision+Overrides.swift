import Foundation

extension Decision {
    /// A person takes responsibility for one gate of one order, for one dose, until a set time.
    func override(_ command: OverrideGate) throws(Refusal) -> [PatientEvent] {
        _ = try requireRegistered()
        try requireAlive()
        guard !state.overrides.contains(where: { $0.override.id == command.id }) else {
            throw .duplicateIdentifier(field: "id")
        }
        let asked = AskedGate(try finding(of: command))
        try requireText(
            command.justification, field: "justification",
            characters: InfusionLimits.justificationCharacters)
        if let reference = command.evidenceRef {
            try requireText(
                reference, field: "evidenceRef", characters: InfusionLimits.evidenceRefCharacters)
        }
        try validateExpiry(command.expiresAt)
        try validateSignatures(command, severity: asked.severity)
        return [
            happensNow(
                .gateOverridden(
                    GateOverride(
                        id: command.id, gate: command.gate, order: command.order,
                        reason: command.reason, justification: .present(command.justification),
                        role: command.role, coSigner: command.coSigner,
                        expiresAt: command.expiresAt, asked: asked,
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

    /// The gate as it answers for the order today; one that is open now is judged by its own kind. Red
    /// cells are asked about one gate.
    private func finding(of command: OverrideGate) throws(Refusal) -> Finding {
        let gate = command.gate
        if let redCells = state.transfusionOrder(command.order) {
            guard redCells.status == .active else {
                throw .orderNotActive(redCells.id, status: redCells.status.rawValue)
            }
            guard gate == .transfusionSameDay else {
                throw .overrideNotAllowed(gate, problem: "red cells are not asked about the gate")
            }
            let picture = ClinicalPicture(state: state, context: context, at: now)
            return Gates.ironSameDay(picture.visits(ofRedCells: false, on: localDate(now)))
                .raised(by: context.site.raisedGates)
        }
        let order = try requireActive(command.order, on: localDate(now))
        let question = GateQuestion(
            picture: ClinicalPicture(state: state, context: context, at: now),
            terms: try requireTerms(of: order), date: localDate(now), occasion: .booking)
        return Gates.rule(for: gate)(question)
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
