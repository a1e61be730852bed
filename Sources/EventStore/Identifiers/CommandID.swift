public import Foundation

/// The identity of a command, unique within its tenant for ever: the key that makes a retry harmless.
public struct CommandID: Hashable, Sendable, CustomStringConvertible {
    public let uuid: UUID

    public init(_ uuid: UUID) { self.uuid = uuid }

    public var description: String { uuid.uuidString.lowercased() }
}
