/// A complete result: rows by position, and what the statement did.
public struct Rows: Sendable, RandomAccessCollection {
    let result: ResultHandle

    /// The first position.
    public var startIndex: Int { 0 }
    /// The number of rows.
    public var endIndex: Int { result.rowCount }

    /// The row at a position.
    public subscript(position: Int) -> Row {
        precondition(indices.contains(position), "no row \(position)")
        return Row(result: result, index: position)
    }

    /// How many rows were inserted, updated, deleted, selected or copied.
    public var affectedRows: Int { result.affectedRows }

    /// What the server says it did, e.g. `INSERT 0 3`.
    public var commandTag: String { result.commandTag }

    /// The columns' names, in order.
    public var columns: [String] { (0..<result.columnCount).map(result.columnName) }

    /// Decodes every row by position.
    public func decode<each Value: PostgresDecodable>(
        _ type: (repeat each Value).Type
    ) throws(PostgresError) -> [(repeat each Value)] {
        var decoded: [(repeat each Value)] = []
        decoded.reserveCapacity(count)
        for row in self { decoded.append(try row.decode(type)) }
        return decoded
    }
}
