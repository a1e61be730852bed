internal import Foundation

/// One tenant's log: what the tables `events` and `commands` hold, and those of the subjects.
struct InMemoryTenantLog: Sendable {
    let tenant: TenantID
    var logEpoch: Int32 = 1
    /// The event at position p is at index p − 1.
    private(set) var events: [RecordedEvent] = []
    /// Indices into `events`, in version order.
    private(set) var streams: [UUID: [Int]] = [:]
    private(set) var commands: [CommandID: AcceptedCommand] = [:]

    var subjects = InMemorySubjects()

    init(tenant: TenantID) { self.tenant = tenant }

    var head: Position { Position(Int64(events.count)) }

    var lastRecordedAt: Timestamp { events.last?.recordedAt ?? EventLogLimits.instants.lowerBound }

    func version(of stream: StreamID) -> StreamVersion {
        StreamVersion(Int64(streams[stream.uuid]?.count ?? 0))
    }

    func category(of stream: StreamID) -> String? {
        streams[stream.uuid].map { events[$0[0]].stream.category }
    }

    mutating func write<Changes>(
        _ append: Append<Changes>, recordedAt: Timestamp
    ) -> AcceptedCommand {
        let first = head.advanced(by: 1)
        for data in append.events {
            let version = version(of: append.stream).advanced(by: 1)
            streams[append.stream.uuid, default: []].append(events.count)
            events.append(
                RecordedEvent(
                    tenant: tenant, position: head.advanced(by: 1), stream: append.stream,
                    version: version, commandID: append.commandID, data: data,
                    metadata: append.metadata, recordedAt: recordedAt, logEpoch: logEpoch))
        }
        let command = AcceptedCommand(
            commandID: append.commandID, fingerprint: append.fingerprint, stream: append.stream,
            positions: append.events.isEmpty ? nil : first...head,
            version: version(of: append.stream), head: head, answer: append.answer,
            recordedAt: recordedAt)
        commands[append.commandID] = command
        subjects.apply(append.subject, to: SubjectID(append.stream.uuid), at: recordedAt)
        return command
    }

    mutating func truncate(after position: Position) {
        events.removeLast(max(0, events.count - Int(position.value)))
        let count = events.count
        streams = streams.mapValues { $0.filter { $0 < count } }.filter { !$0.value.isEmpty }
        commands = commands.filter { $0.value.head <= position }
    }
}
