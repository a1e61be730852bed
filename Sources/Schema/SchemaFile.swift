/// One file of `schema/`, embedded in the binary.
public struct SchemaFile: Hashable, Sendable {
    /// The file's name without `.sql`: what `event_log.migrations` records.
    public let name: String
    /// The text of the file.
    public let sql: String

    /// A file by its name and text.
    public init(name: String, sql: String) {
        self.name = name
        self.sql = sql
    }

    init(_ name: String, _ bytes: [UInt8]) {
        self.name = name
        self.sql = String(decoding: bytes, as: UTF8.self)
    }
}
