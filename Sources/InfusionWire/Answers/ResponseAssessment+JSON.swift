import EventStore
import Infusion
public import InfusionApplication

extension ResponseAnswer {
    /// `GET /v1/patients/{id}/response`.
    public var json: JSON {
        [
            "assessment": .optional(assessment) { $0.json(wouldChange) },
            "pathwaysVersion": .string(pathwaysVersion),
            "position": .integer(position.value),
        ]
    }
}

extension ResponseAssessment {
    fileprivate func json(_ changes: ResponseWouldChange?) -> JSON {
        [
            "order": .id(order), "lastDose": .date(lastDose), "days": .integer(days),
            "level": .name(level), "provisional": .bool(isProvisional),
            "earlyTrend": .bool(isEarlyTrend),
            "ironReplete": .optional(isIronReplete) { .bool($0) },
            "predicates": .list(predicates, \.json),
            "verdicts": .list(verdicts.indices) { verdicts[$0].json(changes?.verdicts[$0]) },
            "missing": .list(missing) { .name($0) },
            "missingTests": .list(missingTests) { .name($0) },
            "wouldChange": .optional(changes?.level, \.json),
        ]
    }
}

extension ResponseVerdict {
    fileprivate func json(_ change: WouldChange?) -> JSON {
        [
            "cause": .name(cause), "predicates": .list(predicates, \.json),
            "nextStep": .string(nextStep), "proposesIron": .bool(proposesIron),
            "tests": .list(tests) { .name($0) },
            "wouldChange": .optional(change, \.json),
        ]
    }
}
