import EventStore
import Foundation
import Infusion
import InfusionApplication
import InfusionJournal

extension JSONTree {
    static func quantity<Unit>(_ quantity: Quantity<Unit>) -> JSON {
        ["value": .decimal(quantity.value), "unit": .string(Unit.ucum)]
    }
}

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

extension GateAnswer {
    /// As `GET /v1/orders/{id}/gates` answers.
    var json: JSON {
        [
            "order": .id(review.order), "dose": .quantity(review.dose),
            "on": .date(review.date), "open": .bool(review.isOpen),
            "findings": .list(review.findings) { $0.json(wouldChange[$0.gate]) },
            "making": .optional(review.making, \.json),
            "formularyVersion": .string(review.formularyVersion),
            "position": .integer(position.value),
        ]
    }
}

extension Finding {
    fileprivate func json(_ change: WouldChange?) -> JSON {
        [
            "gate": .name(gate), "ruleVersion": .integer(ruleVersion), "severity": .name(severity),
            "verdict": .name(verdict), "predicates": .list(predicates, \.json),
            "nextStep": .optional(nextStep) { .string($0) },
            "passesFrom": .optional(passesFrom) { .date($0) },
            "wouldChange": .optional(change, \.json),
        ]
    }
}

extension ResponseAnswer {
    /// As `GET /v1/patients/{id}/response` answers.
    var json: JSON {
        [
            "assessment": .optional(assessment) { $0.json(wouldChange) },
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
            "wouldChange": .optional(changes?.level, \.json),
        ]
    }
}

extension ResponseVerdict {
    fileprivate func json(_ change: WouldChange?) -> JSON {
        [
            "cause": .name(cause), "predicates": .list(predicates, \.json),
            "nextStep": .string(nextStep), "proposesIron": .bool(proposesIron),
            "wouldChange": .optional(change, \.json),
        ]
    }
}

extension PlanAnswer {
    /// As `GET /v1/orders/{id}/plan` answers.
    var json: JSON {
        [
            "order": .id(plan.order.id), "product": .string(plan.order.product.name),
            "dosingRow": .string(plan.order.dosingRow.name), "method": .name(plan.order.method),
            "plannedTotal": .quantity(plan.order.plannedTotal),
            "formula": .optional(plan.order.need?.formula) { .string($0) },
            "placedBy": .integer(plan.placedBy.value), "inputs": .list(plan.inputs, \.json),
            "status": .name(plan.status), "given": .quantity(plan.given),
            "remaining": .quantity(plan.remaining), "doses": .list(plan.further, \.json),
            "again": [
                "total": .optional(plan.again) { .quantity($0) },
                "inputs": .list(plan.inputsNow, \.json),
            ],
            "wouldChange": plan.wouldChange.json, "formularyVersion": .string(formularyVersion),
            "position": .integer(position.value),
        ]
    }
}

extension OrderPlan.FurtherDose {
    fileprivate var json: JSON {
        [
            "number": .integer(number), "prescribed": .quantity(prescribed),
            "atMost": .optional(atMost) { .quantity($0) },
            "making": .optional(making, \.json),
            "earliest": .optional(earliest) { .date($0) },
        ]
    }
}
