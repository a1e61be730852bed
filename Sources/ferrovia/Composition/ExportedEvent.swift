import EventStore
import Foundation
import InfusionJournal

/// One event as a line of an export: everything the log holds of it. Instants are microseconds since
/// 1970 in UTC, since that is what is stored; the payload is text that is JSON itself, kept byte for
/// byte.
enum ExportedEvent {
    /// Stands for the tenant of an export, which names none.
    static let tenant = TenantID(UUID(uuid: (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)))

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
            field("correlationId", event.metadata.correlationID.uuidString.lowercased())
            writer.key("causation")
            if let causation = event.metadata.causation {
                writer.integer(causation.value)
            } else {
                writer.null()
            }
            field("ruleSet", event.metadata.ruleSet)
            field("logEpoch", Int64(event.logEpoch))
            field("payload", String(decoding: event.data.payload, as: UTF8.self))
        }
    }

    /// Reads a line that ``line(_:)`` wrote.
    static func read(_ line: ArraySlice<UInt8>) throws(JSONError) -> RecordedEvent {
        var object = try JSONReader().read(line).object()
        let position = try object.member("position").integer()
        let stream = try object.member("stream")
        guard let streamID = StreamID(text: try stream.string()) else {
            throw stream.error(.invalid(expected: "a category, a dash and a UUID"))
        }
        let version = try object.member("version").integer()
        let type = try object.member("type").string()
        let payloadVersion = try object.int16("payloadVersion")
        let effectiveAt = try object.member("effectiveAt").integer()
        let recordedAt = try object.member("recordedAt").integer()
        let commandID = try object.uuid("commandId")
        let actor = try object.member("actor").string()
        let correlationID = try object.uuid("correlationId")
        let causation = try object.optionalMember("causation")?.integer()
        let ruleSet = try object.member("ruleSet").string()
        let logEpoch = try object.member("logEpoch").integer()
        let payload = try object.member("payload").string()
        try object.finish()
        return RecordedEvent(
            tenant: tenant, position: Position(position), stream: streamID,
            version: StreamVersion(version), commandID: CommandID(commandID),
            data: EventData(
                type: type, payloadVersion: payloadVersion, payload: Array(payload.utf8),
                effectiveAt: Timestamp(microsecondsSinceUnixEpoch: effectiveAt)),
            metadata: EventMetadata(
                actor: actor, correlationID: correlationID,
                causation: causation.map { Position($0) }, ruleSet: ruleSet),
            recordedAt: Timestamp(microsecondsSinceUnixEpoch: recordedAt),
            logEpoch: Int32(clamping: logEpoch))
    }

    /// Reads a whole export. Positions are dense in a log, so in an export of it a gap is a loss.
    static func readAll(_ bytes: [UInt8], file: String) throws -> [RecordedEvent] {
        var events: [RecordedEvent] = []
        for (index, line) in bytes.split(separator: 0x0A).enumerated() {
            let place = "\(file), line \(index + 1)"
            let event: RecordedEvent
            do {
                event = try read(line)
            } catch {
                throw Console.fail("\(place): \(error)", .software)
            }
            if let last = events.last, event.position != last.position.advanced(by: 1) {
                throw Console.fail(
                    "\(place): position \(event.position) follows \(last.position)", .software)
            }
            events.append(event)
        }
        return events
    }
}

extension StreamID {
    fileprivate init?(text: String) {
        guard let dash = text.firstIndex(of: "-"),
            let uuid = UUID(uuidString: String(text[text.index(after: dash)...]))
        else { return nil }
        self.init(category: String(text[..<dash]), uuid: uuid)
    }
}

extension JSONObject {
    fileprivate mutating func uuid(_ key: String) throws(JSONError) -> UUID {
        let value = try member(key)
        guard let uuid = UUID(uuidString: try value.string()) else {
            throw value.error(.invalid(expected: "a UUID"))
        }
        return uuid
    }

    fileprivate mutating func int16(_ key: String) throws(JSONError) -> Int16 {
        let value = try member(key)
        guard let number = Int16(exactly: try value.integer()) else {
            throw value.error(.invalid(expected: "a small whole number"))
        }
        return number
    }
}
