/// Why a paused infusion may not go on (clinical facts §5.3).
public enum RestartProblem: Hashable, Sendable {
    /// Severe: "no restart ever".
    case afterSevereReaction
    /// It came back at the lower rate: stopped for good.
    case afterRecurrence
    /// What nobody has graded cannot be called mild.
    case reactionNotGraded
    /// Paused for a reaction that is not told.
    case reactionNotLogged
    /// Only what has resolved completely allows it.
    case notResolved
    /// So many of the minutes that a mild reaction is watched.
    case watchedTooShort(minutes: Int, required: Int)
    /// A prescriber decides and documents it.
    case prescriberRequired

    /// Stable; what a problem's `restart` member carries.
    public var code: String {
        switch self {
        case .afterSevereReaction: "after-severe-reaction"
        case .afterRecurrence: "after-recurrence"
        case .reactionNotGraded: "reaction-not-graded"
        case .reactionNotLogged: "reaction-not-logged"
        case .notResolved: "not-resolved"
        case .watchedTooShort: "watched-too-short"
        case .prescriberRequired: "prescriber-required"
        }
    }

    /// What is wrong, and what would be right.
    public var text: String {
        switch self {
        case .afterSevereReaction: "never after a severe reaction"
        case .afterRecurrence: "the reaction came back at the lower rate: stop the dose"
        case .reactionNotGraded: "the reaction has to be graded first"
        case .reactionNotLogged: "the reaction it was paused for has to be logged first"
        case .notResolved: "only when what it was paused for has resolved completely"
        case .watchedTooShort(let minutes, let required):
            "watched \(minutes) of \(required) minutes"
        case .prescriberRequired: "a prescriber decides it"
        }
    }
}
