import Infusion

extension Finding {
    var json: JSON {
        [
            "gate": .name(gate), "ruleVersion": .integer(ruleVersion), "severity": .name(severity),
            "verdict": .name(verdict), "predicates": .list(predicates, \.json),
            "nextStep": .optional(nextStep) { .string($0) },
            "passesFrom": .optional(passesFrom) { .date($0) },
        ]
    }
}

extension Predicate {
    var json: JSON {
        [
            "name": .string(name), "value": .optional(value) { .string($0) },
            "unit": .optional(unit) { .string($0) }, "comparison": .string(comparison),
            "threshold": .string(threshold), "holds": .optional(holds) { .bool($0) },
            "source": .string(source), "evidence": .list(evidence) { .integer($0.value) },
        ]
    }
}
