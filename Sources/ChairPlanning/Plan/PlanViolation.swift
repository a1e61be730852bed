/// A rule that a plan breaks, and where.
public struct PlanViolation: Hashable, Sendable, CustomStringConvertible {
    public enum Rule: String, Hashable, Sendable, CaseIterable {
        /// The plan is of another instance.
        case shape
        /// A visit that has started stays where it is.
        case started
        /// The start is outside the window, off the grid, or not where it was promised.
        case window
        /// Opening hours, the buffer before closing, or the cover for anaphylaxis.
        case hours
        /// The chair lacks what the visit needs.
        case equipment
        /// The chair cannot be used then.
        case availability
        /// Two visits hold one chair.
        case chair
        /// One patient is in two places.
        case patient
        /// More hands are needed than nurses are there.
        case hands
        /// More patients than the nurses may look after.
        case patientsPerNurse
        /// More starts in a quarter of an hour than the nurses may do.
        case startsPerNurse
        case stock
    }

    public let rule: Rule
    /// The visit's id, or the minute or product concerned.
    public let place: String

    public init(_ rule: Rule, _ place: String) {
        self.rule = rule
        self.place = place
    }

    public var description: String { "\(rule.rawValue): \(place)" }
}
