extension Gates {
    /// G-MINOR-RX, soft: a mild reaction to an earlier dose is no allergy; the next one is given
    /// slower and watched for longer (facts §4, §5.3).
    static func minorReaction(_ question: GateQuestion) -> Finding {
        let source = Gate.minorReaction.because
        let mild = question.picture.state.reactions.filter { record in
            ReactionSeverity.isMinor(record.reaction.kind, record.grade)
        }
        return Finding(
            .minorReaction, .soft, mild.isEmpty ? .passed : .blocked,
            mild.isEmpty
                ? [.fact("minor-reactions", 0, "=", 0, holds: true, source: source)]
                : mild.map { record in
                    .fact(
                        "minor-reaction",
                        "\(record.reaction.kind.rawValue) \(record.grade.text)", "=", "none",
                        holds: false, source: source, evidence: record.evidence)
                }, next: "half-the-rate")
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
