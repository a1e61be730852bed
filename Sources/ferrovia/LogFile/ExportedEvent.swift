import EventStore
import Foundation
import Infusion
import InfusionJournal

/// One event as a line of an export: everything the log holds of it. Instants are microseconds since
/// 1970 in UTC, since that is what is stored; the payload is text that is JSON itself, kept byte for
/// byte whether or not anybody can read it.
enum ExportedEvent {
    static func line(_ event: RecordedEvent) -> [UInt8] {
        JSONAnswer.object { writer in
            func field(_ name: String, _ value: String) {
                writer.key(name)
                writer.string(value)
            }
            func field(_ name: String, _ value: Int64) {
                writer.key(name)
                writer.integer(value)
            }
            field("position", event.position.value)
            field("stream", event.stream.description)
            field("version", event.version.value)
            field("type", event.data.type)
            field("payloadVersion", Int64(event.data.payloadVersion))
            field("effectiveAt", event.data.effectiveAt.microsecondsSinceUnixEpoch)
            field("recordedAt", event.recordedAt.microsecondsSinceUnixEpoch)
            field("commandId", event.commandID.description)
            field("actor", event.metadata.actor)
            field("correlationId", event.metadata.correlationID.lowercased)
            writer.key("causation")
            if let causation = event.metadata.causation {
                writer.integer(causation.value)
            } else {
                writer.null()
            }
            field("ruleSet", event.metadata.ruleSet)
            field("logEpoch", Int64(event.logEpoch))
            writer.key("payload")
            write(event.data.payload, to: &writer)
        }
    }

    /// - Parameter position: The member `position`, read already.
    static func read(
        _ object: inout JSONObject, _ position: JSONValue, of tenant: TenantID
    ) throws(JSONError) -> RecordedEvent {
        let position = Position(try position.integer())
        let stream = try object.stream("stream")
        let version = StreamVersion(try object.whole("version", Int64.self))
        let type = try object.member("type").string()
        let payloadVersion: Int16 = try object.whole("payloadVersion")
        let effectiveAt = try object.timestamp("effectiveAt")
        let recordedAt = try object.timestamp("recordedAt")
        let commandID = CommandID(try object.uuid("commandId"))
        let actor = try object.member("actor").string()
        let correlationID = try object.uuid("correlationId")
        let causation = try object.optionalMember("causation")?.integer()
        let ruleSet = try object.member("ruleSet").string()
        let logEpoch: Int32 = try object.whole("logEpoch")
        let payload = try payload(try object.member("payload"))
        return RecordedEvent(
            tenant: tenant, position: position, stream: stream, version: version,
            commandID: commandID,
            data: EventData(
                type: type, payloadVersion: payloadVersion, payload: payload,
                effectiveAt: effectiveAt),
            metadata: EventMetadata(
                actor: actor, correlationID: correlationID,
                causation: causation.map { Position($0) }, ruleSet: ruleSet),
            recordedAt: recordedAt, logEpoch: logEpoch)
    }

    /// As text; bytes that are none, which no program of ours writes, are kept all the same.
    private static func write(_ payload: [UInt8], to writer: inout JSONWriter) {
        if let text = String(validating: payload, as: UTF8.self) {
            writer.string(text)
        } else {
            writer.beginObject()
            writer.member("base64", base64: payload)
            writer.endObject()
        }
    }

    private static func payload(_ value: JSONValue) throws(JSONError) -> [UInt8] {
        guard value.kind == .object else { return Array(try value.string().utf8) }
        var object = try value.object()
        let bytes = try object.base64("base64")
        try object.finish()
        return bytes
    }
}
