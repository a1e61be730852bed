/// The inline changes of a log that keeps no projections in its transactions.
public struct NoChanges: Hashable, Sendable {
    public init() {}
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
