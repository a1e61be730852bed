extension RandomText {
    /// A string with escapes of every kind.
    mutating func string() {
        append("\"")
        for _ in 0..<generator.below(generator.chance(5) ? 40 : 6) {
            switch generator.below(10) {
            case 0: append(escape(UInt32(generator.below(0x10000))))
            case 1: pair(UInt32(0x10000 + generator.below(0x10_0000)))
            case 2: scalar()
            default: append(generator.pick(RandomText.pieces))
            }
        }
        append("\"")
    }

    private static let pieces = [
        "a", "b", "key", "Z", " ", "é", "e\u{301}", "≥", "日本", "😀", "👩🏽‍⚕️", "\u{FEFF}", "\u{7f}",
        "\u{80}", "\u{2028}", "\u{FFFD}", "\u{FFFF}", "\u{10FFFF}", "\\n", "\\\"", "\\\\", "\\/",
        "\\b", "\\f", "\\r", "\\t", "\\u0041", "\\u00e9", "\\u00E9", "\\u0000", "\\u001f",
        "\\ud83d\\ude00", "\\uD800\\uDC00", "\\udbff\\udfff", "\\ud7ff", "\\ue000", "\\uFFFF",
        "\\ufeff", "{", "]", ",", ":", "//", "'",
    ]

    /// Any character that may stand in a string as it is.
    private mutating func scalar() {
        guard let scalar = Unicode.Scalar(UInt32(generator.below(0x11_0000))), scalar.value >= 0x20,
            scalar != "\"", scalar != "\\"
        else { return }
        append(String(scalar))
    }

    private mutating func pair(_ code: UInt32) {
        append(escape(0xD800 + (code - 0x10000) >> 10))
        append(escape(0xDC00 + (code - 0x10000) & 0x3FF))
    }

    /// Half a surrogate pair too, which no text may have alone.
    private mutating func escape(_ unit: UInt32) -> String {
        let digits = String(unit, radix: 16, uppercase: generator.chance(50))
        return "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
    }

    /// A number in any spelling: zeros of both signs, more digits than any type holds, exponents
    /// around every limit there is.
    mutating func number() {
        if generator.chance(30) { append("-") }
        switch generator.below(8) {
        case 0: append(generator.pick(["0", "1", "7", "10", "42", "100"]))
        case 1: append(generator.pick(RandomText.edges))
        case 2: append(String(generator.next()))
        case 3, 4: append(String(1 + generator.below(9)) + digits(generator.below(45)))
        default: append(String(generator.below(1_000)))
        }
        if generator.chance(40) {
            let zeros = String(
                repeating: "0", count: generator.chance(20) ? generator.below(45) : 0)
            let tail = generator.chance(20) ? generator.below(45) : generator.below(4)
            append("." + zeros + digits(tail) + String(generator.below(10)))
        }
        if generator.chance(20) {
            append(generator.pick(["e", "E"]) + generator.pick(["", "+", "-"]))
            append(exponent())
        }
    }

    private static let edges = [
        "9007199254740991", "9007199254740992", "9007199254740993", "9223372036854775807",
        "9223372036854775808", "18446744073709551615", "18446744073709551616",
        "99999999999999999999999999999999999999", "340282366920938463463374607431768211455",
        "340282366920938463463374607431768211456", "123456789012345678901234567890",
    ]

    private mutating func digits(_ count: Int) -> String {
        if generator.chance(20) { return String(repeating: "0", count: count) }
        return String(
            decoding: (0..<count).map { _ in UInt8(ascii: "0") + UInt8(generator.below(10)) },
            as: UTF8.self)
    }

    private mutating func exponent() -> String {
        switch generator.below(4) {
        case 0:
            return generator.pick([
                "0", "00", "07", "0000000000000000000001", "4096", "4097", "32767", "32768",
                "2147483648", "9223372036854775807", "9223372036854775808",
                "99999999999999999999",
            ])
        case 1: return String(generator.below(330))
        case 2: return String(generator.pick([126, 127, 128, 129, 307, 308, 309, 322, 323, 324]))
        default: return String(generator.below(30))
        }
    }
}
