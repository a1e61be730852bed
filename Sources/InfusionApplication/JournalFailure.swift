public import EventStore
public import InfusionJournal

/// An event that could not be read from what is stored of it, or not be stored. Carries nothing of its
/// content, so it is safe to log and to tell.
public struct JournalFailure: Hashable, Sendable, CustomStringConvertible {
    public let error: JournalError
    /// Where the event stands in the tenant's log; `nil` if it never got there, or is not known.
    public let position: Position?

    public init(error: JournalError, position: Position?) {
        self.error = error
        self.position = position
    }

    public var description: String {
        guard let position else { return "\(error)" }
        return "position \(position): \(error)"
    }
}

extension ApplicationError {
    /// Of an event in the log.
    static func journal(_ error: JournalError, at position: Position) -> ApplicationError {
        .journal(JournalFailure(error: error, position: position))
    }

    /// Of an event without a place in the log.
    public static func journal(_ error: JournalError) -> ApplicationError {
        .journal(JournalFailure(error: error, position: nil))
    }
}
