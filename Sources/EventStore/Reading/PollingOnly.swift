/// No hints at all: readers look once per interval. All that a standby allows.
public struct PollingOnly: WakeUps {
    public init() {}

    public func wait(for tenant: TenantID, seen: UInt64, atMost interval: Duration) async -> UInt64
    {
        // A cancelled sleep returns early, and the reader sees the cancellation itself.
        try? await Task.sleep(for: interval)
        return seen
    }
}
