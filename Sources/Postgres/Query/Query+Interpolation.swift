public import FoundationEssentials

extension Query {
    /// Collects the text and binds the values.
    public struct StringInterpolation: StringInterpolationProtocol, Sendable {
        var sql: String
        var parameters = ParameterList()
        var isUnsafe = false

        /// Room for the text and the places of the values.
        public init(literalCapacity: Int, interpolationCount: Int) {
            sql = ""
            sql.reserveCapacity(literalCapacity + interpolationCount * 3)
        }

        /// Text from the source code.
        public mutating func appendLiteral(_ literal: String) {
            sql += literal
        }

        /// Binds a value: `$n` in the text.
        public mutating func appendInterpolation<Value: PostgresEncodable>(_ value: Value) {
            parameters.append(value)
            sql += "$\(parameters.count)"
        }

        /// Binds a value or a NULL of its type: `$n` in the text.
        public mutating func appendInterpolation<Value: PostgresEncodable>(_ value: Value?) {
            parameters.append(value)
            sql += "$\(parameters.count)"
        }

        /// The name of an object, quoted, so that no name can end its quotes.
        public mutating func appendInterpolation(identifier: String) {
            sql += identifier.quotedIdentifier
        }

        /// Text as it stands: the caller vouches for every character. The query is not prepared.
        public mutating func appendInterpolation(unsafeSQL: String) {
            sql += unsafeSQL
            isUnsafe = true
        }

        /// A quoted literal, for the few statements that take no parameters (COPY, SET, NOTIFY).
        public mutating func appendInterpolation(literal: String) {
            sql += literal.quotedLiteral
        }

        /// An integer literal, for the few statements that take no parameters.
        public mutating func appendInterpolation(literal: Int64) {
            sql += "(\(String(literal)))"
        }

        /// A UUID literal, for the few statements that take no parameters.
        public mutating func appendInterpolation(literal: UUID) {
            sql += "'\(literal.uuidString)'::uuid"
        }
    }
}

extension String {
    var quotedIdentifier: String {
        quoted("\"")
    }

    /// Right whatever `standard_conforming_strings` says: a backslash makes it an `E''` literal.
    var quotedLiteral: String {
        guard utf8.contains(UInt8(ascii: "\\")) else { return quoted("'") }
        let doubled = flatMapUTF8 { $0 == UInt8(ascii: "\\") ? [$0, $0] : [$0] }
        return " E" + doubled.quoted("'")
    }

    private func quoted(_ mark: Unicode.Scalar) -> String {
        let mark = UInt8(ascii: mark)
        let inner = flatMapUTF8 { $0 == mark ? [mark, mark] : [$0] }
        let edge = String(Unicode.Scalar(mark))
        return edge + inner + edge
    }

    private func flatMapUTF8(_ transform: (UInt8) -> [UInt8]) -> String {
        String(decoding: utf8.flatMap(transform), as: UTF8.self)
    }
}
