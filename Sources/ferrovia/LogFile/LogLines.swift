import EventStore
import InfusionPostgres
import PostgresEventStore

/// What an export of a log says, without the keys: its events in order, each command behind its last one.
struct LogLines {
    private let log: PostgresEventStore<InfusionProjector>
    private let tenant: TenantID
    private let head: Position
    private var replay: EventReplay.AsyncIterator
    /// Where the next segment begins; past the head when all has been read.
    private var next: Position

    /// - Parameters:
    ///   - position: The position before the first one.
    ///   - head: The last one.
    init(
        _ log: PostgresEventStore<InfusionProjector>, tenant: TenantID, after position: Position,
        upTo head: Position
    ) {
        self.log = log
        self.tenant = tenant
        self.head = head
        next = position.advanced(by: 1)
        replay = log.replay(tenant: tenant, from: next, to: head).makeAsyncIterator()
    }

    /// Some more lines; `nil` at the end.
    mutating func segment() async throws(EventLogError) -> [LogLine]? {
        let isFirst = next == Position(1)
        guard next <= head || isFirst && head == .start else { return nil }
        let events = try await replay.next() ?? []
        let last = events.last?.position ?? .start
        // What was answered before there was an event comes first of all.
        let first = isFirst ? Position.start : next
        next = last.advanced(by: 1)
        if events.isEmpty { next = head.advanced(by: 2) }
        let commands = try await log.commands(
            of: events, restingOn: first...max(first, last), tenant: tenant)
        return merged(events, commands)
    }

    private func merged(_ events: [RecordedEvent], _ commands: [AcceptedCommand]) -> [LogLine] {
        var lines: [LogLine] = []
        lines.reserveCapacity(events.count + commands.count)
        var following = commands[...]
        func take(at position: Position) {
            while let command = following.first, command.head <= position {
                lines.append(.command(command))
                following.removeFirst()
            }
        }
        take(at: .start)
        for event in events {
            lines.append(.event(event))
            take(at: event.position)
        }
        return lines
    }
}
