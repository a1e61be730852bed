/// What a NOTIFY said. A wake-up, not the truth: it may be lost, so readers also poll.
public struct Notification: Sendable, Hashable {
    /// The channel it was sent on.
    public let channel: String
    /// What was sent along; empty for most.
    public let payload: String
    /// The server process that sent it; 0 when lagged.
    public let senderProcessID: Int32
    /// Some notifications were dropped here because the reader was slow: read everything anew.
    public let isLagged: Bool
}
