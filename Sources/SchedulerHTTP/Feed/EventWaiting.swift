import EventStore
import InfusionApplication
import ServiceLifecycle

/// The feed as a long poll: a page as soon as there is something to put on it, or an empty one when the
/// time is over. The waiting is looked at after every hint and every poll, so it may last one poll longer.
enum EventWaiting {
    struct Answer: Sendable {
        let events: [RecordedEvent]
        let position: Position
    }

    static func wait(
        for time: Duration, after: Position, limit: Int, call: Call, actor: Actor
    ) async throws -> Answer {
        let slot = try call.edge.subscribers.take(for: actor.tenant)
        defer { withExtendedLifetime(slot) {} }
        let feed = call.edge.feeds.feed(of: actor.tenant)
        let source = FeedSource(useCases: call.useCases, actor: actor)
        let clock = ContinuousClock()
        let deadline = clock.now.advanced(by: time)
        while true {
            switch try await feed.next(after: after, from: source) {
            case .page(let page):
                return Answer(events: Array(page.events.prefix(limit)), position: page.last)
            case .behind:
                let events = try await feed.readBehind(after: after, limit: limit, from: source)
                let head = try await source.head()
                // The reader has seen more than there is now: the log was cut short.
                guard !events.isEmpty else { throw Problem.beyond(head, asked: after) }
                return Answer(events: events, position: head)
            case .nothing(let end):
                // The look may have begun before the last event that the reader knows.
                if end.position < after {
                    let head = try await source.head()
                    guard after <= head else { throw Problem.beyond(head, asked: after) }
                }
                let isOver = clock.now >= deadline || Task.isShuttingDownGracefully
                if isOver { return Answer(events: [], position: max(end.position, after)) }
            }
        }
    }
}
