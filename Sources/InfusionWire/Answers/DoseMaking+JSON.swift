import Infusion

extension DoseMaking {
    var json: JSON {
        [
            "amount": .quantity(amount), "unrounded": .quantity(unrounded),
            "volume": .quantity(volume),
            "preparation": .optional(try? preparation.get(), \.json),
            "noPreparation": .optional(noPreparation, \.json), "times": .list(times, \.json),
            "first": .optional(first, \.json),
            "observationMinutes": .integer(observationMinutes),
            "vials": .optional(vials, \.json),
        ]
    }

    private var noPreparation: NoPreparation? {
        switch preparation {
        case .success: nil
        case .failure(let reason): reason
        }
    }
}

extension Preparation {
    fileprivate var json: JSON {
        [
            "rule": .string(rule.id.name), "diluents": .list(rule.diluents) { .name($0) },
            "diluent": .optional(diluent) { range in
                [
                    "from": .quantity(range.lowerBound), "to": .quantity(range.upperBound),
                    "toIncluded": .bool(!isUpperBoundOpen),
                ]
            }, "stabilityHours": .optional(rule.stabilityHours) { .integer($0) },
            "notes": .list(rule.notes) { .string($0) }, "source": rule.source.json,
        ]
    }
}

extension NoPreparation {
    fileprivate var json: JSON { ["reason": .name(reason), "sentence": .string(sentence)] }
}

extension DoseMaking.Time {
    fileprivate var json: JSON {
        ["route": .name(route), "minutes": .optional(minutes) { .integer($0) }]
    }
}

extension FirstPortion {
    fileprivate var json: JSON {
        [
            "kind": .name(kind), "amount": .quantity(amount), "volume": .quantity(volume),
            "minutes": .integer(minutes), "rest": .quantity(rest),
        ]
    }
}

extension VialCount {
    fileprivate var json: JSON {
        ["opened": .list(opened, \.json), "leftOver": .quantity(leftOver)]
    }
}

extension VialCount.Opened {
    fileprivate var json: JSON {
        [
            "size": .quantity(vial.size), "count": .integer(count), "source": vial.source.json,
        ]
    }
}

extension ClinicalSource {
    fileprivate var json: JSON {
        ["text": .string(text), "mark": .name(mark), "confidence": .name(confidence)]
    }
}
