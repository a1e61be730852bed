/// What a deadline found when it struck.
enum Deadline {
    struct Passed: Error {}

    /// Runs `operation` and asks it to stop when `time` is over.
    ///
    /// Asking is all: what it then returns is returned, however late, because a command that was sent to
    /// the log is not cancelled and its answer is worth more than the deadline. Only when it stops with
    /// an error is that ``Passed``, unless `keep` says that the error is itself the answer.
    ///
    /// - Parameter late: Whether a value that comes after the deadline counts. For a body it does not: a
    ///   stream that is asked to stop ends, and its part would pass for the whole.
    static func run<Value: Sendable>(
        for time: Duration, accepting late: Bool = true,
        keeping keep: @escaping @Sendable (any Error) -> Bool = { _ in false },
        _ operation: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        try await withThrowingTaskGroup(of: Value?.self) { group in
            group.addTask { try await operation() }
            group.addTask {
                try? await Task.sleep(for: time)
                return nil
            }
            var isOver = false
            while true {
                do {
                    guard let next = try await group.next() else { throw Passed() }
                    if let value = next {
                        group.cancelAll()
                        guard late || !isOver else { throw Passed() }
                        return value
                    }
                    isOver = true
                    group.cancelAll()
                } catch {
                    group.cancelAll()
                    throw isOver && !keep(error) ? Passed() : error
                }
            }
        }
    }
}
