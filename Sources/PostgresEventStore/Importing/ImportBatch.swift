public import EventStore

/// Whole commands of another log, in its order: what one transaction of an import writes.
public struct ImportBatch: Sendable {
    /// Dense in position.
    public private(set) var events: [RecordedEvent] = []
    /// Those of the events, and those that changed nothing at the time.
    public private(set) var commands: [AcceptedCommand] = []
    /// Subjects whose keys these events destroyed, and when.
    public private(set) var erasures: [(subject: SubjectID, at: Timestamp)] = []
    /// Bytes of payloads and answers.
    public private(set) var bytes = 0

    /// Nothing yet.
    public init() {}

    /// Whether there is nothing to write.
    public var isEmpty: Bool { events.isEmpty && commands.isEmpty }

    /// Whether it is time to write, at the next end of a command.
    public var isFull: Bool {
        events.count >= EventLogLimits.importBatchEvents
            || commands.count >= EventLogLimits.importBatchEvents
            || bytes >= EventLogLimits.importBatchBytes
    }

    /// Adds the next event of the log.
    public mutating func append(_ event: RecordedEvent) {
        bytes += event.data.payload.count
        events.append(event)
    }

    /// Adds a command, behind its events.
    public mutating func append(_ command: AcceptedCommand) {
        bytes += command.answer.count
        commands.append(command)
    }

    /// Notes that an event destroyed a subject's key.
    public mutating func erase(_ subject: SubjectID, at instant: Timestamp) {
        erasures.append((subject, instant))
    }
}
