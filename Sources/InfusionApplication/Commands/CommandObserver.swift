public import EventStore

/// Told what became of commands, after the fact: for wake-ups and counters, never for decisions.
public struct CommandObserver: Sendable {
    /// Events of the tenant were committed.
    public let committed: @Sendable (TenantID) async -> Void
    /// A command met another writer and is decided again.
    public let conflicted: @Sendable () -> Void

    public init(
        committed: @escaping @Sendable (TenantID) async -> Void = { _ in },
        conflicted: @escaping @Sendable () -> Void = {}
    ) {
        self.committed = committed
        self.conflicted = conflicted
    }
}
