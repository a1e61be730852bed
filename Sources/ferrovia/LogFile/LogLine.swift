import EventStore
import InfusionJournal

/// A line of an export that says what the log holds.
enum LogLine: Hashable {
    case event(RecordedEvent)
    /// Behind its last event, or, if it has none, behind the event that was the last one then.
    case command(AcceptedCommand)

    var isEvent: Bool {
        switch self {
        case .event: true
        case .command: false
        }
    }

    /// The line without its line break.
    var bytes: [UInt8] {
        switch self {
        case .event(let event): ExportedEvent.line(event)
        case .command(let command): ExportedCommand.line(command)
        }
    }
}
