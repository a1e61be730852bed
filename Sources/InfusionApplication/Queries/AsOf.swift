public import EventStore
public import Infusion

/// Both clocks of a question: what was true in the clinic when, as far as the log knew when.
public struct AsOf: Hashable, Sendable {
    public enum Knowledge: Hashable, Sendable {
        case now
        /// Everything recorded at or before the instant.
        case instant(Timestamp)
        case position(Position)
    }
    /// Facts that happened later are left out; `nil` for all.
    public let effectiveAt: Instant?
    public let knownAt: Knowledge
    public init(effectiveAt: Instant?, knownAt: Knowledge) {
        self.effectiveAt = effectiveAt
        self.knownAt = knownAt
    }
    public static let now = AsOf(effectiveAt: nil, knownAt: .now)
}
