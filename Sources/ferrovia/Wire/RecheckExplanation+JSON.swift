import EventStore
import Infusion
import InfusionApplication
import InfusionJournal

extension RecheckExplanation {
    /// As `GET /v1/queues/recheck/{id}/why` answers, but for what an event says; see there.
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

extension TimelineEntry {
    /// An event of the timeline. What it says is the stored payload and not `data`, as in the feed:
    /// identities and free text stay sealed.
    var json: JSON {
        [
            "position": .integer(recorded.position.value),
            "version": .integer(recorded.version.value), "type": .string(recorded.data.type),
            "effectiveAt": .instant(event.effectiveAt), "recordedAt": .instant(recorded.recordedAt),
            "actor": .string(recorded.metadata.actor),
            "correlationId": .uuid(recorded.metadata.correlationID),
            "commandId": .string(recorded.commandID.description),
            "ruleSet": .string(recorded.metadata.ruleSet),
            "payloadVersion": .integer(recorded.data.payloadVersion),
            "payload": recorded.data.json,
        ]
    }
}

extension EventData {
    /// A payload that is not JSON would be a fault of the log; it is shown as null and not guessed at.
    fileprivate var json: JSON {
        (try? JSONTree(JSONReader().read(payload))) ?? .null
    }
}

extension Predicate {
    var json: JSON {
        [
            "name": .string(name), "value": .optional(value) { .string($0) },
            "unit": .optional(unit) { .string($0) }, "comparison": .string(comparison),
            "threshold": .string(threshold), "holds": .optional(holds) { .bool($0) },
            "source": .string(source), "evidence": .list(evidence) { .integer($0.value) },
        ]
    }
}
