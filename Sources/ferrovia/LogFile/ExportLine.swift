import EventStore
import InfusionJournal
import PostgresEventStore

/// A line of an export, known by its first member.
enum ExportLine: Hashable {
    /// The first one.
    case header(ExportHeader)
    /// Behind the header, if they were asked for.
    case subject(SubjectRecord, of: TenantID)
    /// What the log holds.
    case entry(LogLine)
    /// The last one.
    case end(ExportEnd)

    /// The line without its line break.
    var bytes: [UInt8] {
        switch self {
        case .header(let header): header.line
        case .subject(let subject, let tenant): ExportedSubject.line(subject, of: tenant)
        case .entry(let entry): entry.bytes
        case .end(let end): end.line
        }
    }

    /// Reads a line that is ``bytes`` of one.
    /// - Parameter tenant: Whose log its events are to belong to; an event does not say.
    static func read(
        _ line: ArraySlice<UInt8>, of tenant: TenantID
    ) throws(JSONError) -> ExportLine {
        var object = try JSONReader().read(line).object()
        let read: ExportLine
        if let position = object.memberIfPresent("position") {
            read = .entry(.event(try ExportedEvent.read(&object, position, of: tenant)))
        } else if let id = object.memberIfPresent("command") {
            read = .entry(.command(try ExportedCommand.read(&object, id)))
        } else if let id = object.memberIfPresent("subject") {
            read = try ExportedSubject.read(&object, id)
        } else if let format = object.memberIfPresent("format") {
            read = .header(try ExportHeader.read(&object, format))
        } else if let position = object.memberIfPresent("end") {
            read = .end(try ExportEnd.read(&object, position))
        } else {
            throw object.missing("position")
        }
        try object.finish()
        return read
    }
}
