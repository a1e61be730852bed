import Synchronization

/// What a deadline found when it struck.
enum Deadline {
    /// The operation was asked to stop and has no answer.
    struct Passed: Error {}
    /// The operation was asked to stop long ago, and nobody waits for it any more.
    struct LeftBehind: Error {}

    /// Runs `operation`, asks it to stop when `time` is over, and waits for it no longer than `last`.
    ///
    /// Between the two, what it returns is returned, however late, because a command that was sent to
    /// the log is not cancelled and its answer is worth more than the deadline. When it stops with an
    /// error in that time, that is ``Passed``, unless `keep` says that the error is itself the answer.
    /// What is left behind ends by itself.
    ///
    /// - Parameter last: Equal to `time`, nothing is waited for: the deadline is ``Passed``.
    static func run<Value: Sendable>(
        for time: Duration, atMost last: Duration,
        keeping keep: @escaping @Sendable (any Error) -> Bool = { _ in false },
        _ operation: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        let work = Task { try await operation() }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { caller in
                let answer = FirstAnswer<Value>(caller)
                let clock = Task {
                    try await Task.sleep(for: time)
                    answer.strike()
                    work.cancel()
                    guard last > time else { return answer.give(.failure(Passed())) }
                    try await Task.sleep(for: last - time)
                    answer.give(.failure(LeftBehind()))
                }
                Task {
                    let result = await work.result
                    clock.cancel()
                    answer.give(result, keeping: keep)
                }
            }
        } onCancel: {
            work.cancel()
        }
    }

    /// Runs `operation` for `time`; what it returns after it was asked to stop does not count: a stream
    /// that is asked to stop ends, and its part would pass for the whole. Returns once it has stopped.
    static func cut<Value: Sendable>(
        after time: Duration, _ operation: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        try await withThrowingTaskGroup(of: Value?.self) { group in
            group.addTask { try await operation() }
            group.addTask {
                try? await Task.sleep(for: time)
                return nil
            }
            defer { group.cancelAll() }
            guard let first = try await group.next(), let value = first else { throw Passed() }
            return value
        }
    }
}

/// Hands the caller whatever comes first, once.
private final class FirstAnswer<Value: Sendable>: Sendable {
    private struct State {
        var caller: CheckedContinuation<Value, any Error>?
        var isOver = false
    }
    private let state: Mutex<State>

    init(_ caller: CheckedContinuation<Value, any Error>) {
        state = Mutex(State(caller: caller))
    }

    /// The time is over; errors are no longer answers by themselves.
    func strike() { state.withLock { $0.isOver = true } }

    func give(
        _ result: Result<Value, any Error>, keeping keep: (any Error) -> Bool = { _ in true }
    ) {
        let (caller, isOver) = state.withLock { state in
            defer { state.caller = nil }
            return (state.caller, state.isOver)
        }
        guard let caller else { return }
        if isOver, case .failure(let error) = result, !keep(error) {
            return caller.resume(throwing: Deadline.Passed())
        }
        caller.resume(with: result)
    }
}
