import EventStore

/// The events of an export, in memory.
struct ReplayFile {
    /// Whose log it was.
    let tenant: TenantID
    /// Dense in position.
    private(set) var events: [RecordedEvent] = []
    /// Whether its end is missing.
    let isPartial: Bool

    /// - Parameter isPartialAllowed: Whether its end may be missing; a command that was cut off is left out
    ///   then.
    /// - Throws: ``LogFileProblem`` if it is not an export, or not a whole one.
    init(_ input: InputFile, isPartialAllowed: Bool) throws {
        var part = try LogFilePart(LogFileReader(input), isPartialAllowed: isPartialAllowed)
        tenant = part.header.tenant
        var last = part.header.from.advanced(by: -1)
        var lastOfCommand = last
        while let line = try part.next() {
            switch line {
            case .event(let event):
                guard event.position == last.advanced(by: 1) else {
                    throw part.problem(nil, "position \(event.position) follows \(last)")
                }
                last = event.position
                events.append(event)
            case .command: lastOfCommand = last
            }
        }
        isPartial = part.isPartial
        while let event = events.last, event.position > lastOfCommand { events.removeLast() }
    }
}
