public import Foundation

/// Where the true value lies: the number itself, or the side of it that a comparator names.
public struct ReportedRange: Hashable, Sendable {
    public let value: Decimal
    public let comparator: Comparator?

    public init(_ value: Decimal, _ comparator: Comparator?) {
        self.value = value
        self.comparator = comparator
    }

    /// `nil` where the answer is open: `<40` may be below 30 or not.
    public func isBelow(_ limit: Decimal) -> Bool? {
        switch comparator {
        case nil: value < limit
        case .lessThan: value <= limit ? true : nil
        case .lessOrEqual: value < limit ? true : nil
        case .greaterThan, .greaterOrEqual: value >= limit ? false : nil
        }
    }

    public func isAbove(_ limit: Decimal) -> Bool? {
        switch comparator {
        case nil: value > limit
        case .greaterThan: value >= limit ? true : nil
        case .greaterOrEqual: value > limit ? true : nil
        case .lessThan, .lessOrEqual: value <= limit ? false : nil
        }
    }

    public func isAtLeast(_ limit: Decimal) -> Bool? { isBelow(limit).map { !$0 } }
    public func isAtMost(_ limit: Decimal) -> Bool? { isAbove(limit).map { !$0 } }
    public func contains(_ candidate: Decimal) -> Bool {
        switch comparator {
        case nil: candidate == value
        case .lessThan: candidate < value
        case .lessOrEqual: candidate <= value
        case .greaterThan: candidate > value
        case .greaterOrEqual: candidate >= value
        }
    }
}
