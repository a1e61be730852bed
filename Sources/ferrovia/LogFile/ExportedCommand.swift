import EventStore
import InfusionJournal

/// An accepted command as a line of an export: what the log needs to know it again and to answer a
/// repetition as it answered the first time.
enum ExportedCommand {
    static func line(_ command: AcceptedCommand) -> [UInt8] {
        JSONAnswer.object { writer in
            writer.member("command", command.commandID.description)
            writer.member("stream", command.stream.description)
            writer.member("version", command.version.value)
            writer.member("head", command.head.value)
            writer.member("events", Int64(command.eventCount))
            writer.member("recordedAt", command.recordedAt)
            writer.member("fingerprint", base64: command.fingerprint)
            writer.member("answer", base64: command.answer)
        }
    }

    /// - Parameter id: The member `command`, read already.
    static func read(
        _ object: inout JSONObject, _ id: JSONValue
    ) throws(JSONError) -> AcceptedCommand {
        let commandID = CommandID(try id.uuid())
        let stream = try object.stream("stream")
        let version = StreamVersion(try object.whole("version", Int64.self))
        let head: Int64 = try object.whole("head")
        let count = try object.member("events")
        let events = try count.integer()
        guard events >= 0, events <= max(head, 0) else {
            throw count.error(.invalid(expected: "0 to \(max(head, 0))"))
        }
        let recordedAt = try object.timestamp("recordedAt")
        let fingerprint = try object.base64("fingerprint")
        return AcceptedCommand(
            commandID: commandID, fingerprint: fingerprint, stream: stream,
            positions: events > 0 ? Position(head - events + 1)...Position(head) : nil,
            version: version, head: Position(head), answer: try object.base64("answer"),
            recordedAt: recordedAt)
    }
}

extension AcceptedCommand {
    /// How many events it has.
    var eventCount: Int {
        positions.map { Int($0.upperBound.value - $0.lowerBound.value) + 1 } ?? 0
    }
}
