/// A value that can be sent to PostgreSQL in its binary format, with its exact type.
public protocol PostgresEncodable: Sendable {
    /// The type the server is told; a nil of this type keeps it.
    static var postgresType: PostgresType { get }

    /// Whether this value is sent as NULL; `encode` is then not called.
    var isPostgresNull: Bool { get }

    /// Appends the value's bytes, without a length in front.
    func encode(into buffer: inout PostgresBuffer)
}

extension PostgresEncodable {
    /// Only optionals are NULL.
    public var isPostgresNull: Bool { false }
}
