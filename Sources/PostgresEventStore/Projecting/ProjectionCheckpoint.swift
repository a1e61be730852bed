public import EventStore

/// The right to write one partition of a projection of one tenant, and where it stands.
public struct ProjectionCheckpoint: Hashable, Sendable {
    public let partition: Int16
    /// Handed out anew at every acquisition; a write with an older one is refused.
    public let fencingToken: Int64
    public let reached: TailCheckpoint

    public init(partition: Int16, fencingToken: Int64, reached: TailCheckpoint) {
        self.partition = partition
        self.fencingToken = fencingToken
        self.reached = reached
    }

    /// The same right, further on.
    public func advanced(to reached: TailCheckpoint) -> ProjectionCheckpoint {
        ProjectionCheckpoint(partition: partition, fencingToken: fencingToken, reached: reached)
    }
}
