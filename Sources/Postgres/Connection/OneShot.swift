internal import Synchronization

/// A value that arrives once, for one task that waits; the first to deliver wins.
final class OneShot<Value: Sendable>: Sendable {
    private enum State {
        case empty
        case waiting(CheckedContinuation<Value, Never>)
        case full(Value)
        case taken
    }

    private let state = Mutex(State.empty)

    /// Delivers; false if somebody else has, and the caller keeps what it wanted to give.
    @discardableResult
    func deliver(_ value: Value) -> Bool {
        let (won, continuation): (Bool, CheckedContinuation<Value, Never>?) = state.withLock {
            switch $0 {
            case .empty:
                $0 = .full(value)
                return (true, nil)
            case .waiting(let continuation):
                $0 = .taken
                return (true, continuation)
            case .full, .taken:
                return (false, nil)
            }
        }
        continuation?.resume(returning: value)
        return won
    }

    /// Waits; on cancellation delivers `cancelled` itself.
    func wait(cancelled: Value, isolation: isolated (any Actor)? = #isolation) async -> Value {
        await withTaskCancellationHandler {
            await waitUncancelled()
        } onCancel: {
            deliver(cancelled)
        }
    }

    /// Waits whatever happens to the task.
    func waitUncancelled(isolation: isolated (any Actor)? = #isolation) async -> Value {
        await withCheckedContinuation { continuation in
            let value: Value? = state.withLock {
                guard case .full(let value) = $0 else {
                    $0 = .waiting(continuation)
                    return nil
                }
                $0 = .taken
                return value
            }
            if let value { continuation.resume(returning: value) }
        }
    }
}
