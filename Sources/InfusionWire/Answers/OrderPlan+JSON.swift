import EventStore
import Infusion
public import InfusionApplication

extension PlanAnswer {
    /// `GET /v1/orders/{id}/plan`.
    public var json: JSON {
        [
            "order": .id(plan.order.id), "product": .string(plan.order.product.name),
            "dosingRow": .string(plan.order.dosingRow.name), "method": .name(plan.order.method),
            "plannedTotal": .quantity(plan.order.plannedTotal),
            "formula": .optional(plan.order.need?.formula) { .string($0) },
            "whyIntravenous": .optional(plan.order.whyIntravenous) { .name($0) },
            "placedBy": .integer(plan.placedBy.value), "inputs": .list(plan.inputs, \.json),
            "status": .name(plan.status), "given": .quantity(plan.given),
            "remaining": .quantity(plan.remaining), "doses": .list(plan.further, \.json),
            "again": [
                "total": .optional(plan.again) { .quantity($0) },
                "inputs": .list(plan.inputsNow, \.json),
            ],
            "wouldChange": plan.wouldChange.json, "formularyVersion": .string(formularyVersion),
            "pathwaysVersion": .string(pathwaysVersion), "position": .integer(position.value),
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
