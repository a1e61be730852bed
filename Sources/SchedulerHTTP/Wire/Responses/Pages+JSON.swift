import EventStore
import Infusion
import InfusionApplication
import InfusionProjections

extension TimelineEntry {
    var json: JSON {
        [
            "position": .integer(recorded.position.value),
            "version": .integer(recorded.version.value), "type": .string(recorded.data.type),
            "effectiveAt": .instant(event.effectiveAt), "recordedAt": .instant(recorded.recordedAt),
            "actor": .string(recorded.metadata.actor),
            "correlationId": .uuid(recorded.metadata.correlationID),
            "commandId": .string(recorded.commandID.description),
            "ruleSet": .string(recorded.metadata.ruleSet), "data": event.fact.json,
        ]
    }
}

extension TimelinePage {
    func json(patient: PatientID) -> JSON {
        [
            "patient": .id(patient), "entries": .list(entries, \.json),
            "next": .optional(next) { .string($0.description) },
            "position": .integer(position.value),
        ]
    }
}

extension RecheckQueueRow {
    /// - Parameter date: the day that `status` is computed for.
    func json(on date: CalendarDate?) -> JSON {
        [
            "id": .string("\(patient).\(recheck)"), "patient": .id(patient),
            "recheck": .string(recheck.description), "rule": .name(recheck.rule),
            "ruleVersion": .integer(ruleVersion), "site": .string(site.name),
            "reason": .string(reason), "tests": .list(tests) { .name($0) },
            "earliest": .date(earliest), "due": .date(due), "overdueAfter": .date(overdueAfter),
            "urgency": .name(urgency), "status": .optional(date) { .name(status(on: $0)) },
            "openedPosition": .integer(opened.value),
            "closedPosition": .optional(closed) { .integer($0.value) },
            "closedReason": .optional(closedReason) { .string($0) },
            "evidence": .list(evidence) { .integer($0.value) },
        ]
    }
}

extension RecheckExplanation {
    var json: JSON {
        [
            "row": row.json(on: nil), "predicates": .list(opened.predicates, \.json),
            "openedBy": openedBy.json, "evidence": .list(evidence, \.json),
            "superseded": .list(superseded) { ["before": $0.before.json, "now": $0.now.json] },
            "wouldChange": .optional(wouldChange, \.json),
            "position": .integer(position.value),
        ]
    }
}

extension RecordedEvent {
    /// As the log holds it: the payload is the stored text itself, identity still sealed.
    ///
    /// A payload that is not JSON would be a fault of the log; it is shown as null and not guessed at.
    var json: JSON {
        [
            "position": .integer(position.value), "stream": .string(stream.description),
            "version": .integer(version.value), "commandId": .string(commandID.description),
            "type": .string(data.type), "payloadVersion": .integer(data.payloadVersion),
            "effectiveAt": .instant(data.effectiveAt), "recordedAt": .instant(recordedAt),
            "actor": .string(metadata.actor), "correlationId": .uuid(metadata.correlationID),
            "causation": .optional(metadata.causation) { .integer($0.value) },
            "ruleSet": .string(metadata.ruleSet), "logEpoch": .integer(logEpoch),
            "payload": (try? JSON(reading: data.payload)) ?? .null,
        ]
    }
}

extension CommandReceipt {
    /// The same bytes every time: whether it was given before is told by a header.
    func json(created: [Creation]) -> JSON {
        [
            "patient": .id(patient), "version": .integer(version.value),
            "position": .integer(position.value),
            "positions": .optional(positions) {
                ["first": .integer($0.lowerBound.value), "last": .integer($0.upperBound.value)]
            },
            "events": .list(events) { .string($0) }, "recordedAt": .instant(recordedAt),
            "created": .list(created) { ["kind": .string($0.kind), "id": .uuid($0.id)] },
        ]
    }
}
