/// One row of a result. Its values are decoded when asked for.
public struct Row: Sendable {
    let result: ResultHandle
    let index: Int

    /// How many columns the row has.
    public var count: Int { result.columnCount }

    /// Decodes a column by its name.
    public func decode<Value: PostgresDecodable>(
        _ type: Value.Type = Value.self, _ column: String
    ) throws(PostgresError) -> Value {
        guard let position = result.position(of: column) else {
            throw .decoding(
                .missingColumn, column: column, index: nil, expected: "\(type)", found: nil)
        }
        return try decode(type, at: position)
    }

    /// Decodes a column by its position, counted from zero.
    public func decode<Value: PostgresDecodable>(
        _ type: Value.Type = Value.self, at column: Int
    ) throws(PostgresError) -> Value {
        guard column >= 0, column < count else {
            throw .decoding(
                .missingColumn, column: nil, index: column, expected: "\(type)", found: nil)
        }
        do throws(DecodingProblem) {
            guard !result.isNull(row: index, column: column) else { return try Value.decodeNull() }
            return try result.withBytes(row: index, column: column) {
                (bytes) throws(DecodingProblem) in
                try Value.decode(bytes, type: result.type(of: column))
            }
        } catch {
            throw .decoding(
                error, column: result.columnName(column), index: column, expected: "\(type)",
                found: result.type(of: column))
        }
    }

    /// Decodes all columns by position: `row.decode((UUID, String).self)`.
    public func decode<each Value: PostgresDecodable>(
        _ type: (repeat each Value).Type
    ) throws(PostgresError) -> (repeat each Value) {
        var wanted = 0
        for _ in repeat (each Value).self { wanted += 1 }
        guard wanted == count else {
            throw .decoding(
                .wrongColumnCount, column: nil, index: count, expected: "\(type)", found: nil)
        }
        var column = -1
        func next<Next: PostgresDecodable>(_ type: Next.Type) throws(PostgresError) -> Next {
            column += 1
            return try decode(type, at: column)
        }
        return (repeat try next((each Value).self))
    }

    /// Whether a column is NULL.
    public func isNull(at column: Int) -> Bool {
        result.isNull(row: index, column: column)
    }
}

extension Row: CustomStringConvertible, CustomReflectable {
    /// Says how many columns there are, never what is in them.
    public var description: String { "Row(\(count) columns)" }
    /// Shows no content.
    public var customMirror: Mirror { Mirror(self, children: ["columns": count]) }
}
