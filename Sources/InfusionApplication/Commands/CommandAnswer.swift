import EventStore
import Infusion
import InfusionJournal

/// The answer kept beside an accepted command: what a retry cannot learn from the log's own columns.
enum CommandAnswer {
    /// Canonical JSON: `{"events":["lab-recorded"]}`.
    static func encode(events: [String]) -> [UInt8] {
        var json = JSONWriter()
        json.beginObject()
        json.key("events")
        json.beginArray()
        for event in events { json.string(event) }
        json.endArray()
        json.endObject()
        return json.bytes
    }

    static func receipt(
        _ accepted: AcceptedCommand, replayed: Bool
    ) throws(ApplicationError) -> CommandReceipt {
        CommandReceipt(
            patient: PatientID(accepted.stream.uuid), version: accepted.version,
            positions: accepted.positions, position: accepted.head,
            events: try events(of: accepted), recordedAt: accepted.recordedAt, replayed: replayed)
    }

    /// The types of the events that the command caused.
    static func events(of accepted: AcceptedCommand) throws(ApplicationError) -> [String] {
        do { return try decode(accepted.answer) } catch {
            throw .store(EventLogError(.storeFailed, "a stored answer cannot be read: \(error)"))
        }
    }

    private static func decode(_ bytes: [UInt8]) throws(JSONError) -> [String] {
        var answer = try JSONReader().read(bytes).object()
        var events: [String] = []
        for event in try answer.member("events").array() { events.append(try event.string()) }
        return events
    }
}
