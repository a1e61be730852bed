extension Decision {
    /// What was signed for, told after it; nothing where nobody signed and nothing stood in the way.
    ///
    /// What lifts a block asks for as much as overriding a hard gate does (facts §4, §10.2), and never happens by
    /// itself (§10.1 rules 6 and 8). What lifts none may be signed for too.
    func signedOff(
        _ given: GivenSignOff?, _ subject: SignOffSubject, lifting block: StandingBlock?
    ) throws(Refusal) -> [PatientEvent] {
        guard let given else {
            if let block { throw .signOffNeeded(block, .reasonMissing) }
            return []
        }
        try requireText(
            given.justification, field: "justification",
            characters: InfusionLimits.justificationCharacters)
        if let coSigner = given.coSigner {
            try requireText(
                coSigner, field: "coSigner", characters: 1...InfusionLimits.signerCharacters)
        }
        if let block {
            if let problem = problem(of: given) { throw .signOffNeeded(block, problem) }
        } else if let coSigner = given.coSigner, coSigner == context.actor {
            let problem = SignOffProblem.secondSignatureOwn
            throw .invalidValue(
                field: problem.field, problem: problem.text, accepted: problem.accepted)
        }
        return [
            happensNow(
                .signedOff(
                    SignOff(
                        subject: subject, lifted: block, reason: given.reason,
                        justification: .present(given.justification), role: given.role,
                        coSigner: given.coSigner)))
        ]
    }

    private func problem(of given: GivenSignOff) -> SignOffProblem? {
        guard given.role == .prescriber else { return .prescriberRequired(given.role) }
        guard let coSigner = given.coSigner else { return .secondSignatureMissing }
        return coSigner == context.actor ? .secondSignatureOwn : nil
    }
}
