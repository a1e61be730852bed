/// A subject's key, wrapped by another one: opaque bytes here.
public struct SubjectKey: Hashable, Sendable, CustomStringConvertible {
    public let wrapped: [UInt8]
    /// Which key wraps it.
    public let wrappingKeyID: String
    /// Whether the subject had another key before, which is lost: what that one sealed stays closed.
    public let followsLostKey: Bool

    public init(wrapped: [UInt8], wrappingKeyID: String, followsLostKey: Bool = false) {
        self.wrapped = wrapped
        self.wrappingKeyID = wrappingKeyID
        self.followsLostKey = followsLostKey
    }

    /// Names the wrapping key, never shows the bytes.
    public var description: String { "SubjectKey(wrapped by \(wrappingKeyID))" }
}
