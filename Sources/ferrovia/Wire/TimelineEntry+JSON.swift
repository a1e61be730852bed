import EventStore
import Infusion
import InfusionApplication
import InfusionWire

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
            // A payload that is not JSON would be a fault of the log; it is shown as null and not
            // guessed at.
            "payload": (try? JSON(reading: recorded.data.payload)) ?? .null,
        ]
    }
}
