/// A value that can be read from PostgreSQL's binary format.
public protocol PostgresDecodable: Sendable {
    /// The type that is read where none is on the wire (COPY).
    static var postgresType: PostgresType { get }

    /// Reads the value from the bytes of a column of the given type.
    static func decode(
        _ bytes: RawSpan, type: PostgresType
    ) throws(DecodingProblem) -> Self

    /// What NULL is read as; refuses unless the type is optional.
    static func decodeNull() throws(DecodingProblem) -> Self
}

extension PostgresDecodable {
    /// NULL is no value of a type that is not optional.
    public static func decodeNull() throws(DecodingProblem) -> Self {
        throw .unexpectedNull
    }
}
