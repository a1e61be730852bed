import EventStore
import HTTPTypes
import InfusionApplication
import InfusionWire

/// The tenant's feed: every event once, in order, a page at a time or as they come.
struct EventRoutes {
    var endpoints: [Endpoint] {
        var feed = Endpoint.query(
            "/v1/events", scope: .eventRead, parameters: ["after", "limit", "wait"]
        ) { call, actor in
            let accept = call.headers[.accept] ?? ""
            return accept.contains("text/event-stream")
                ? try await EventStreaming.reply(call, actor: actor)
                : try await page(call, actor: actor)
        }
        feed.waits = { query, limits throws(Problem) in try query.wait(limits) }
        return [feed]
    }

    private func page(_ call: Call, actor: Actor) async throws -> Reply {
        let after = try pageStart(call)
        let limit = try call.query.limit(call.edge.limits)
        let time = try call.query.wait(call.edge.limits)
        guard time == .zero else {
            let answer = try await EventWaiting.wait(
                for: time, after: after, limit: limit, call: call, actor: actor)
            return reply(answer.events, after: after, position: answer.position)
        }
        let events = try await call.useCases.events(after: after, limit: limit, actor: actor)
        try events.requireWhole(from: after.advanced(by: 1))
        let head = try await call.useCases.head(actor: actor)
        guard after <= head else { throw Problem.beyond(head, asked: after) }
        return reply(events, after: after, position: head)
    }

    /// A page begins where the one or the other says; of two answers one would be left unread.
    private func pageStart(_ call: Call) throws(Problem) -> Position {
        let after = try call.query.count("after")
        guard let last = try call.lastEventID() else { return Position(after ?? 0) }
        guard after == nil else {
            throw Problem(
                parameter: "Last-Event-ID", problem: "is given together with after",
                accepted: "either of them, but for server-sent events")
        }
        return last
    }

    private func reply(_ events: [RecordedEvent], after: Position, position: Position) -> Reply {
        let json: JSON = [
            "events": .list(events, \.json),
            "next": .integer((events.last?.position ?? after).value),
            "position": .integer(position.value),
        ]
        return Reply(json, position: position)
    }
}

extension Problem {
    /// A reader that knows more than the log holds has read another log: silence would hide that.
    static func beyond(_ head: Position, asked: Position) -> Problem {
        Problem(.beyondTheHead, detail: "asked for what follows \(asked), the log ends at \(head)")
            .with("position", .integer(head.value))
    }

    /// The event that a reader has reached is another one by now: the log was cut short before it, and has
    /// grown again.
    static func diverged(before reached: Position, head: Position) -> Problem {
        Problem(
            .beyondTheHead,
            detail:
                "the event at \(reached) is not the one that was read there: the log was cut short "
                + "before it and has grown again, to \(head)"
        ).with("position", .integer(head.value))
    }
}
