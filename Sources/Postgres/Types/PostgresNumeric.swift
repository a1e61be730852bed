/// An exact decimal number: PostgreSQL's `numeric`, digit for digit, scale included.
///
/// Two values are equal if they are written alike: `1.0` and `1.00` differ, as their texts do.
public struct PostgresNumeric: Sendable, Hashable {
    enum Sign: UInt16, Sendable {
        case positive = 0x0000
        case negative = 0x4000
        case notANumber = 0xC000
        case infinity = 0xD000
        case negativeInfinity = 0xF000
    }

    let sign: Sign
    /// The power of 10,000 of the first digit.
    let weight: Int16
    /// How many decimal places are shown.
    let scale: UInt16
    /// Base 10,000, the most significant first, without zeros at either end.
    let digits: [Int16]

    init(sign: Sign, weight: Int16, scale: UInt16, digits: [Int16]) {
        let leading = digits.prefix { $0 == 0 }.count
        var kept = digits.dropFirst(leading)
        while kept.last == 0 { kept.removeLast() }
        self.sign = kept.isEmpty && sign == .negative ? .positive : sign
        self.weight = kept.isEmpty ? 0 : weight - Int16(leading)
        // The server fills the scale of NaN and the infinities with flags of its own.
        self.scale = sign == .positive || sign == .negative ? scale : 0
        self.digits = Array(kept)
    }

    /// `NaN`
    public static let notANumber = PostgresNumeric(
        sign: .notANumber, weight: 0, scale: 0, digits: [])

    /// An integer, exactly.
    public init(_ value: some BinaryInteger) {
        self = PostgresNumeric(String(value)) ?? .notANumber
    }

    /// Reads `-12.340`, without exponent, spaces or locale; nil if it is anything else.
    public init?(_ text: String) {
        switch text {
        case "NaN":
            self = .notANumber
            return
        case "Infinity":
            self.init(sign: .infinity, weight: 0, scale: 0, digits: [])
            return
        case "-Infinity":
            self.init(sign: .negativeInfinity, weight: 0, scale: 0, digits: [])
            return
        default: break
        }
        var rest = Array(text.utf8)[...]
        let isNegative = rest.first == UInt8(ascii: "-")
        if isNegative || rest.first == UInt8(ascii: "+") { rest.removeFirst() }
        let parts = rest.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count <= 2, let whole = parts.first else { return nil }
        let fraction = parts.count == 2 ? parts[1] : []
        let isDigit = { (byte: UInt8) in (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
        guard !whole.isEmpty || !fraction.isEmpty, whole.allSatisfy(isDigit),
            fraction.allSatisfy(isDigit), whole.count <= 131_072, fraction.count <= 16_383
        else { return nil }
        let padding = (4 - whole.count % 4) % 4
        var decimal = [UInt8](repeating: 0, count: padding)
        decimal += whole.map { $0 - UInt8(ascii: "0") }
        let groups = decimal.count / 4
        decimal += fraction.map { $0 - UInt8(ascii: "0") }
        decimal += [UInt8](repeating: 0, count: (4 - fraction.count % 4) % 4)
        let digits = stride(from: 0, to: decimal.count, by: 4).map { start in
            decimal[start..<start + 4].reduce(Int16(0)) { $0 * 10 + Int16($1) }
        }
        self.init(
            sign: isNegative ? .negative : .positive, weight: Int16(groups - 1),
            scale: UInt16(fraction.count), digits: digits)
    }
}

extension PostgresNumeric: CustomStringConvertible, LosslessStringConvertible {
    /// The exact decimal text, with as many places as the scale says.
    public var description: String {
        switch sign {
        case .notANumber: return "NaN"
        case .infinity: return "Infinity"
        case .negativeInfinity: return "-Infinity"
        case .positive, .negative: break
        }
        var text = sign == .negative ? "-" : ""
        let wholeGroups = Int(weight) + 1
        if wholeGroups <= 0 || digits.isEmpty {
            text += "0"
        } else {
            text += String(digit(0))
            for index in 1..<max(wholeGroups, 1) { text += digit(index).padded(4) }
        }
        guard scale > 0 else { return text }
        var fraction = ""
        var index = digits.isEmpty ? 0 : wholeGroups
        while fraction.utf8.count < Int(scale) {
            fraction += digit(index).padded(4)
            index += 1
        }
        return text + "." + fraction.prefix(Int(scale))
    }

    private func digit(_ index: Int) -> Int16 {
        digits.indices.contains(index) ? digits[index] : 0
    }
}

extension PostgresNumeric: PostgresEncodable, PostgresDecodable, PostgresArrayElement {
    /// `numeric`
    public static var postgresType: PostgresType { .numeric }
    /// `numeric[]`
    public static var postgresArrayType: PostgresType { .numericArray }

    /// Digit count, weight, sign, scale, digits: 16 bits each.
    public func encode(into buffer: inout PostgresBuffer) {
        buffer.append(Int16(digits.count))
        buffer.append(weight)
        buffer.append(sign.rawValue)
        buffer.append(scale)
        for digit in digits { buffer.append(digit) }
    }

    /// Reads `numeric`.
    public static func decode(
        _ bytes: RawSpan, type: PostgresType
    ) throws(DecodingProblem) -> PostgresNumeric {
        guard type == .numeric else { throw .unexpectedType }
        guard bytes.byteCount >= 8 else { throw .wrongLength }
        let count = Int(bytes.load(Int16.self, at: 0))
        guard count >= 0, bytes.byteCount == 8 + 2 * count else { throw .wrongLength }
        guard let sign = Sign(rawValue: bytes.load(at: 4)) else { throw .invalidFormat }
        var digits: [Int16] = []
        digits.reserveCapacity(count)
        for index in 0..<count {
            let digit: Int16 = bytes.load(at: 8 + 2 * index)
            guard (0...9_999).contains(digit) else { throw .invalidFormat }
            digits.append(digit)
        }
        return PostgresNumeric(
            sign: sign, weight: bytes.load(at: 2), scale: bytes.load(at: 6), digits: digits)
    }
}
