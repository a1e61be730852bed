public import EventStore

/// What the key store and the blind index hold of one subject, as it moves from one database to
/// another. All bytes are opaque, and bound to the tenant.
public struct SubjectRecord: Hashable, Sendable {
    /// Whose they are.
    public let subject: SubjectID
    /// Since when there has been an entry.
    public let createdAt: Timestamp
    /// When the key was destroyed; there is none then.
    public let erasedAt: Timestamp?
    /// When an earlier key was given up as lost.
    public let lostAt: Timestamp?
    /// The key, wrapped; `nil` once it is erased.
    public let key: SubjectKey?
    /// What identifiers of the subject are found by, in ascending order.
    public let tokens: [[UInt8]]

    /// An entry by its parts.
    public init(
        subject: SubjectID, createdAt: Timestamp, erasedAt: Timestamp?, lostAt: Timestamp?,
        key: SubjectKey?, tokens: [[UInt8]]
    ) {
        self.subject = subject
        self.createdAt = createdAt
        self.erasedAt = erasedAt
        self.lostAt = lostAt
        self.key = key
        self.tokens = tokens
    }
}
