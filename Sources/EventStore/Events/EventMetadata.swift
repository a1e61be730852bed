public import Foundation

/// Who asked, in which conversation, and under which rules: the same for all events of one command.
public struct EventMetadata: Hashable, Sendable {
    /// The authenticated actor, as the token named it.
    public let actor: String
    public let correlationID: UUID
    /// The event that caused this command, where one did.
    public let causation: Position?
    /// The version of the rule set that decided.
    public let ruleSet: String

    public init(actor: String, correlationID: UUID, causation: Position?, ruleSet: String) {
        self.actor = actor
        self.correlationID = correlationID
        self.causation = causation
        self.ruleSet = ruleSet
    }
}
