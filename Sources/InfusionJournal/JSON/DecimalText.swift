import Foundation

/// Decimals and their text, without rounding either way.
enum DecimalText {
    static let expectation = "a decimal of at most 39 digits, without exponent or spare zeros"

    /// What `Decimal` can scale a significand without trailing zeros by.
    private static let exponents = -128...127

    /// The plain notation of `value`: no exponent, no leading or trailing zeros, no `-0`; `nil` for
    /// "not a number" and for what could not be read back.
    static func text(of value: Decimal) -> String? {
        guard !value.isNaN else { return nil }
        guard !value.isZero else { return "0" }
        guard var digits = digits(of: value.significand) else { return nil }
        var exponent = value.exponent
        while digits.last == "0" {
            digits.removeLast()
            exponent += 1
        }
        guard exponents.contains(exponent) else { return nil }
        let sign = value.sign == .minus ? "-" : ""
        if exponent >= 0 { return sign + digits + String(repeating: "0", count: exponent) }
        let whole = digits.utf8.count + exponent
        if whole <= 0 { return sign + "0." + String(repeating: "0", count: -whole) + digits }
        return sign + digits.prefix(whole) + "." + digits.dropFirst(whole)
    }

    /// The digits of a positive whole significand. `Decimal.description` takes microseconds, so
    /// what fits a machine word goes through one, and is compared afterwards.
    private static func digits(of significand: Decimal) -> String? {
        let word = NSDecimalNumber(decimal: significand).uint64Value
        if Decimal(word) == significand { return String(word) }
        let text = significand.description
        return text.utf8.allSatisfy { UInt8(ascii: "0") <= $0 && $0 <= UInt8(ascii: "9") }
            ? text : nil
    }

    /// Whether `text` is what ``text(of:)`` would write: `-?(0|[1-9][0-9]*)(\.[0-9]*[1-9])?`, not
    /// `-0`.
    static func isCanonical(_ text: ArraySlice<UInt8>) -> Bool {
        var rest = text
        let isNegative = rest.first == UInt8(ascii: "-")
        if isNegative { rest.removeFirst() }
        let whole = rest.prefix { $0 &- UInt8(ascii: "0") < 10 }
        guard let first = whole.first, first != UInt8(ascii: "0") || whole.count == 1 else {
            return false
        }
        rest = rest.dropFirst(whole.count)
        guard !rest.isEmpty else { return !(isNegative && first == UInt8(ascii: "0")) }
        let fraction = rest.dropFirst()
        guard rest.first == UInt8(ascii: "."), let last = fraction.last, last != UInt8(ascii: "0")
        else {
            return false
        }
        return fraction.allSatisfy { $0 &- UInt8(ascii: "0") < 10 }
    }

    /// The value of a number by the grammar of RFC 8259, checked before; `nil` if no `Decimal` is
    /// exactly that, or if it is spelled with an exponent of thousands.
    static func value(of number: ArraySlice<UInt8>) -> Decimal? {
        var digits: [UInt8] = []
        var exponent = 0
        var written = 0
        var isFraction = false
        scan: for index in number.indices {
            switch number[index] {
            case UInt8(ascii: "-"): continue
            case UInt8(ascii: "."): isFraction = true
            case UInt8(ascii: "e"), UInt8(ascii: "E"):
                written = Int(String(decoding: number[(index + 1)...], as: UTF8.self)) ?? .max
                break scan
            case let digit:
                if isFraction { exponent -= 1 }
                if !digits.isEmpty || digit != UInt8(ascii: "0") { digits.append(digit) }
            }
        }
        guard !digits.isEmpty else { return 0 }
        guard (-4_096...4_096).contains(written) else { return nil }
        exponent += written
        while digits.last == UInt8(ascii: "0") {
            digits.removeLast()
            exponent += 1
        }
        guard exponents.contains(exponent), let whole = wholeNumber(digits) else { return nil }
        let isNegative = number.first == UInt8(ascii: "-")
        return Decimal(sign: isNegative ? .minus : .plus, exponent: exponent, significand: whole)
    }

    /// The digits as a number; at most 39 of them fit the 128 bits of a significand.
    private static func wholeNumber(_ digits: [UInt8]) -> Decimal? {
        if digits.count <= 19 {
            return Decimal(digits.reduce(0 as UInt64) { $0 * 10 + UInt64($1 - UInt8(ascii: "0")) })
        }
        guard digits.count <= 39 else { return nil }
        let text = String(decoding: digits, as: UTF8.self)
        guard let whole = Decimal(string: text), whole.description == text else { return nil }
        return whole
    }
}
