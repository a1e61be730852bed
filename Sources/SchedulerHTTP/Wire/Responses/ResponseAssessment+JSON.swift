import EventStore
import Infusion
import InfusionApplication

extension ResponseAnswer {
    var json: JSON {
        [
            "assessment": .optional(assessment, \.json), "position": .integer(position.value),
        ]
    }
}

extension ResponseAssessment {
    var json: JSON {
        [
            "order": .id(order), "lastDose": .date(lastDose), "days": .integer(days),
            "level": .name(level), "provisional": .bool(isProvisional),
            "earlyTrend": .bool(isEarlyTrend),
            "ironReplete": .optional(isIronReplete) { .bool($0) },
            "predicates": .list(predicates, \.json), "verdicts": .list(verdicts, \.json),
            "missing": .list(missing) { .name($0) },
        ]
    }
}

extension ResponseVerdict {
    fileprivate var json: JSON {
        [
            "cause": .name(cause), "predicates": .list(predicates, \.json),
            "nextStep": .string(nextStep), "proposesIron": .bool(proposesIron),
        ]
    }
}
