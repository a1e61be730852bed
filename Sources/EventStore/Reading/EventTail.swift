/// The log as it grows: batches of events after a checkpoint, without an end.
///
/// Every position comes exactly once and in order; that is checked here, not assumed. Wake-ups make
/// it fast, polling makes it true: rarely as long as wake-ups announce what comes, often where they do not
/// (``TailPace``). It ends when its task is cancelled or its time is over, and with an
/// alarm when
/// - the checkpoint lies behind the end of the log (`.checkpointBeyondHead`),
/// - the event at the checkpoint is no longer the one it was (`.logDiverged`), or
/// - a position is missing (`.positionMissing`).
public struct EventTail<Log: EventLog>: AsyncSequence, Sendable {
    public typealias Element = [RecordedEvent]
    public typealias Failure = EventLogError

    private let log: Log
    private let tenant: TenantID
    private let checkpoint: TailCheckpoint
    private let wakeUps: any WakeUps
    private let pageEvents: Int
    private let pollInterval: Duration
    private let pace: TailPace
    private let end: ContinuousClock.Instant?

    /// - Parameters:
    ///   - pollInterval: How long it waits before it looks by itself, unless wake-ups arrive.
    ///   - pace: What an earlier tail of the same reader and tenant knew of wake-ups.
    ///   - end: When a reader that waits for events no longer does; `nil` for never.
    public init(
        _ log: Log, tenant: TenantID, after checkpoint: TailCheckpoint,
        wakeUps: any WakeUps = PollingOnly(), pageEvents: Int = EventLogLimits.tailPageEvents,
        pollInterval: Duration = EventLogLimits.tailPollInterval, pace: TailPace = TailPace(),
        until end: ContinuousClock.Instant? = nil
    ) {
        self.log = log
        self.tenant = tenant
        self.checkpoint = checkpoint
        self.wakeUps = wakeUps
        self.pageEvents = pageEvents
        self.pollInterval = pollInterval
        self.pace = pace
        self.end = end
    }

    public func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(tail: self, checkpoint: checkpoint)
    }

    public struct AsyncIterator: AsyncIteratorProtocol {
        private let tail: EventTail
        /// Where the reader stands after the batches handed out so far.
        public private(set) var checkpoint: TailCheckpoint
        /// What it knows of wake-ups.
        public private(set) var pace: TailPace
        private var isVerified = false

        init(tail: EventTail, checkpoint: TailCheckpoint) {
            self.tail = tail
            self.checkpoint = checkpoint
            pace = tail.pace
        }

        public mutating func next() async throws(EventLogError) -> [RecordedEvent]? {
            try await next(isolation: nil)
        }

        public mutating func next(
            isolation actor: isolated (any Actor)?
        ) async throws(EventLogError) -> [RecordedEvent]? {
            do throws(EventLogError) {
                return try await nextPage(isolation: actor)
            } catch {
                // A read that was cancelled is no alarm; the tail just ends.
                guard Task.isCancelled else { throw error }
                return nil
            }
        }

        private mutating func nextPage(
            isolation actor: isolated (any Actor)?
        ) async throws(EventLogError) -> [RecordedEvent]? {
            while !Task.isCancelled {
                if !isVerified { try await verify(isolation: actor) }
                isVerified = true
                let page = try await tail.log.readAll(
                    tenant: tail.tenant, after: checkpoint.position, limit: tail.pageEvents)
                if let last = page.last {
                    pace.found()
                    try check(page)
                    // A promotion since the last batch: is what we have seen still there?
                    if let epoch = checkpoint.logEpoch, page[0].logEpoch != epoch {
                        try await verify(isolation: actor)
                    }
                    checkpoint = TailCheckpoint(position: last.position, logEpoch: last.logEpoch)
                    return page
                }
                guard try await tail.log.head(tenant: tail.tenant) >= checkpoint.position else {
                    throw beyondHead
                }
                let left = tail.end.map { $0 - ContinuousClock.now }
                if let left, left <= .zero { return nil }
                let interval = pace.interval(polling: tail.pollInterval)
                pace.waited(
                    await tail.wakeUps.wait(
                        for: tail.tenant, seen: pace.seen,
                        atMost: Swift.min(interval, left ?? interval)))
            }
            return nil
        }

        private func verify(
            isolation actor: isolated (any Actor)?
        ) async throws(EventLogError) {
            guard checkpoint.position > .start else { return }
            let there = try await tail.log.readAll(
                tenant: tail.tenant, after: checkpoint.position.advanced(by: -1), limit: 1)
            guard let event = there.first else { throw beyondHead }
            guard event.position == checkpoint.position else {
                throw missing(checkpoint.position)
            }
            guard checkpoint.logEpoch == nil || checkpoint.logEpoch == event.logEpoch else {
                throw EventLogError(
                    .logDiverged, "the event at \(checkpoint.position) carries another epoch")
            }
        }

        private func check(_ page: [RecordedEvent]) throws(EventLogError) {
            var previous = checkpoint.position
            for event in page {
                guard event.position == previous.advanced(by: 1) else {
                    throw missing(previous.advanced(by: 1))
                }
                previous = event.position
            }
        }

        private var beyondHead: EventLogError {
            EventLogError(
                .checkpointBeyondHead, "the log ends before checkpoint \(checkpoint.position)")
        }

        private func missing(_ position: Position) -> EventLogError {
            EventLogError(.positionMissing, "there is no event at \(position)")
        }
    }
}
