public import Foundation

/// So many of so many: what a rate was made of.
public struct Share: Hashable, Sendable {
    public let numerator: Int64
    public let denominator: Int64

    public init(_ numerator: some BinaryInteger, of denominator: some BinaryInteger) {
        self.numerator = Int64(numerator)
        self.denominator = Int64(denominator)
    }

    /// To one decimal place, halves away from zero; `nil` of nothing.
    public var percent: Decimal? {
        guard denominator > 0 else { return nil }
        var exact = Decimal(numerator) * 100 / Decimal(denominator)
        var rounded = Decimal()
        NSDecimalRound(&rounded, &exact, 1, .plain)
        return rounded
    }
}
