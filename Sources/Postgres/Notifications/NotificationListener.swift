internal import Synchronization

/// The bounded buffer between the connection's thread and one reader.
///
/// Invariants: never more than the limit; at most one lagged element, and it stands where the
/// dropped ones would have stood; the end comes after all that was buffered.
final class NotificationListener: Sendable {
    typealias Next = Result<Notification?, PostgresError>

    private struct State {
        var buffer: [Notification] = []
        var waiting: CheckedContinuation<Next, Never>?
        var end: Next?
    }

    let channel: String
    private let limit: Int
    private let state = Mutex(State())

    init(channel: String, limit: Int = PostgresLimits.bufferedNotifications) {
        self.channel = channel
        self.limit = max(1, limit)
    }

    func deliver(_ notification: Notification) {
        let waiting: CheckedContinuation<Next, Never>? = state.withLock { state in
            guard state.end == nil else { return nil }
            if let waiting = state.waiting {
                state.waiting = nil
                return waiting
            }
            if state.buffer.count < limit {
                state.buffer.append(notification)
            } else if state.buffer.last?.isLagged == false {
                state.buffer[limit - 1] = Notification(
                    channel: channel, payload: "", senderProcessID: 0, isLagged: true)
            }
            return nil
        }
        waiting?.resume(returning: .success(notification))
    }

    func end(_ error: PostgresError?) {
        let end: Next = error.map { .failure($0) } ?? .success(nil)
        let waiting = state.withLock { state in
            if state.end == nil { state.end = end }
            defer { state.waiting = nil }
            return state.waiting
        }
        waiting?.resume(returning: end)
    }

    /// The next notification; nil at the end, which a cancelled reader meets at once.
    func next(isolation: isolated (any Actor)? = #isolation) async -> Next {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let ready: Next? = state.withLock { state in
                    if !state.buffer.isEmpty { return .success(state.buffer.removeFirst()) }
                    if let end = state.end { return end }
                    precondition(state.waiting == nil, "one reader per listener")
                    state.waiting = continuation
                    return nil
                }
                if let ready { continuation.resume(returning: ready) }
            }
        } onCancel: {
            end(nil)
        }
    }
}

/// The connection must not keep alive whom nobody reads.
struct WeakListener {
    weak var listener: NotificationListener?
}
