import Foundation

/// Decimals out of the numbers of a body, exactly.
enum ExactDecimal {
    /// Digits that are significant; a `Decimal` keeps 38, a measurement never needs these.
    static let digitsMaximum = 18
    static let exponents = -12...12

    /// `nil` if the number has more digits or a greater exponent than any measurement.
    static func parse(_ number: String) -> Decimal? {
        var digits: [UInt8] = []
        var exponent = 0
        var isFraction = false
        var index = number.utf8.startIndex
        let isNegative = number.utf8.first == UInt8(ascii: "-")
        if isNegative { index = number.utf8.index(after: index) }
        while index < number.utf8.endIndex {
            let byte = number.utf8[index]
            index = number.utf8.index(after: index)
            switch byte {
            case UInt8(ascii: "."): isFraction = true
            case UInt8(ascii: "e"), UInt8(ascii: "E"):
                guard let written = Int(number[index...]), (-99...99).contains(written) else {
                    return nil
                }
                exponent += written
                index = number.utf8.endIndex
            default:
                digits.append(byte - UInt8(ascii: "0"))
                if isFraction { exponent -= 1 }
            }
        }
        let significant = digits.drop { $0 == 0 }
        guard significant.count <= digitsMaximum else { return nil }
        let mantissa = significant.reduce(Int64(0)) { $0 * 10 + Int64($1) }
        guard mantissa != 0 else { return Decimal.zero }
        guard exponents.contains(exponent) else { return nil }
        return Decimal(isNegative ? -mantissa : mantissa) * power(of10: exponent)
    }

    private static func power(of10 exponent: Int) -> Decimal {
        Decimal(sign: .plus, exponent: exponent, significand: 1)
    }
}
