public import EventStore

/// An entry of the ``TenantDirectory``.
public struct Tenant: Hashable, Sendable {
    public let id: TenantID
    public let name: TenantName
    public let createdAt: Timestamp
    /// Raised when a standby is promoted.
    public let logEpoch: Int32
}
