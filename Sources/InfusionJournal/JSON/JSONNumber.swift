/// A JSON number as its text, so that nothing is lost to binary floating point.
public struct JSONNumber: Hashable, Sendable, CustomStringConvertible {
    public let text: String
    public var description: String { text }

    /// `nil` unless `text` is a number by the grammar of RFC 8259.
    public init?(_ text: String) {
        let bytes = [UInt8](text.utf8)
        guard JSONNumber.end(in: bytes.span, from: 0) == bytes.count else { return nil }
        self.text = text
    }

    public init(_ integer: Int64) {
        text = String(integer)
    }

    /// For text that a reader has already checked.
    init(checked text: String) {
        self.text = text
    }

    /// One past the number that begins at `start`, or `nil` if none does.
    static func end(in input: Span<UInt8>, from start: Int) -> Int? {
        var index = start
        if index < input.count, input[index] == UInt8(ascii: "-") { index += 1 }
        guard let whole = digitsEnd(in: input, from: index) else { return nil }
        if input[index] == UInt8(ascii: "0"), whole > index + 1 { return nil }
        index = whole
        if index < input.count, input[index] == UInt8(ascii: ".") {
            guard let fraction = digitsEnd(in: input, from: index + 1) else { return nil }
            index = fraction
        }
        guard index < input.count, input[index] | 0x20 == UInt8(ascii: "e") else { return index }
        index += 1
        if index < input.count,
            input[index] == UInt8(ascii: "+") || input[index] == UInt8(ascii: "-")
        {
            index += 1
        }
        return digitsEnd(in: input, from: index)
    }

    private static func digitsEnd(in input: Span<UInt8>, from start: Int) -> Int? {
        var index = start
        while index < input.count, input[index] &- UInt8(ascii: "0") < 10 { index += 1 }
        return index > start ? index : nil
    }
}
