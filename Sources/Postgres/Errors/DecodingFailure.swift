/// What could not be decoded: where, what was expected, what was found; never the content.
public struct DecodingFailure: Sendable, Hashable, CustomStringConvertible {
    /// The column's name, where the result has names (COPY has none).
    public let column: String?
    /// The column's position, counted from zero; nil if no such column exists.
    public let index: Int?
    /// The Swift type that was asked for.
    public let expected: String
    /// The type of the column as the server described it; nil in a COPY, which carries none.
    public let found: PostgresType?
    /// What was wrong.
    public let problem: DecodingProblem

    /// Column, types and problem.
    public var description: String {
        let place = column.map { "\"\($0)\"" } ?? index.map { "#\($0)" } ?? "?"
        let type = found.map { ", found \($0)" } ?? ""
        return "column \(place): \(problem.rawValue), expected \(expected)\(type)"
    }
}

extension PostgresError {
    static func decoding(
        _ problem: DecodingProblem, column: String?, index: Int?, expected: String,
        found: PostgresType?
    ) -> PostgresError {
        var fields = Fields()
        fields.decodingFailure = DecodingFailure(
            column: column, index: index, expected: expected, found: found, problem: problem)
        return PostgresError(.decoding, details: Details(fields: fields))
    }
}
