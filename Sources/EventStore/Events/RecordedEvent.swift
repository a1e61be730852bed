/// An event as the log holds it.
public struct RecordedEvent: Hashable, Sendable {
    public let tenant: TenantID
    public let position: Position
    public let stream: StreamID
    public let version: StreamVersion
    public let commandID: CommandID
    public let data: EventData
    public let metadata: EventMetadata
    /// When the log learned it; never runs against `position`.
    public let recordedAt: Timestamp
    /// Raised when a standby is promoted, so that a reader ahead of a shorter log notices.
    public let logEpoch: Int32

    public init(
        tenant: TenantID, position: Position, stream: StreamID, version: StreamVersion,
        commandID: CommandID, data: EventData, metadata: EventMetadata, recordedAt: Timestamp,
        logEpoch: Int32
    ) {
        self.tenant = tenant
        self.position = position
        self.stream = stream
        self.version = version
        self.commandID = commandID
        self.data = data
        self.metadata = metadata
        self.recordedAt = recordedAt
        self.logEpoch = logEpoch
    }
}
