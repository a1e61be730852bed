import Foundation

/// A decimal exactly as written. `Decimal(2.4)` goes through a binary double; this does not.
func d(_ text: StaticString) -> Decimal {
    guard let value = Decimal(string: text.description, locale: nil) else {
        preconditionFailure("\(text) is not a decimal literal")
    }
    return value
}

extension Decimal {
    /// Rounded to `places` after the point, ties away from zero.
    func rounded(places: Int) -> Decimal { rounded(places: places, mode: .plain) }

    func rounded(places: Int, mode: NSDecimalNumber.RoundingMode) -> Decimal {
        var result = Decimal()
        var source = self
        NSDecimalRound(&result, &source, places, mode)
        return result
    }
}
