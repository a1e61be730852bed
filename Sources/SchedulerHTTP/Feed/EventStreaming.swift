import EventStore
import HTTPTypes
import Hummingbird
import InfusionApplication
import InfusionWire
import Logging
import ServiceLifecycle

/// The feed as server-sent events.
///
/// 1. Each event's `id` is its position, so that a client that comes back with `Last-Event-ID` misses none
///    and gets none twice.
/// 2. At the end of the log it shares what one reader finds; before it, it reads for itself. Both are by
///    position, so it does not matter which.
/// 3. It gets a page, writes it, and asks again: a slow client slows only itself, and nothing is buffered
///    for it beyond that page.
/// 4. It ends when its time is over, when the service shuts down, or with an event `problem`, which it also
///    does when its token is no longer accepted: the client comes back with a new one.
enum EventStreaming {
    static func reply(_ call: Call, actor: Actor) async throws -> Reply {
        for name in ["limit", "wait"] where call.query[name] != nil {
            throw Problem(
                parameter: name, problem: "is not for server-sent events",
                accepted: "none with Accept: text/event-stream")
        }
        // A reconnecting client sends the header by itself, with the URL it began with: it wins.
        let asked = Position(try call.query.count("after") ?? 0)
        let after = try call.lastEventID() ?? asked
        let slot = try call.edge.subscribers.take(for: actor.tenant)
        // Asked before the first byte, so that a refusal still is an answer with a status; only who says
        // that the log is longer than the reader knows has the log itself asked.
        let source = FeedSource(useCases: call.useCases, actor: actor)
        let feed = call.edge.feeds.feed(of: actor.tenant)
        var head = try await feed.end(from: source)
        if after > head { head = try await source.head() }
        guard after <= head else { throw Problem.beyond(head, asked: after) }
        let start = try await feed.checkpoint(at: after, from: source)
        let subscription = Subscription(call: call, actor: actor, slot: slot)
        let body = ResponseBody { writer in
            try await subscription.run(from: start, writer: &writer)
            try await writer.finish(nil)
        }
        return Reply(
            headers: [
                .contentType: "text/event-stream", .cacheControl: "no-store",
                .ferroviaPosition: head.description,
            ], body: body)
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

    func run(from start: TailCheckpoint, writer: inout any ResponseBodyWriter) async throws {
        let limits = call.edge.limits
        let clock = ContinuousClock()
        let end = clock.now.advanced(by: limits.subscriptionTime)
        try await writer.write(ByteBuffer(string: ": from \(start.position)\n\n"))
        var reached = start
        var lastWrite = clock.now
        var lastLook = clock.now
        // Whoever has pages to come is not sent away amid them.
        var hasMore = true
        while hasMore || clock.now < end, !Task.isCancelled, !Task.isShuttingDownGracefully {
            if clock.now - lastLook >= limits.tokenLook {
                lastLook = clock.now
                if let problem = await tokenProblem() {
                    return try await write(problem, writer: &writer)
                }
            }
            let page: FeedPage?
            do {
                page = try await next(after: reached)
            } catch let error as ApplicationError {
                return try await write(Problem(application: error), writer: &writer)
            } catch let problem as Problem {
                return try await write(problem, writer: &writer)
            }
            hasMore = page?.events.count == limits.feedPage
            if let page {
                try await writer.write(page.text)
                reached = TailCheckpoint(
                    position: page.last, logEpoch: page.events.last?.logEpoch)
                lastWrite = clock.now
            } else if clock.now - lastWrite >= limits.heartbeat {
                try await writer.write(ByteBuffer(string: ": \(reached.position)\n\n"))
                lastWrite = clock.now
            }
        }
    }

    /// Why the token that opened the subscription would not open another one now; `nil` if it would.
    private func tokenProblem() async -> Problem? {
        guard let token = call.headers.bearerToken else { return .tokenMissing }
        do throws(TokenFailure) {
            _ = try await call.edge.authenticator.actor(for: token)
            return nil
        } catch {
            call.logger.info("subscription ended", metadata: ["reason": "\(error.reason)"])
            return Problem(token: error)
        }
    }

    /// `nil` if there was nothing at the reader's last look.
    ///
    /// - Throws: A problem if the log was cut short before what has been sent: neither silence nor what has
    ///   grown in its place may follow it.
    private func next(after reached: TailCheckpoint) async throws -> FeedPage? {
        let source = FeedSource(useCases: call.useCases, actor: actor)
        let feed = call.edge.feeds.feed(of: actor.tenant)
        let page: FeedPage
        switch try await feed.next(after: reached.position, from: source) {
        case .page(let found): page = found
        case .nothing(let end):
            // The look may have begun before the last event that was sent; then it is still there.
            if end.position < reached.position || end != reached {
                try await feed.verify(reached, from: source)
            }
            return nil
        case .behind:
            let events = try await feed.readBehind(
                after: reached.position, limit: call.edge.limits.feedPage, from: source)
            // The reader has seen more than there is now: the log was cut short.
            guard !events.isEmpty else {
                throw Problem.beyond(try await source.head(), asked: reached.position)
            }
            page = FeedPage(after: reached.position, events: events)
        }
        // A promotion since the last page: is what was sent still there?
        if page.events.first?.logEpoch != reached.logEpoch {
            try await feed.verify(reached, from: source)
        }
        return page
    }

    private func write(_ problem: Problem, writer: inout any ResponseBodyWriter) async throws {
        let json = problem.json(requestID: call.requestID)
        let data = String(decoding: json.bytes, as: UTF8.self)
        try await writer.write(ByteBuffer(string: "event: problem\ndata: \(data)\n\n"))
    }
}
