public import Foundation

/// A closed range of a canonical value, with its unit, as an error message can show it.
public struct ValueRange: Hashable, Sendable, CustomStringConvertible {
    public let low: Decimal
    public let high: Decimal
    public let unit: String

    /// Whether a value can be inside: `<1` of something that starts at 1 cannot.
    public func admits(_ value: Decimal, _ comparator: Comparator?) -> Bool {
        switch comparator {
        case nil, .lessOrEqual, .greaterOrEqual: value >= low && value <= high
        case .lessThan: value > low && value <= high
        case .greaterThan: value >= low && value < high
        }
    }

    public var description: String { "\(low) to \(high) \(unit)" }
}
