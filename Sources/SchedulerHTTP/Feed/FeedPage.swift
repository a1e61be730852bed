import EventStore
import Hummingbird

/// Events that follow a position without a gap, with the text that every subscriber is sent.
struct FeedPage: Sendable {
    let after: Position
    let events: [RecordedEvent]
    /// As server-sent events. Rendered once; the subscribers share the bytes.
    let text: ByteBuffer

    /// - Parameter events: Not empty, the first right behind `after`.
    init(after: Position, events: [RecordedEvent]) {
        self.after = after
        self.events = events
        text = ByteBuffer(string: events.map { EventStreaming.text($0) }.joined())
    }

    var last: Position { events.last?.position ?? after }

    /// Without what a reader already has.
    func after(_ position: Position) -> FeedPage {
        guard position > after else { return self }
        return FeedPage(after: position, events: events.filter { $0.position > position })
    }
}
