import Foundation

extension Gates {
    /// G-INFECT, hard: no iron in active systemic infection (SEED-A; EU labels). "None" ages.
    static func infection(_ question: GateQuestion) -> Finding {
        let source = Gate.infection.because
        let maximum = question.policy.screening.infectionMaxAgeDays
        guard let known = question.picture.infection(at: question.picture.at) else {
            return Finding(
                .infection, .hard, .indeterminate,
                [.missing("active-infection", "=", "false", source: source)],
                next: "ask-about-infection")
        }
        let told = question.picture.localDate(known.effectiveAt)
        let active = Predicate.fact(
            "active-infection", known.value, "=", "false", holds: !known.value, source: source,
            evidence: [known.version])
        if known.value {
            return Finding(
                .infection, .hard, .blocked, [active], next: "reschedule-after-resolution")
        }
        let days = question.date.days(since: told)
        let fresh = days <= maximum
        let age = Predicate.fact(
            "days-since-asked", days, unit: "d", "<=", maximum, holds: fresh,
            source: question.policy.because(.infectionMaxAgeDays), evidence: [known.version])
        return Finding(
            .infection, .hard, fresh ? .passed : .indeterminate, [active, age],
            next: "ask-about-infection")
    }

    /// G-ANAPH-SAME, absolute: a serious hypersensitivity reaction to this moiety, under any brand
    /// (R-19).
    static func anaphylaxisSameProduct(_ question: GateQuestion) -> Finding {
        let source = Gate.anaphylaxisSameProduct.because
        let moiety = question.terms.product.moiety
        let reactions = Exposure.reactions(question.picture.state).filter {
            $0.moiety == moiety && $0.serious
        }
        if reactions.isEmpty {
            return Finding(
                .anaphylaxisSameProduct, .absolute, .passed,
                [
                    .fact(
                        "serious-reactions-to-moiety", 0, "=", 0, holds: true, source: source)
                ])
        }
        return Finding(
            .anaphylaxisSameProduct, .absolute, .blocked,
            reactions.map {
                .fact(
                    "serious-reaction", "\(moiety.rawValue): \($0.what)", "=", "none", holds: false,
                    source: source, evidence: $0.evidence)
            }, next: "other-moiety-and-allergy-review")
    }

    /// G-ANAPH-ANY: a serious reaction to any intravenous iron is hard for EU products and soft for
    /// US ones; for ferumoxytol any allergic reaction to any iron is hard (facts §1.5).
    static func anaphylaxisAnyIron(_ question: GateQuestion) -> Finding {
        let source =
            "label of \(question.terms.product.key): \(Gate.anaphylaxisAnyIron.because)"
        let all = Exposure.reactions(question.picture.state)
        let rule = question.terms.product.otherIronReaction
        let relevant: [Exposure]
        let severity: Severity
        switch rule {
        case .specialistAdvice:
            relevant = all.filter(\.serious)
            // Nobody knows to which iron: it may have been this one, so more than a reason is asked
            // for.
            severity = relevant.contains { $0.moiety == nil } ? .hard : .soft
        case .seriousBlocks:
            relevant = all.filter(\.serious)
            severity = .hard
        case .anyBlocks:
            relevant = all.filter(\.allergic)
            severity = .hard
        }
        if relevant.isEmpty {
            return Finding(
                .anaphylaxisAnyIron, severity, .passed,
                [.fact("reactions-to-any-iron", 0, "=", 0, holds: true, source: source)])
        }
        return Finding(
            .anaphylaxisAnyIron, severity, .blocked,
            relevant.map {
                .fact(
                    "reaction-to-iron", "\($0.moiety?.rawValue ?? "unknown"): \($0.what)", "=",
                    "none",
                    holds: false, source: source, evidence: $0.evidence)
            }, next: "specialist-advice")
    }
}

/// A reaction to an intravenous iron, from this log or reported from elsewhere.
struct Exposure: Hashable {
    /// `nil` when it is not known to which.
    let moiety: Moiety?
    let what: String
    let serious: Bool
    let allergic: Bool
    let evidence: [EventVersion]

    /// All of them, whenever they became known: a block is never looked past.
    static func reactions(_ state: PatientState) -> [Exposure] {
        let seen = state.reactions.compactMap { record -> Exposure? in
            guard let dose = state.dose(record.reaction.dose) else { return nil }
            let kind = record.reaction.kind
            let serious = ReactionSeverity.isSeriousHypersensitivity(kind, record.grade)
            let allergic = serious || ReactionSeverity.isAllergic(kind)
            guard serious || allergic else { return nil }
            return Exposure(
                moiety: dose.moiety, what: "\(kind.rawValue) \(record.grade.text)",
                serious: serious,
                allergic: allergic, evidence: record.evidence)
        }
        let told = state.facts.ironAllergies.entries.map { kept in
            Exposure(
                moiety: kept.value.moiety,
                what: kept.value.serious ? "reported serious reaction" : "reported reaction",
                serious: kept.value.serious, allergic: true, evidence: [kept.version])
        }
        return seen + told
    }
}

extension ReactionGrade {
    /// `CTCAE 3`, `ungraded`.
    var text: String {
        switch self {
        case .ungraded: "ungraded"
        case .ctcae(let value): "CTCAE \(value)"
        }
    }
}
