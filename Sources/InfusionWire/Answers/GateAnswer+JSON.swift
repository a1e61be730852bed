import EventStore
import Infusion
public import InfusionApplication

extension GateAnswer {
    /// `GET /v1/orders/{id}/gates`.
    public var json: JSON {
        [
            "order": .id(review.order), "dose": .quantity(review.dose),
            "on": .date(review.date), "open": .bool(review.isOpen),
            "findings": .list(review.findings) { finding in
                finding.json(wouldChange[finding.gate] ?? .nothing(.noSingleFact))
            },
            "making": .optional(review.making, \.json),
            "formularyVersion": .string(review.formularyVersion),
            "pathwaysVersion": .string(review.pathwaysVersion),
            "position": .integer(position.value),
        ]
    }
}
