public import Foundation

/// One consistency boundary of a tenant: the events of one subject, in `version` order.
///
/// The UUID alone identifies the stream within its tenant. The category is a property of it: an
/// append that names another one than the stream's fails, a read that does finds nothing.
public struct StreamID: Hashable, Sendable, CustomStringConvertible {
    /// The kind of subject, as the domain names it; 1 to 32 lower-case ASCII letters.
    public let category: String
    public let uuid: UUID

    public init(category: String, uuid: UUID) {
        self.category = category
        self.uuid = uuid
    }

    public var description: String { "\(category)-\(uuid.uuidString.lowercased())" }
}
