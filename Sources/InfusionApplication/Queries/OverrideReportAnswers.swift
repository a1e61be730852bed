public import EventStore
public import Infusion

/// How far a report of overrides has gone through the log, and as of what: all its pages are of one moment.
public struct OverrideReportPlace: Hashable, Sendable {
    /// The last position that was gone through.
    public let reached: Position
    /// The last one that belongs to what is known.
    public let known: Position
    /// As of which an override has expired, or not.
    public let moment: Instant

    public init(reached: Position, known: Position, moment: Instant) {
        self.reached = reached
        self.known = known
        self.moment = moment
    }
}

/// How overrides were used: facts §10.2 ask for the rate per rule.
public struct OverrideReportQuestion: Hashable, Sendable {
    public enum Start: Hashable, Sendable {
        case beginning(knownAt: AsOf.Knowledge)
        /// Where the page before ended.
        case after(OverrideReportPlace)
    }
    public let start: Start
    /// Overrides in one page; 1 to ``ApplicationLimits/overrideReportPage``.
    public let limit: Int

    public init(start: Start, limit: Int) {
        self.start = start
        self.limit = limit
    }
}

/// The overrides of a stretch of the log, none of whom says whose it was. There may be none, and more to come.
public struct OverrideReportPage: Sendable {
    public let uses: [OverrideUse]
    /// `nil` on the last page.
    public let next: OverrideReportPlace?
    public let position: Position

    public init(uses: [OverrideUse], next: OverrideReportPlace?, position: Position) {
        self.uses = uses
        self.next = next
        self.position = position
    }
}
