/// Texts by the grammar of RFC 8259, of any shape and in any spelling it allows.
struct RandomText {
    var generator: SplitMix64
    private(set) var bytes: [UInt8] = []

    init(_ generator: SplitMix64) { self.generator = generator }

    mutating func text() {
        space()
        value(depth: 0)
        space()
    }

    mutating func deep(_ depth: Int) {
        var closing: [UInt8] = []
        for _ in 0..<depth {
            if generator.chance(50) {
                append("[")
                if generator.chance(3) { append("1,") }
                closing.append(UInt8(ascii: "]"))
            } else {
                append(generator.chance(3) ? #"{"b":[],"a":"# : #"{"a":"#)
                closing.append(UInt8(ascii: "}"))
            }
        }
        append(generator.pick(["0", "[]", "{}", "\"\"", "null"]))
        bytes.append(contentsOf: closing.reversed())
    }

    /// Beyond the size up to which keys are compared in pairs.
    mutating func wide() {
        let count = 10 + generator.below(60)
        if generator.chance(70) {
            object(count, depth: 5)
        } else {
            array(count, depth: 5)
        }
    }

    mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }

    private mutating func value(depth: Int) {
        switch generator.below(depth > 5 ? 5 : 9) {
        case 0: append(generator.pick(["null", "true", "false"]))
        case 1, 2: number()
        case 3, 4: string()
        case 5, 6: array(generator.below(5), depth: depth + 1)
        default: object(generator.below(5), depth: depth + 1)
        }
    }

    private mutating func array(_ count: Int, depth: Int) {
        append("[")
        for index in 0..<count {
            if index > 0 { append(",") }
            space()
            value(depth: depth)
            space()
        }
        space()
        append("]")
    }

    private mutating func object(_ count: Int, depth: Int) {
        append("{")
        for index in 0..<count {
            if index > 0 { append(",") }
            space()
            key(index)
            space()
            append(":")
            space()
            value(depth: depth)
            space()
        }
        space()
        append("}")
    }

    /// Mostly its own; else one that may be there already, in this spelling or another.
    private mutating func key(_ index: Int) {
        switch generator.below(12) {
        case 0: string()
        case 1: append(generator.pick(RandomText.likeKeys))
        default: append("\"\(generator.pick(["", "k", "é", "\\n", "\\u0061"]))\(index)\"")
        }
    }

    private static let likeKeys = [
        "\"\"", "\"a\"", #""\u0061""#, "\"é\"", #""\u00e9""#, "\"e\u{301}\"", #""e\u0301""#,
        "\"\u{212B}\"", "\"Å\"", "\"\u{FEFF}a\"", #""\ufeffa""#, "\"k1\"", "\"a\u{0}\"", "\"/\"",
        #""\/""#,
    ]

    private mutating func space() {
        while generator.chance(10) { append(generator.pick([" ", "\n", "\t", "\r"])) }
    }
}
