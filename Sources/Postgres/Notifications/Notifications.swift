/// What arrives on one channel, for one reader; ends with a typed error when the connection is
/// lost. Keeps its connection alive.
public struct Notifications: AsyncSequence, Sendable {
    /// One notification.
    public typealias Element = Notification
    /// The connection was lost or closed.
    public typealias Failure = PostgresError

    let connection: PostgresConnection
    let listener: NotificationListener

    /// The reader. All iterators of one sequence share its buffer.
    public struct AsyncIterator: AsyncIteratorProtocol {
        let sequence: Notifications

        /// Waits for the next notification; nil when the task was cancelled.
        public mutating func next(
            isolation actor: isolated (any Actor)?
        ) async throws(PostgresError) -> Notification? {
            try await sequence.listener.next().get()
        }

        /// Waits for the next notification; nil when the task was cancelled.
        public mutating func next() async throws(PostgresError) -> Notification? {
            try await next(isolation: nil)
        }
    }

    /// A reader of this sequence.
    public func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(sequence: self)
    }
}
