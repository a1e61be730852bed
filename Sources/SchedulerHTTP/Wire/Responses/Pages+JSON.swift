import EventStore
import Infusion
import InfusionApplication
import InfusionProjections
import InfusionWire

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
            "events": .list(events) { .string($0) }, "unfitVisits": unfit.json,
            "shutGates": .list(shutGates, \.json), "recordedAt": .instant(recordedAt),
            "created": .list(created) { ["kind": .string($0.kind), "id": .uuid($0.id)] },
        ]
    }
}
