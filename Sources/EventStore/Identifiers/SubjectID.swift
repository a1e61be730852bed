public import Foundation

/// Whose identity a key protects: a person, to the domain; an opaque id, here.
public struct SubjectID: Hashable, Sendable, CustomStringConvertible {
    public let uuid: UUID

    public init(_ uuid: UUID) { self.uuid = uuid }

    public var description: String { uuid.uuidString.lowercased() }
}
