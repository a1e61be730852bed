/// What an event is and when it happened, without its payload: enough to tell times by, for many events at
/// once.
public struct EventHeading: Hashable, Sendable {
    public let position: Position
    public let type: String
    /// When it happened in the world.
    public let effectiveAt: Timestamp
    /// When the log learned it.
    public let recordedAt: Timestamp

    public init(
        position: Position, type: String, effectiveAt: Timestamp, recordedAt: Timestamp
    ) {
        self.position = position
        self.type = type
        self.effectiveAt = effectiveAt
        self.recordedAt = recordedAt
    }
}
