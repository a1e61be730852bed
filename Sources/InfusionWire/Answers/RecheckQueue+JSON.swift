import EventStore
import Infusion
public import InfusionProjections

extension RecheckQueuePage {
    /// `GET /v1/queues/recheck`.
    public var json: JSON {
        [
            "rows": .list(rows) { $0.json(on: on) }, "on": .date(on),
            "next": .optional(next) { .string($0.token) }, "position": .integer(position.value),
        ]
    }
}

extension RecheckQueueRow {
    /// What the queue and `why` call the row.
    public var id: String { RecheckReference(patient: patient, recheck: recheck).description }

    /// - Parameter date: The day that `status` is computed for.
    func json(on date: CalendarDate?) -> JSON {
        [
            "id": .string(id), "patient": .id(patient), "recheck": .string(recheck.description),
            "rule": .name(recheck.rule), "ruleVersion": .integer(ruleVersion),
            "site": .string(site.name), "reason": .string(reason),
            "tests": .list(tests) { .name($0) }, "earliest": .date(earliest), "due": .date(due),
            "overdueAfter": .date(overdueAfter), "urgency": .name(urgency),
            "status": .optional(date) { .name(status(on: $0)) },
            "openedPosition": .integer(opened.value),
            "closedPosition": .optional(closed) { .integer($0.value) },
            "closedReason": .optional(closedReason) { .string($0) },
            "evidence": .list(evidence) { .integer($0.value) },
        ]
    }
}
