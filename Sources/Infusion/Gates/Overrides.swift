/// Overrides at the moment they are needed: one gate, one order, one dose, until they expire (facts
/// §10.2).
enum Overrides {
    /// The findings, those that a valid override covers marked as overridden, the override named in
    /// them.
    static func applied(to findings: [Finding], question: GateQuestion) -> [Finding] {
        applied(to: findings, of: question.terms.id, by: question.picture)
    }

    /// The same for an order that is not asked about every gate.
    static func applied(
        to findings: [Finding], of order: OrderID, by picture: ClinicalPicture
    ) -> [Finding] {
        findings.map { finding in
            guard finding.isShut, let record = valid(for: finding, of: order, by: picture) else {
                return finding
            }
            let predicate = Predicate.fact(
                PredicateName.override, record.override.reason.rawValue, "present",
                "\(finding.severity.rawValue)-override", holds: true,
                source: "clinical facts §10.2 (ED M)",
                evidence: [record.version])
            return Finding(
                gate: finding.gate, ruleVersion: finding.ruleVersion, severity: finding.severity,
                verdict: .overridden, predicates: finding.predicates + [predicate],
                nextStep: finding.nextStep, passesFrom: finding.passesFrom)
        }
    }

    /// The earliest granted of those that cover the finding now.
    private static func valid(
        for finding: Finding, of order: OrderID, by picture: ClinicalPicture
    ) -> OverrideRecord? {
        guard mayBeOverridden(finding) else { return nil }
        let at = picture.at
        return picture.state.overrides.first { record in
            let override = record.override
            return override.gate == finding.gate && override.order == order
                && record.spentBy == nil && record.grantedAt <= at && at < override.expiresAt
                && suffices(role: override.role, coSigner: override.coSigner, for: finding.severity)
        }
    }

    /// Absolute gates have no override, information needs none.
    private static func mayBeOverridden(_ finding: Finding) -> Bool {
        switch finding.severity {
        case .absolute, .information: false
        case .hard, .soft: true
        }
    }

    /// A hard gate asks for a prescriber and a second signature, a soft one for a clinician's
    /// reason.
    static func suffices(role: ClinicalRole, coSigner: String?, for severity: Severity) -> Bool {
        switch severity {
        case .absolute: return false
        case .hard: return role == .prescriber && coSigner != nil
        case .soft, .information:
            switch role {
            case .prescriber, .nurse, .pharmacist: return true
            case .administrator, .system: return false
            }
        }
    }
}
