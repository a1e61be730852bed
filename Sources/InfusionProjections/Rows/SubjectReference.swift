public import Foundation

/// A thing that belongs to a patient and is addressed by its own id: which stream to ask.
public struct SubjectReference: Hashable, Sendable {
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        case order, appointment, dose, lab, reaction
    }
    public let kind: Kind
    public let id: UUID
    public init(_ kind: Kind, _ id: UUID) {
        self.kind = kind
        self.id = id
    }
}
