/// A number of RFC 8259 as what it says, whatever its size: the yardstick for both readers' numbers,
/// made without either.
struct ExactDecimal {
    /// What `Decimal` keeps of a number: 128 bits, times ten to the power of one signed byte.
    private static let significandMax = [UInt8]("340282366920938463463374607431768211455".utf8)
    private static let exponents = -128...127
    /// Longer exponents are as good as endless here, and must not overflow.
    private static let endless = 1 << 40

    let isNegative: Bool
    /// Without zeros before or after; none at all is zero.
    let digits: [UInt8]
    let exponent: Int
    /// The exponent as it stands in the text.
    let written: Int
    /// The digits as they stand in the text, and how many of them follow the point.
    let spelledDigits: Int
    let fractionDigits: Int
    /// Without fraction and exponent.
    let isSpelledWhole: Bool

    /// `nil` unless `text` is a number by the grammar, from its first byte to its last.
    init?(_ text: some Collection<UInt8>) {
        var rest = Substream(text)
        isNegative = rest.take(UInt8(ascii: "-"))
        let whole = rest.digits()
        guard !whole.isEmpty, whole.count == 1 || whole[0] != UInt8(ascii: "0") else { return nil }
        var fraction: [UInt8] = []
        if rest.take(UInt8(ascii: ".")) {
            fraction = rest.digits()
            guard !fraction.isEmpty else { return nil }
        }
        var power = 0
        let hasExponent = rest.take(UInt8(ascii: "e")) || rest.take(UInt8(ascii: "E"))
        if hasExponent {
            let isMinus = rest.take(UInt8(ascii: "-"))
            if !isMinus { _ = rest.take(UInt8(ascii: "+")) }
            let digits = rest.digits()
            guard !digits.isEmpty else { return nil }
            for digit in digits where power < ExactDecimal.endless {
                power = power * 10 + Int(digit - UInt8(ascii: "0"))
            }
            if isMinus { power = -power }
        }
        guard rest.isAtEnd else { return nil }
        isSpelledWhole = fraction.isEmpty && !hasExponent
        var all = [UInt8]((whole + fraction).drop { $0 == UInt8(ascii: "0") })
        var exponent = power - fraction.count
        while all.last == UInt8(ascii: "0") {
            all.removeLast()
            exponent += 1
        }
        digits = all
        written = power
        spelledDigits = whole.count + fraction.count
        fractionDigits = fraction.count
        self.exponent = all.isEmpty ? 0 : exponent
    }

    var isZero: Bool { digits.isEmpty }

    /// Whether some `Decimal` is exactly this, spare zeros left out. A spelling whose exponent goes
    /// into the thousands is not looked at, as `JSONValue/decimal()` has it.
    var fitsDecimal: Bool {
        if isZero { return true }
        guard ExactDecimal.exponents.contains(exponent), (-4_096...4_096).contains(written) else {
            return false
        }
        let most = ExactDecimal.significandMax
        return digits.count < most.count
            || (digits.count == most.count && !most.lexicographicallyPrecedes(digits))
    }

    /// Whether Foundation, which leaves spare zeros out last, goes beyond its range on the way to a
    /// `Decimal` that exists: by a long exponent, or by the zeros.
    var isSpelledBeyondDecimal: Bool {
        let exponents = ExactDecimal.exponents
        return abs(written) > 2 * exponents.upperBound || fractionDigits > exponents.upperBound
            || !exponents.contains(written - fractionDigits)
            || spelledDigits >= ExactDecimal.significandMax.count
    }

    /// Zero is one number, with either sign.
    func isSame(as other: ExactDecimal) -> Bool {
        digits == other.digits && exponent == other.exponent
            && (isZero || isNegative == other.isNegative)
    }
}

/// Bytes taken from the front.
private struct Substream {
    private let bytes: [UInt8]
    private var index = 0

    init(_ bytes: some Collection<UInt8>) { self.bytes = [UInt8](bytes) }

    var isAtEnd: Bool { index == bytes.count }

    mutating func take(_ byte: UInt8) -> Bool {
        guard index < bytes.count, bytes[index] == byte else { return false }
        index += 1
        return true
    }

    mutating func digits() -> [UInt8] {
        let start = index
        while index < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[index]) {
            index += 1
        }
        return [UInt8](bytes[start..<index])
    }
}
