/// A statement and the values bound to it.
///
/// Interpolation binds: `"SELECT name FROM rooms WHERE id = \(id)"` sends `$1` and the value
/// beside it, never inside the text. Text that is not in the source code must spell `unsafeSQL`.
public struct Query: Sendable, ExpressibleByStringInterpolation {
    /// How the statement is prepared on the server.
    enum Preparation: Sendable, Hashable {
        /// Once per connection, under a name made from this one.
        case named(String)
        /// Once per connection, found again by its text.
        case byText
        /// Parsed on each call, for what runs once.
        case never
    }

    /// The text, with `$1`, `$2`… where values are bound.
    public let sql: String

    let parameters: ParameterList
    let preparation: Preparation

    init(sql: String, parameters: ParameterList, preparation: Preparation) {
        self.sql = sql
        self.parameters = parameters
        self.preparation = preparation
    }

    /// A text that was made at run time: the caller vouches for every character. Not prepared.
    public init(unsafeSQL sql: String, _ parameters: any PostgresEncodable...) {
        self.init(sql: sql, parameters: ParameterList(parameters), preparation: .never)
    }

    /// A text written in the source code.
    public init(stringLiteral value: String) {
        self.init(sql: value, parameters: ParameterList(), preparation: .byText)
    }

    /// A text written in the source code with values bound to it.
    public init(stringInterpolation: StringInterpolation) {
        self.init(
            sql: stringInterpolation.sql, parameters: stringInterpolation.parameters,
            preparation: stringInterpolation.isUnsafe ? .never : .byText)
    }
}

extension Query: CustomStringConvertible {
    /// The text without the values. Bound values are never shown.
    public var description: String { sql }
}

extension Query: CustomReflectable {
    /// Shows how many values are bound, never which.
    public var customMirror: Mirror {
        Mirror(self, children: ["sql": sql, "parameters": parameters.count])
    }
}
