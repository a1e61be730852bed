/// What was wrong with a JSON text: first its grammar, then what a reader expected of it.
public enum JSONProblem: Hashable, Sendable, CustomStringConvertible {
    case tooLong(bytesMax: Int)
    case tooDeep(depthMax: Int)
    case notUTF8
    case unexpectedEnd
    case unexpectedByte
    case malformedNumber
    case malformedEscape
    /// `\uD800` without its other half: such text has no UTF-8.
    case loneSurrogate
    /// Below U+0020 and not escaped.
    case controlCharacter
    /// RFC 8259 leaves the meaning open, and two readers that differ are an attack.
    case duplicateKey
    case trailingBytes
    case missing
    /// An object has members that nobody asked for.
    case unexpectedMember
    case wrongKind(expected: JSONKind)
    /// The right kind, but not such a value; `expected` names the format, never the value.
    case invalid(expected: String)

    public var description: String {
        switch self {
        case .tooLong(let bytesMax): "longer than \(bytesMax) bytes"
        case .tooDeep(let depthMax): "nested deeper than \(depthMax)"
        case .notUTF8: "not UTF-8"
        case .unexpectedEnd: "ends too early"
        case .unexpectedByte: "unexpected byte"
        case .malformedNumber: "malformed number"
        case .malformedEscape: "malformed escape"
        case .loneSurrogate: "lone surrogate"
        case .controlCharacter: "unescaped control character"
        case .duplicateKey: "duplicate key"
        case .trailingBytes: "trailing bytes"
        case .missing: "missing"
        case .unexpectedMember: "unexpected member"
        case .wrongKind(let expected): "expected \(expected)"
        case .invalid(let expected): "expected \(expected)"
        }
    }
}
