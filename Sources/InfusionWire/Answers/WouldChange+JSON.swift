import Infusion

extension WouldChange {
    var json: JSON {
        [
            "fact": .optional(fact, \.json), "reason": .optional(reason) { .name($0) },
            "sentence": .string(sentence),
        ]
    }
}

extension NewFact {
    fileprivate var json: JSON {
        [
            "code": .name(code), "what": .string(what),
            "analytes": .list(analytes) { .name($0) },
            "value": .optional(value) { .string($0) }, "unit": .optional(unit) { .string($0) },
            "comparison": .string(comparison), "threshold": .string(threshold), "on": .date(on),
        ]
    }
}
