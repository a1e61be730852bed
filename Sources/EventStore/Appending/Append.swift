/// One accepted command on its way into the log.
///
/// `InlineChanges` is what the command changes in the projections that are kept in the same
/// transaction; the log carries it, applies it only if this very append is appended, and does not
/// look inside.
public struct Append<InlineChanges: ProjectionChanges>: Sendable {
    public let commandID: CommandID
    /// A digest of the request: the same id with another fingerprint is a misuse, not a retry.
    public let fingerprint: [UInt8]
    public let stream: StreamID
    /// The version the command was decided on; `.none` for a stream that must not exist yet.
    public let expected: StreamVersion
    /// May be empty: a command that changed nothing is remembered all the same.
    public let events: [EventData]
    public let metadata: EventMetadata
    /// What the caller was answered, returned unchanged to every retry.
    public let answer: [UInt8]
    /// What changes about who the stream's subject is, with the append or not at all.
    public let subject: SubjectChange
    public let changes: InlineChanges
    /// Whether it stands or falls with its batch: where one append of such a batch is not in the log afterwards,
    /// none is newly appended. What it changes may reserve nothing.
    public let isBound: Bool

    public init(
        commandID: CommandID, fingerprint: [UInt8], stream: StreamID, expected: StreamVersion,
        events: [EventData], metadata: EventMetadata, answer: [UInt8],
        subject: SubjectChange = .unchanged, changes: InlineChanges, isBound: Bool = false
    ) {
        self.commandID = commandID
        self.fingerprint = fingerprint
        self.stream = stream
        self.expected = expected
        self.events = events
        self.metadata = metadata
        self.answer = answer
        self.subject = subject
        self.changes = changes
        self.isBound = isBound
    }
}

extension Append {
    /// The same, standing and falling with its batch.
    public func bound() -> Append {
        Append(
            commandID: commandID, fingerprint: fingerprint, stream: stream, expected: expected,
            events: events, metadata: metadata, answer: answer, subject: subject,
            changes: changes, isBound: true)
    }
}

extension Append {
    /// What it holds in memory on both sides, as far as it varies; bytes.
    public var bytes: Int {
        let written = events.reduce(0) { $0 + $1.payload.count + $1.type.utf8.count }
        return written + answer.count + fingerprint.count + subject.bytes + changes.bytes
    }
}

extension SubjectChange {
    fileprivate var bytes: Int {
        switch self {
        case .unchanged, .erased: 0
        case .tokens(let tokens): tokens.reduce(0) { $0 + $1.count }
        }
    }
}

extension Sequence {
    /// Whether the batch is one that is appended whole or not at all.
    public func isBound<Changes>() -> Bool where Element == Append<Changes> {
        contains { $0.isBound }
    }
}
