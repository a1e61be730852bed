public import EventStore

/// The right to write one projection of one tenant, and where it stands.
public struct ProjectionCheckpoint: Hashable, Sendable {
    public let tenant: TenantID
    public let projection: String
    /// Handed out anew at every acquisition; a write with an older one is refused.
    public let fencingToken: Int64
    public let reached: TailCheckpoint

    /// The same right, further on.
    public func advanced(to reached: TailCheckpoint) -> ProjectionCheckpoint {
        ProjectionCheckpoint(
            tenant: tenant, projection: projection, fencingToken: fencingToken, reached: reached)
    }
}
