import Infusion
import InfusionJournal

extension DecisionReview {
    /// As `GET /v1/patients/{id}/reviews` answers.
    var json: JSON {
        [
            "decision": .integer(version.value), "kind": .string(decision.kind),
            "id": .uuid(decision.uuid), "at": .instant(at),
            "changedResults": .list(changedResults, \.json),
            "wouldDiffer": .optional(wouldDiffer) { .bool($0) },
            "differences": .list(differences) { ["before": $0.before.json, "now": $0.now.json] },
            "needBefore": .optional(needBefore, Self.milligrams),
            "needNow": .optional(needNow, Self.milligrams),
            "refusalNow": .optional(refusalNow) { .string($0) },
            "changes": .list(changes) { .integer($0.value) },
            "reviewed": .optional(reviewed) { review in
                [
                    "value": .name(review.value.outcome),
                    "effectiveAt": .instant(review.effectiveAt),
                    "version": .integer(review.version.value),
                ]
            },
        ]
    }

    private static func milligrams(_ amount: Milligrams) -> JSON {
        ["value": .decimal(amount.value), "unit": .string(Units.Milligram.ucum)]
    }
}

extension ChangedResult {
    fileprivate var json: JSON {
        [
            "lab": .id(lab), "analyte": .name(analyte), "before": before.json,
            "now": .optional(now, \.json), "retraction": .optional(retraction) { .name($0) },
            "changes": .list(changes) { .integer($0.value) },
        ]
    }
}

extension LabRecord.Statement {
    fileprivate var json: JSON {
        [
            "value": value.json, "status": .name(status), "collectedAt": .instant(collectedAt),
            "version": .integer(version.value),
        ]
    }
}

extension LabValue {
    fileprivate var json: JSON {
        [
            "comparator": .optional(comparator) { .name($0) }, "value": .decimal(reported),
            "unit": .string(reportedUnit), "canonical": .decimal(canonical),
        ]
    }
}

extension Finding {
    fileprivate var json: JSON {
        [
            "gate": .name(gate), "ruleVersion": .integer(ruleVersion), "severity": .name(severity),
            "verdict": .name(verdict), "predicates": .list(predicates, \.json),
            "nextStep": .optional(nextStep) { .string($0) },
            "passesFrom": .optional(passesFrom) { .date($0) },
        ]
    }
}
