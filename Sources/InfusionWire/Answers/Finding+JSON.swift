public import Infusion

extension Finding {
    /// What a gate concluded, with all it rested on.
    public var json: JSON { .object(members) }

    /// With what would change it, as the gates are asked.
    func json(_ change: WouldChange) -> JSON {
        .object(members + [JSON.Member(name: "wouldChange", value: change.json)])
    }

    private var members: [JSON.Member] {
        [
            JSON.Member(name: "gate", value: .name(gate)),
            JSON.Member(name: "ruleVersion", value: .integer(ruleVersion)),
            JSON.Member(name: "severity", value: .name(severity)),
            JSON.Member(name: "verdict", value: .name(verdict)),
            JSON.Member(name: "predicates", value: .list(predicates, \.json)),
            JSON.Member(name: "nextStep", value: .optional(nextStep) { .string($0) }),
            JSON.Member(name: "passesFrom", value: .optional(passesFrom) { .date($0) }),
        ]
    }
}

extension Predicate {
    /// What was compared with what, and whether it holds.
    public var json: JSON {
        [
            "name": .string(name), "value": .optional(value) { .string($0) },
            "unit": .optional(unit) { .string($0) }, "comparison": .string(comparison),
            "threshold": .string(threshold), "holds": .optional(holds) { .bool($0) },
            "source": .string(source), "evidence": .list(evidence) { .integer($0.value) },
        ]
    }
}
