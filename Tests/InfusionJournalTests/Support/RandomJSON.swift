/// Random JSON texts: mostly well-formed, then spoiled at random places.
struct RandomJSON {
    var generator: SeededGenerator

    init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

    /// A text of any shape and spelling the grammar allows.
    mutating func text() -> [UInt8] {
        var bytes: [UInt8] = []
        space(&bytes)
        value(&bytes, depth: 0)
        space(&bytes)
        return bytes
    }

    /// `bytes` with one to four of them changed, lost, doubled or added.
    mutating func spoiled(_ bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        for _ in 0...generator.below(4) {
            guard !bytes.isEmpty else { return bytes }
            let index = generator.below(bytes.count)
            switch generator.below(8) {
            case 0: bytes.remove(at: index)
            case 1: bytes.insert(bytes[index], at: index)
            case 2: bytes[index] = UInt8(truncatingIfNeeded: generator.next())
            case 3: bytes.removeSubrange(index...)
            case 4: bytes.swapAt(index, generator.below(bytes.count))
            case 5: bytes[index] ^= 1 << UInt8(generator.below(8))
            default: bytes.insert(contentsOf: generator.pick(RandomJSON.hostile), at: index)
            }
        }
        return bytes
    }

    /// Pieces that parsers have stumbled over.
    static let hostile: [[UInt8]] =
        [
            "{", "}", "[", "]", ",", ":", "\"", "\\", "\\u", "\\u00", "\\ud800", "\\udc00",
            "\\ud83d\\ude00",
            "\\ud800\\ud800", "\\u0000", "\\x", "-", "+", ".", "e", "E", "0", "00", "-0", "01",
            "1e5", "1e+", "1.",
            ".5", "1e999", "1e-999", "0.1e1", "NaN", "Infinity", "nul", "null", "true", "fals",
            "TRUE", "'",
            "/*", "//", "\u{0}", "\u{1f}", "\n", "\t", "\u{b}", "\u{a0}", "\u{2028}", "\u{feff}",
            "é", "e\u{301}",
            "😀", "99999999999999999999999", "0.30000000000000004", "{\"a\":1,\"a\":2}",
            "\"\\u0061\":1,",
        ].map { [UInt8]($0.utf8) } + [
            [0x80], [0xC0, 0x80], [0xC3], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80],
            [0xF0, 0x9F, 0x98],
            [0xFF], [0xFE, 0xFF], [0xE2, 0x82], [0xF8, 0x88, 0x80, 0x80, 0x80],
        ]

    private mutating func value(_ bytes: inout [UInt8], depth: Int) {
        switch generator.below(depth > 5 ? 5 : 9) {
        case 0: append(generator.pick(["null", "true", "false"]), &bytes)
        case 1, 2: number(&bytes)
        case 3, 4: string(&bytes)
        case 5, 6: array(&bytes, depth: depth + 1)
        default: object(&bytes, depth: depth + 1)
        }
    }

    private mutating func array(_ bytes: inout [UInt8], depth: Int) {
        append("[", &bytes)
        for index in 0..<generator.below(5) {
            if index > 0 { append(",", &bytes) }
            space(&bytes)
            value(&bytes, depth: depth)
            space(&bytes)
        }
        space(&bytes)
        append("]", &bytes)
    }

    private mutating func object(_ bytes: inout [UInt8], depth: Int) {
        append("{", &bytes)
        // Now and then beyond the size up to which keys are compared in pairs.
        for index in 0..<(generator.chance(3) ? 20 : generator.below(5)) {
            if index > 0 { append(",", &bytes) }
            space(&bytes)
            string(&bytes)
            space(&bytes)
            append(":", &bytes)
            space(&bytes)
            value(&bytes, depth: depth)
            space(&bytes)
        }
        space(&bytes)
        append("}", &bytes)
    }

    private mutating func string(_ bytes: inout [UInt8]) {
        let pieces = [
            "a", "b", "key", "Z", " ", "é", "≥", "😀", "\\n", "\\\"", "\\\\", "\\/", "\\b", "\\f",
            "\\r", "\\t",
            "\\u0041", "\\u00e9", "\\u00E9", "\\u0000", "\\ud83d\\ude00", "\\uFFFF", "\u{7f}", "{",
            "]", ",",
        ]
        append("\"", &bytes)
        for _ in 0..<generator.below(6) { append(generator.pick(pieces), &bytes) }
        append("\"", &bytes)
    }

    private mutating func number(_ bytes: inout [UInt8]) {
        if generator.chance(30) { append("-", &bytes) }
        append(
            generator.pick([
                "0", "1", "7", "10", "42", "9007199254740993", "123456789012345678901234567890",
            ]), &bytes)
        if generator.chance(40) {
            append(
                "." + generator.pick(["0", "5", "25", "10", "000001", "3333333333333333333"]),
                &bytes)
        }
        if generator.chance(20) {
            append(
                generator.pick(["e", "E"]) + generator.pick(["", "+", "-"])
                    + generator.pick(["0", "1", "07", "20"]), &bytes)
        }
    }

    private mutating func space(_ bytes: inout [UInt8]) {
        while generator.chance(15) { append(generator.pick([" ", "\n", "\t", "\r"]), &bytes) }
    }

    private func append(_ text: String, _ bytes: inout [UInt8]) {
        bytes.append(contentsOf: text.utf8)
    }
}
