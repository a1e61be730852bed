import EventStore
import InfusionApplication
import NIOCore

/// The end of one tenant's log, read once for everybody who waits there.
///
/// 1. One reader looks when it is woken, and at every poll: no event depends on a notification. However
///    many wait, a look is one query.
/// 2. It keeps the pages read last, up to a limit in bytes. Who stands before them, because it comes from
///    further back or is slow, reads for itself until it has caught up.
/// 3. A few of those read at a time, the others take turns: a thousand who come at once leave the database
///    to those who send commands.
/// 4. With what is new it reads the last event that it has seen, as a witness: if that is gone, or is of another
///    epoch, the log was cut short, and it begins anew at the end that there is. Who follows learns where the
///    reader stands, and looks whether the event they have reached is still the one they were sent.
/// 5. It ends when nobody follows the tenant any more, and what it kept goes with it.
actor TenantFeed {
    enum Next: Sendable {
        case page(FeedPage)
        /// What follows is no longer kept, or never was: read it from the log.
        case behind
        /// The reader has looked and found nothing; the log ended there.
        case nothing(end: TailCheckpoint)
    }

    private typealias Waiter = CheckedContinuation<Void, any Error>

    private let tenant: TenantID
    private let wakeUps: any WakeUps
    private let limits: HTTPLimits
    private let isFollowed: @Sendable () -> Bool
    private var pages: [FeedPage] = []
    private var keptBytes = 0
    private var end = TailCheckpoint.start
    private var isReading = false
    /// Whether the reader knows where the log ends.
    private var hasLooked = false
    private var waiters: [UInt64: Waiter] = [:]
    private var lastWaiter: UInt64 = 0
    private var readsBehind = 0
    private var turns: [CheckedContinuation<Void, Never>] = []

    /// - Parameter isFollowed: Whether anybody still listens or waits.
    init(
        tenant: TenantID, wakeUps: any WakeUps, limits: HTTPLimits,
        isFollowed: @escaping @Sendable () -> Bool
    ) {
        self.tenant = tenant
        self.wakeUps = wakeUps
        self.limits = limits
        self.isFollowed = isFollowed
    }

    /// What follows a position; if nothing does, what there is after the reader's next look.
    ///
    /// - Parameter source: Reads as the follower who asks: whoever comes first reads for all, and all of
    ///   them have been let in by the same scope of the same tenant.
    /// - Throws: What the reader's look failed with.
    func next(after position: Position, from source: FeedSource) async throws -> Next {
        if hasLooked, let known = known(after: position) { return known }
        try await look(from: source)
        return known(after: position) ?? .nothing(end: end)
    }

    /// Where the log ended when the reader looked last.
    func end(from source: FeedSource) async throws -> Position {
        if !hasLooked { try await look(from: source) }
        return end.position
    }

    /// Where a follower stands who begins behind a position.
    func checkpoint(
        at position: Position, from source: FeedSource
    ) async throws -> TailCheckpoint {
        guard position > .start else { return .start }
        if position == end.position { return end }
        var there = pages.lazy.flatMap(\.events).first { $0.position == position }
        if there == nil { there = try await event(at: position, from: source) }
        return TailCheckpoint(position: position, logEpoch: there?.logEpoch)
    }

    /// Looks whether a follower still stands in the log that they have read.
    ///
    /// - Throws: The problem that it was cut short before there, whether or not it has grown again.
    func verify(_ reached: TailCheckpoint, from source: FeedSource) async throws {
        guard reached.position > .start else { return }
        guard let there = try await event(at: reached.position, from: source) else {
            throw Problem.beyond(try await source.head(), asked: reached.position)
        }
        guard reached.logEpoch == nil || reached.logEpoch == there.logEpoch else {
            throw Problem.diverged(before: reached.position, head: try await source.head())
        }
    }

    private func event(
        at position: Position, from source: FeedSource
    ) async throws -> RecordedEvent? {
        try await readBehind(after: position.advanced(by: -1), limit: 1, from: source)
            .first { $0.position == position }
    }

    /// What is no longer kept, when it is the follower's turn.
    func readBehind(
        after position: Position, limit: Int, from source: FeedSource
    ) async throws -> [RecordedEvent] {
        if readsBehind < limits.feedReadsMaximum {
            readsBehind += 1
        } else {
            await withCheckedContinuation { turns.append($0) }
        }
        defer {
            if turns.isEmpty { readsBehind -= 1 } else { turns.removeFirst().resume() }
        }
        let events = try await source.events(after: position, limit: limit)
        try events.requireWhole(from: position.advanced(by: 1))
        return events
    }

    private func known(after position: Position) -> Next? {
        guard position < end.position else { return nil }
        guard let page = pages.last(where: { $0.after <= position }), page.last > position else {
            return .behind
        }
        return .page(page.after(position))
    }

    /// Waits for the reader's next look.
    private func look(from source: FeedSource) async throws {
        if !isReading {
            isReading = true
            Task { await read(from: source) }
        }
        lastWaiter += 1
        let id = lastWaiter
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (waiter: Waiter) in
                if Task.isCancelled { return waiter.resume(throwing: CancellationError()) }
                waiters[id] = waiter
            }
        } onCancel: {
            Task { await self.forget(id) }
        }
    }

    private func forget(_ id: UInt64) {
        waiters.removeValue(forKey: id)?.resume(throwing: CancellationError())
    }

    /// Runs as long as somebody follows.
    private func read(from source: FeedSource) async {
        do throws(ApplicationError) {
            try await beginAtTheEnd(of: source)
            var hints: UInt64 = 0
            while true {
                try await readNew(from: source)
                release(.success(()))
                hints = await wakeUps.wait(for: tenant, seen: hints, atMost: limits.feedPoll)
                guard isFollowed() else { break }
            }
            stop()
        } catch {
            stop()
            release(.failure(error))
        }
    }

    private func beginAtTheEnd(of source: FeedSource) async throws(ApplicationError) {
        (pages, keptBytes) = ([], 0)
        end = TailCheckpoint(position: try await source.head(), logEpoch: nil)
        hasLooked = true
    }

    private func readNew(from source: FeedSource) async throws(ApplicationError) {
        while true {
            let hasWitness = end.position > .start
            let found = try await source.events(
                after: hasWitness ? end.position.advanced(by: -1) : end.position,
                limit: limits.feedPage + (hasWitness ? 1 : 0))
            if hasWitness, !isStillThere(found.first) {
                try await beginAtTheEnd(of: source)
                continue
            }
            let first = end.position.advanced(by: hasWitness ? 0 : 1)
            try found.requireWhole(from: first)
            let events = Array(found.dropFirst(hasWitness ? 1 : 0))
            guard !events.isEmpty else { return }
            keep(FeedPage(after: end.position, events: events))
            if events.count < limits.feedPage { return }
            release(.success(()))
        }
    }

    /// Whether the event seen last is the one that was seen; what epoch it is of is known from the first look
    /// on.
    private func isStillThere(_ witness: RecordedEvent?) -> Bool {
        guard let witness else { return false }
        guard end.logEpoch == nil || end.logEpoch == witness.logEpoch else { return false }
        end = TailCheckpoint(position: end.position, logEpoch: witness.logEpoch)
        return true
    }

    private func keep(_ page: FeedPage) {
        pages.append(page)
        keptBytes += page.text.readableBytes
        end = TailCheckpoint(position: page.last, logEpoch: page.events.last?.logEpoch)
        while keptBytes > limits.feedKeptBytes, pages.count > 1 {
            keptBytes -= pages.removeFirst().text.readableBytes
        }
    }

    private func release(_ result: Result<Void, any Error>) {
        let released = waiters.values
        waiters = [:]
        for waiter in released { waiter.resume(with: result) }
    }

    private func stop() {
        (pages, keptBytes, isReading, hasLooked) = ([], 0, false, false)
    }
}

/// The log as one follower may read it.
struct FeedSource: Sendable {
    let useCases: any InfusionUseCases
    let actor: Actor

    func events(after: Position, limit: Int) async throws(ApplicationError) -> [RecordedEvent] {
        try await useCases.events(after: after, limit: limit, actor: actor)
    }

    func head() async throws(ApplicationError) -> Position {
        try await useCases.head(actor: actor)
    }
}

extension [RecordedEvent] {
    /// Every position is sent, so none may be missing.
    func requireWhole(from first: Position) throws(ApplicationError) {
        for (index, event) in enumerated() where event.position != first.advanced(by: index) {
            throw .store(
                EventLogError(.positionMissing, "there is no event at \(first.advanced(by: index))")
            )
        }
    }
}
