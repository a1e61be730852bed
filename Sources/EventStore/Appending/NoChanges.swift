/// The inline changes of a log that keeps no projections in its transactions.
public struct NoChanges: ProjectionChanges, Hashable {
    public init() {}

    public var bytes: Int { 0 }
}

extension Append where InlineChanges == NoChanges {
    /// An append to a log without inline projections.
    public init(
        commandID: CommandID, fingerprint: [UInt8], stream: StreamID, expected: StreamVersion,
        events: [EventData], metadata: EventMetadata, answer: [UInt8],
        subject: SubjectChange = .unchanged, isBound: Bool = false
    ) {
        self.init(
            commandID: commandID, fingerprint: fingerprint, stream: stream, expected: expected,
            events: events, metadata: metadata, answer: answer, subject: subject,
            changes: NoChanges(), isBound: isBound)
    }
}
