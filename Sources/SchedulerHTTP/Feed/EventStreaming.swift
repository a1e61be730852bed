import EventStore
import HTTPTypes
import Hummingbird
import InfusionApplication
import ServiceLifecycle

/// The feed as server-sent events.
///
/// 1. Each event's `id` is its position, so that a client that comes back with `Last-Event-ID` misses none
///    and gets none twice.
/// 2. A subscriber is woken by hints and looks for itself at every poll: no event depends on a
///    notification.
/// 3. It reads a page, writes it, and reads again: a slow client slows only itself, and nothing is buffered
///    for it beyond that page.
/// 4. It ends when its time is over, when the service shuts down, or with an event `problem`.
enum EventStreaming {
    static func reply(_ call: Call, actor: Actor) async throws -> Reply {
        let after = try start(call)
        let head = try await call.useCases.head(actor: actor)
        guard after <= head else { throw Problem.beyond(head, asked: after) }
        // Asked once before the first byte, so that a refusal still is an answer with a status.
        _ = try await call.useCases.events(after: after, limit: 1, actor: actor)
        guard let slot = call.edge.subscribers.take(for: actor.tenant) else {
            throw Problem(.tooManySubscribers)
        }
        let subscription = Subscription(call: call, actor: actor, slot: slot)
        let body = ResponseBody { writer in
            try await subscription.run(from: after, writer: &writer)
            try await writer.finish(nil)
        }
        return Reply(
            headers: [
                .contentType: "text/event-stream", .cacheControl: "no-store",
                .ferroviaPosition: head.description,
            ], body: body)
    }

    /// `Last-Event-ID` is what a reconnecting client sends by itself; it wins over the URL's `after`.
    private static func start(_ call: Call) throws(Problem) -> Position {
        guard let last = call.headers[.lastEventID] else {
            return Position(try call.query.count("after") ?? 0)
        }
        guard !last.isEmpty, last.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let position = Int64(last)
        else {
            throw Problem(
                parameter: "Last-Event-ID", problem: "is not valid", accepted: "a position")
        }
        return Position(position)
    }

    /// One event's text; JSON without white space has no line break in it.
    static func text(_ event: RecordedEvent) -> String {
        let data = String(decoding: event.json.bytes, as: UTF8.self)
        return "id: \(event.position)\nevent: \(event.data.type)\ndata: \(data)\n\n"
    }
}

/// One client listening.
private struct Subscription: Sendable {
    let call: Call
    let actor: Actor
    let slot: SubscriberSlots.Slot

    func run(from start: Position, writer: inout any ResponseBodyWriter) async throws {
        let limits = call.edge.limits
        let clock = ContinuousClock()
        let end = clock.now.advanced(by: limits.subscriptionTime)
        try await writer.write(ByteBuffer(string: ": from \(start)\n\n"))
        var position = start
        var lastWrite = clock.now
        var hints: UInt64 = 0
        while clock.now < end, !Task.isCancelled, !Task.isShuttingDownGracefully {
            let reached: Position
            do {
                reached = try await writeNew(after: position, writer: &writer)
            } catch let error as ApplicationError {
                return try await write(Problem(application: error), writer: &writer)
            }
            if reached > position {
                position = reached
                lastWrite = clock.now
            } else if clock.now - lastWrite >= limits.heartbeat {
                try await writer.write(ByteBuffer(string: ": \(position)\n\n"))
                lastWrite = clock.now
            }
            hints = await call.edge.wakeUps.wait(
                for: actor.tenant, seen: hints, atMost: limits.feedPoll)
        }
    }

    /// Everything there is now, page by page.
    private func writeNew(
        after start: Position, writer: inout any ResponseBodyWriter
    ) async throws -> Position {
        var position = start
        let page = call.edge.limits.feedPage
        while true {
            let events = try await call.useCases.events(after: position, limit: page, actor: actor)
            guard let last = events.last else { return position }
            let text = events.map { EventStreaming.text($0) }.joined()
            try await writer.write(ByteBuffer(string: text))
            position = last.position
            if events.count < page { return position }
        }
    }

    private func write(_ problem: Problem, writer: inout any ResponseBodyWriter) async throws {
        let json = problem.json(requestID: call.requestID)
        let data = String(decoding: json.bytes, as: UTF8.self)
        try await writer.write(ByteBuffer(string: "event: problem\ndata: \(data)\n\n"))
    }
}
