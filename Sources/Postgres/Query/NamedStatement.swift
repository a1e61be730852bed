/// A statement from a `.sql` file, prepared on the server under its own name.
///
/// The name shows up in `pg_prepared_statements` and in plans, so it is the file's.
public struct NamedStatement: Sendable, Hashable {
    /// What the statement is called, e.g. `append_events`.
    public let name: String

    /// The whole text of the file.
    public let sql: String

    /// A statement by its name and the text of its file.
    public init(name: String, sql: String) {
        self.name = name
        self.sql = sql
    }

    /// Binds values to `$1`, `$2`… in their order.
    public func callAsFunction(_ parameters: any PostgresEncodable...) -> Query {
        binding(parameters)
    }

    /// Binds values known only as a list.
    public func binding(_ parameters: [any PostgresEncodable]) -> Query {
        Query(
            sql: sql, parameters: ParameterList(parameters), preparation: .named(name))
    }

    /// The statement without the comments in front of it.
    public var displayText: String {
        var rest = sql[...]
        while true {
            rest = rest.drop(while: \.isWhitespace)
            if rest.hasPrefix("--") {
                rest = rest.drop(while: { !$0.isNewline })
            } else if rest.hasPrefix("/*"), let end = Self.endOfBlockComment(rest) {
                rest = rest[end...]
            } else {
                return String(rest)
            }
        }
    }

    private static func endOfBlockComment(_ text: Substring) -> Substring.Index? {
        var index = text.index(text.startIndex, offsetBy: 2)
        while index < text.endIndex {
            let next = text.index(after: index)
            if text[index] == "*", next < text.endIndex, text[next] == "/" {
                return text.index(after: next)
            }
            index = next
        }
        return nil
    }
}
