/// Text for a column of type `json`: a plain `String` is sent as `text`, which `json` refuses.
public struct PostgresJSON: Sendable, Hashable, PostgresEncodable, PostgresDecodable,
    PostgresArrayElement
{
    /// The JSON text, exactly as written.
    public let text: String

    /// Wraps JSON text; the server checks it.
    public init(_ text: String) {
        self.text = text
    }

    /// `json`
    public static var postgresType: PostgresType { .json }
    /// `json[]`
    public static var postgresArrayType: PostgresType { .jsonArray }

    /// UTF-8.
    public func encode(into buffer: inout PostgresBuffer) { buffer.append(utf8: text) }

    /// Reads `json`.
    public static func decode(
        _ bytes: RawSpan, type: PostgresType
    ) throws(DecodingProblem) -> PostgresJSON {
        guard type == .json else { throw .unexpectedType }
        guard let text = bytes.validatedString else { throw .invalidFormat }
        return PostgresJSON(text)
    }
}
