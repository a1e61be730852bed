/// A rule that a plan breaks, and where.
public struct PlanViolation: Hashable, Sendable, CustomStringConvertible {
    public enum Rule: String, Hashable, Sendable, CaseIterable {
        /// The plan is of another instance.
        case shape
        /// A visit that has started stays where it is.
        case started
        /// The start is outside the window, off the grid, or not where it was promised.
        case window
        /// The start has passed, and the visit has not started.
        case past
        /// Opening hours or the buffer before closing.
        case hours
        /// Nobody is there who can treat anaphylaxis.
        case cover
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

    /// What breaks it.
    public enum Place: Hashable, Sendable {
        /// Of so many bookings as the instance has no visits, or in a chair that it has not.
        case plan(String)
        /// - Parameter other: A visit that is in the way, by its id.
        case visit(String, other: String? = nil)
        /// Minutes in a row with the same number of them; a quarter of an hour for starts.
        case minutes(Range<Int>, count: Int, allowed: Int)
        case product(String, used: Int, left: Int)
    }

    public let rule: Rule
    public let place: Place

    public init(_ rule: Rule, _ place: Place) {
        self.rule = rule
        self.place = place
    }

    public var description: String {
        switch place {
        case .plan(let text): "\(rule.rawValue): \(text)"
        case .visit(let id, let other):
            "\(rule.rawValue): \(id)" + (other.map { ", \($0)" } ?? "")
        case .minutes(let minutes, let count, let allowed):
            "\(rule.rawValue): minutes \(minutes), \(count) of \(allowed)"
        case .product(let product, let used, let left):
            "\(rule.rawValue): \(product), \(used) of \(left)"
        }
    }
}
