/// Where a row came from: enough to find it again, nothing of what it says.
public struct RowLocation: Hashable, Sendable, CustomStringConvertible {
    public let file: String
    /// Line of a file of lines, index of a bundle's entry; both from 1.
    public let row: Int
    /// The column, where one line holds several values.
    public let column: String?
    public init(file: String, row: Int, column: String? = nil) {
        self.file = file
        self.row = row
        self.column = column
    }
    public var description: String {
        column.map { "\(file):\(row):\($0)" } ?? "\(file):\(row)"
    }
}
