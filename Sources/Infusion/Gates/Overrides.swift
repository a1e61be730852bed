/// Overrides at the moment they are needed: one gate, one order, one dose, the facts that they were given
/// for, until they expire (facts §10.2).
enum Overrides {
    /// The findings, those that a valid override covers marked as overridden, the override named in
    /// them; those that one was given for which counts no more say why.
    static func applied(to findings: [Finding], question: GateQuestion) -> [Finding] {
        applied(to: findings, of: question.terms.id, by: question.picture)
    }

    /// The same for an order that is not asked about every gate.
    static func applied(
        to findings: [Finding], of order: OrderID, by picture: ClinicalPicture
    ) -> [Finding] {
        findings.map { finding in
            guard finding.refusesDose else { return finding }
            let given = given(for: finding, of: order, by: picture).map { record in
                (record: record, void: OverrideVoid(record, for: finding, in: picture.state))
            }
            // The earliest granted of those that count; the latest tells why none does.
            if let valid = given.first(where: { $0.void == nil }) {
                return finding.overridden(by: valid.record)
            }
            guard let last = given.last, let void = last.void else { return finding }
            return finding.kept(shutAfter: last.record, void)
        }
    }

    /// Those that were given for the gate, in the order they were granted, and have neither ended nor been
    /// spent.
    private static func given(
        for finding: Finding, of order: OrderID, by picture: ClinicalPicture
    ) -> [OverrideRecord] {
        picture.state.overrides.filter { record in
            let override = record.override
            return override.gate == finding.gate && override.order == order
                && record.spentBy == nil && record.grantedAt <= picture.at
                && picture.at < override.expiresAt
        }
    }

    /// Absolute gates have no override. A hard gate asks for a prescriber and a second signature, a soft one
    /// for a clinician's reason.
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

extension Finding {
    fileprivate func overridden(by record: OverrideRecord) -> Finding {
        adding(
            .fact(
                PredicateName.override, record.override.reason.rawValue, "present",
                "\(severity.rawValue)-override", holds: true,
                source: "clinical facts §10.2 (ED M)", evidence: [record.version]),
            verdict: .overridden)
    }

    /// Why the override opens it no more, and the events that it rests on and did not then.
    fileprivate func kept(shutAfter record: OverrideRecord, _ void: OverrideVoid) -> Finding {
        let known = Set(record.override.asked?.evidence ?? [])
        let since = Set(predicates.flatMap(\.evidence)).subtracting(known)
        return adding(
            .fact(
                PredicateName.voidOverride, void.rawValue, "=", "of the same facts", holds: false,
                source: "clinical facts §10.2, §10.1 (12) (ED M)",
                evidence: [record.version] + since.sorted()),
            verdict: verdict)
    }

    private func adding(_ predicate: Predicate, verdict: Verdict) -> Finding {
        Finding(
            gate: gate, ruleVersion: ruleVersion, severity: severity, verdict: verdict,
            predicates: predicates + [predicate], nextStep: nextStep, passesFrom: passesFrom)
    }
}
