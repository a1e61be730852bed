/// One answer that would be another under other rules.
public struct RuleDifference: Hashable, Sendable {
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// An order that was placed.
        case order
        /// A dose that was begun.
        case dose
        /// An order of red cells that was placed.
        case transfusionOrder = "transfusion-order"
        /// The next dose of an order that is open, asked about now.
        case nextDose = "next-dose"
        /// A recheck that is, or would be, on the queue now.
        case recheck
        /// The verdict on the last course, now.
        case response
    }

    public let kind: Kind
    /// The order's or dose's id, or the recheck's rule.
    public let subject: String
    /// The event that was asked again; `nil` for what is asked of today.
    public let version: EventVersion?
    public let date: CalendarDate
    /// What the rules in force say.
    public let before: String
    /// What the other rules would say.
    public let after: String
    /// By which rules they differ: gates, recheck rules, rows of the response, codes of refusals.
    public let rules: [String]
}
