/// A command the log has accepted.
public struct AcceptedCommand: Hashable, Sendable {
    public let commandID: CommandID
    public let fingerprint: [UInt8]
    public let stream: StreamID
    /// Positions of its events; `nil` for a command that changed nothing.
    public let positions: ClosedRange<Position>?
    /// The stream's version after it.
    public let version: StreamVersion
    /// The last position of the log right after it: what its answer rests on.
    public let head: Position
    public let answer: [UInt8]
    public let recordedAt: Timestamp

    public init(
        commandID: CommandID, fingerprint: [UInt8], stream: StreamID,
        positions: ClosedRange<Position>?, version: StreamVersion, head: Position,
        answer: [UInt8], recordedAt: Timestamp
    ) {
        self.commandID = commandID
        self.fingerprint = fingerprint
        self.stream = stream
        self.positions = positions
        self.version = version
        self.head = head
        self.answer = answer
        self.recordedAt = recordedAt
    }
}
