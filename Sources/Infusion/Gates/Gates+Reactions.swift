extension Gates {
    /// G-MINOR-RX, soft: a mild reaction to an earlier dose is no allergy; the next one is given
    /// slower and watched for longer (facts §4, §5.3). So it is after a moderate one and after
    /// hypotension, whose review has let it go on ("slow", "hold & review"). After a delayed one alone
    /// the next dose is slower too, which is shown and stops nothing (§5.3, GK).
    static func minorReaction(_ question: GateQuestion) -> Finding {
        let earlier = question.picture.state.reactions.filter(\.bedsideClass.slowsNextDose)
        guard !earlier.isEmpty else {
            return Finding(
                .minorReaction, .soft, .passed,
                [
                    .fact(
                        "minor-reactions", 0, "=", 0, holds: true,
                        source: Gate.minorReaction.because)
                ])
        }
        let isDelayedAlone = earlier.allSatisfy { $0.bedsideClass == .delayed }
        return Finding(
            .minorReaction, isDelayedAlone ? .information : .soft, .blocked,
            earlier.compactMap(slower), next: isDelayedAlone ? "slower-rate" : "half-the-rate")
    }

    /// How an earlier reaction slows the next dose; `nil` where it does not.
    private static func slower(_ record: ReactionRecord) -> Predicate? {
        func earlier(_ name: String, _ source: String) -> Predicate {
            .fact(
                name, "\(record.reaction.kind.rawValue) \(record.grade.text)", "=", "none",
                holds: false, source: source, evidence: record.evidence)
        }
        switch record.bedsideClass {
        case .mild: return earlier("minor-reaction", Gate.minorReaction.because)
        case .moderate: return earlier("moderate-reaction", ReactionRule.moderate.source.line)
        case .hypotension: return earlier("moderate-reaction", ReactionRule.hypotension.source.line)
        case .delayed: return earlier("delayed-reaction", ReactionRule.delayed.source.line)
        case .severe, .extravasation, .none: return nil
        }
    }

    /// G-PO4-SYMPT, hard: bone pain, weakness or fatigue told after ferric carboxymaltose, before
    /// more of it: phosphate now (MHRA). A normal phosphate drawn since answers it.
    static func phosphateSymptoms(_ question: GateQuestion) -> Finding {
        let source = Gate.phosphateSymptoms.because
        func open(_ evidence: [EventVersion]) -> Finding {
            Finding(
                .phosphateSymptoms, .hard, .passed,
                [
                    .fact(
                        "symptoms-of-low-phosphate", "none", "=", "none", holds: true,
                        source: source, evidence: evidence)
                ])
        }
        let picture = question.picture
        guard question.terms.product.moiety == .ferricCarboxymaltose,
            let first = picture.administered.first(where: { $0.moiety == .ferricCarboxymaltose }),
            let end = first.end
        else { return open([]) }
        let told = picture.presentSymptoms.filter {
            $0.symptom.suggestsLowPhosphate && $0.told.effectiveAt > end.at
        }
        guard let last = told.map(\.told.effectiveAt).max() else { return open([end.version]) }
        if let since = picture.readings(.phosphate).last(where: { $0.collectedAt >= last }),
            isLow(since) == false
        {
            return open([since.evidence])
        }
        return Finding(
            .phosphateSymptoms, .hard, .blocked,
            told.map { symptom, kept in
                .fact(
                    "symptom", symptom.rawValue, "=", "none", holds: false, source: source,
                    evidence: [end.version, kept.version])
            }, next: "check-phosphate")
    }
}
