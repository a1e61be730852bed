import Foundation

extension UUID {
    /// Reads 32 hexadecimal digits in five groups. Foundation's own goes through `sscanf`, which took a
    /// tenth of an import.
    init?(digits text: Substring.UTF8View) {
        guard text.count == 36 else { return nil }
        var high: UInt64 = 0
        var low: UInt64 = 0
        for (place, digit) in text.enumerated() {
            if place == 8 || place == 13 || place == 18 || place == 23 {
                guard digit == UInt8(ascii: "-") else { return nil }
                continue
            }
            guard let value = Self.value(of: digit) else { return nil }
            high = high << 4 | low >> 60
            low = low << 4 | value
        }
        func byte(_ word: UInt64, _ shift: UInt64) -> UInt8 {
            UInt8(truncatingIfNeeded: word >> shift)
        }
        self.init(
            uuid: (
                byte(high, 56), byte(high, 48), byte(high, 40), byte(high, 32),
                byte(high, 24), byte(high, 16), byte(high, 8), byte(high, 0),
                byte(low, 56), byte(low, 48), byte(low, 40), byte(low, 32),
                byte(low, 24), byte(low, 16), byte(low, 8), byte(low, 0)
            ))
    }

    private static func value(of digit: UInt8) -> UInt64? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt64(digit - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt64(digit - UInt8(ascii: "a") + 10)
        case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt64(digit - UInt8(ascii: "A") + 10)
        default: nil
        }
    }
}
