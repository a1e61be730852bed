extension Gates {
    /// G-MINOR-RX, soft: a mild reaction to an earlier dose is no allergy; the next one is given
    /// slower and watched for longer (facts §4, §5.3). After a delayed one alone the next dose is slower
    /// too, which is shown and stops nothing (§5.3, GK).
    static func minorReaction(_ question: GateQuestion) -> Finding {
        let reactions = question.picture.state.reactions
        let mild = reactions.filter { ReactionSeverity.isMinor($0.reaction.kind, $0.grade) }
        let delayed = reactions.filter { $0.bedsideClass == .delayed }
        guard mild.isEmpty, delayed.isEmpty else {
            return Finding(
                .minorReaction, mild.isEmpty ? .information : .soft, .blocked,
                mild.map { earlier("minor-reaction", $0, Gate.minorReaction.because) }
                    + delayed.map {
                        earlier("delayed-reaction", $0, ReactionRule.delayed.source.line)
                    }, next: mild.isEmpty ? "slower-rate" : "half-the-rate")
        }
        return Finding(
            .minorReaction, .soft, .passed,
            [
                .fact(
                    "minor-reactions", 0, "=", 0, holds: true, source: Gate.minorReaction.because)
            ])
    }

    private static func earlier(
        _ name: String, _ record: ReactionRecord, _ source: String
    ) -> Predicate {
        .fact(
            name, "\(record.reaction.kind.rawValue) \(record.grade.text)", "=", "none",
            holds: false, source: source, evidence: record.evidence)
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
