import EventStore
import InfusionJournal
import PostgresEventStore

/// A line of an export, known by its first member.
enum LogLine: Hashable {
    case event(RecordedEvent)
    /// Behind its last event, or, if it has none, behind the event that was the last one then.
    case command(AcceptedCommand)
    /// At the end, if they were asked for.
    case subject(SubjectRecord, of: TenantID)

    /// The line without its line break.
    var bytes: [UInt8] {
        switch self {
        case .event(let event): ExportedEvent.line(event)
        case .command(let command): ExportedCommand.line(command)
        case .subject(let subject, let tenant): ExportedSubject.line(subject, of: tenant)
        }
    }

    /// Reads a line that is ``bytes`` of one.
    /// - Parameter tenant: Whose log it is; an event does not say.
    static func read(
        _ line: ArraySlice<UInt8>, of tenant: TenantID
    ) throws(JSONError) -> LogLine {
        var object = try JSONReader().read(line).object()
        let read: LogLine
        if let position = object.memberIfPresent("position") {
            read = .event(try ExportedEvent.read(&object, position, of: tenant))
        } else if let id = object.memberIfPresent("command") {
            read = .command(try ExportedCommand.read(&object, id))
        } else if let id = object.memberIfPresent("subject") {
            read = try ExportedSubject.read(&object, id)
        } else {
            throw object.missing("position")
        }
        try object.finish()
        return read
    }
}
