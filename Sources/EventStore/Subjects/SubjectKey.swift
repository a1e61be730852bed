/// A subject's key, wrapped by another one: opaque bytes here.
public struct SubjectKey: Hashable, Sendable, CustomStringConvertible {
    public let wrapped: [UInt8]
    /// Which key wraps it.
    public let wrappingKeyID: String

    public init(wrapped: [UInt8], wrappingKeyID: String) {
        self.wrapped = wrapped
        self.wrappingKeyID = wrappingKeyID
    }

    /// Names the wrapping key, never shows the bytes.
    public var description: String { "SubjectKey(wrapped by \(wrappingKeyID))" }
}
