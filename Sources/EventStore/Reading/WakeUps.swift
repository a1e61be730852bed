/// Tells readers that there may be something new. A hint: it may come late, twice or never, so every
/// wait is bounded and the reader looks for itself.
public protocol WakeUps: Sendable {
    /// Waits until the tenant's counter of hints has passed `seen`, at most for `interval`; returns
    /// the counter, to be handed in next time, so that a hint between two waits is not lost.
    func wait(for tenant: TenantID, seen: UInt64, atMost interval: Duration) async -> UInt64
}
