public import EventStore
internal import Foundation
internal import Postgres

/// Part of a log as fast as it can be read: COPY OUT in binary, in batches, in position order.
///
/// It is read in segments of ``EventLogLimits/replaySegmentEvents``, each in a snapshot of its own,
/// so that none stays open for hours; the next one is on its way while the reader works on this one.
/// The log does not change behind its head, so together they are as consistent as one; a reader that
/// stops can begin again behind the last position it saw.
public struct EventReplay: AsyncSequence, Sendable {
    public typealias Element = [RecordedEvent]
    public typealias Failure = EventLogError

    let pool: PostgresPool
    let tenant: TenantID
    let first: Position
    let last: Position

    public func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(replay: self)
    }

    public struct AsyncIterator: AsyncIteratorProtocol {
        private typealias Segment = Task<Result<[RecordedEvent], EventLogError>, Never>

        private let replay: EventReplay
        private var next: Position
        private var coming: Segment?

        init(replay: EventReplay) {
            self.replay = replay
            next = Swift.max(replay.first, Position.start.advanced(by: 1))
        }

        public mutating func next() async throws(EventLogError) -> [RecordedEvent]? {
            try await next(isolation: nil)
        }

        public mutating func next(
            isolation actor: isolated (any Actor)?
        ) async throws(EventLogError) -> [RecordedEvent]? {
            guard !Task.isCancelled, let segment = coming ?? fetch() else { return nil }
            coming = nil
            let events = try whole(try await segment.value.get())
            guard let event = events.last else { return nil }
            next = event.position.advanced(by: 1)
            coming = fetch()
            return events
        }

        private func fetch() -> Segment? {
            guard next <= replay.last else { return nil }
            let end = Swift.min(
                replay.last, Position(next.value + EventLogLimits.replaySegmentEvents - 1))
            return Segment { [replay, next] in await replay.segment(next...end) }
        }

        /// What lies before the first position that is missing: the reader has it before it is told.
        private func whole(_ events: [RecordedEvent]) throws(EventLogError) -> [RecordedEvent] {
            var expected = next
            for (index, event) in events.enumerated() {
                guard event.position == expected else {
                    guard index > 0 else {
                        throw EventLogError(.positionMissing, "there is no event at \(expected)")
                    }
                    return Array(events[..<index])
                }
                expected = expected.advanced(by: 1)
            }
            return events
        }
    }

    private func segment(
        _ range: ClosedRange<Position>
    ) async -> Result<[RecordedEvent], EventLogError> {
        do {
            return .success(
                try await pool.withConnection(for: PoolClaim(of: tenant)) { connection in
                    try await connection.transaction(readOnly: true) { connection in
                        _ = try await connection.query(Statements.seeTenant(tenant.description))
                        return try await read(range, connection)
                    }
                })
        } catch {
            return .failure(EventLogError(error))
        }
    }

    private func read(
        _ range: ClosedRange<Position>, _ connection: isolated PostgresConnection
    ) async throws(PostgresError) -> [RecordedEvent] {
        let copy = Query(
            unsafeSQL: "COPY (\(Self.selection(of: range, tenant).sql)) TO STDOUT (FORMAT binary)")
        var reader = BinaryCopyReader()
        var names = NameCache()
        var events: [RecordedEvent] = []
        events.reserveCapacity(Int(range.upperBound.value - range.lowerBound.value + 1))
        for try await chunk in try await connection.copyOut(copy) {
            reader.append(chunk)
            while try reader.advance() {
                events.append(try RecordedEvent(reader, tenant, &names))
            }
        }
        try reader.finish()
        return events
    }

    /// What is copied. The range is in the text, since COPY takes no parameters.
    static func selection(of range: ClosedRange<Position>, _ tenant: TenantID) -> Query {
        """
        SELECT position, stream_id, version, command_id, correlation_id, recorded_at, effective_at,
          causation, log_epoch, payload_version, stream_category, event_type, actor, rule_set, payload
        FROM event_log.events
        WHERE tenant_id = \(literal: tenant.uuid)
          AND position >= \(literal: range.lowerBound.value)
          AND position <= \(literal: range.upperBound.value)
        ORDER BY position
        """
    }
}

extension PostgresEventStore {
    /// The events from one position to another, both included, or to the end of the log if that
    /// comes first; from any `ferrovia_reader`, a standby included.
    public func replay(tenant: TenantID, from first: Position, to last: Position) -> EventReplay {
        EventReplay(pool: pool, tenant: tenant, first: first, last: last)
    }
}
