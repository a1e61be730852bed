public import FoundationEssentials

extension Bool: PostgresEncodable, PostgresDecodable, PostgresArrayElement {
    /// `boolean`
    public static var postgresType: PostgresType { .bool }
    /// `boolean[]`
    public static var postgresArrayType: PostgresType { .boolArray }

    /// One byte, 0 or 1.
    public func encode(into buffer: inout PostgresBuffer) { buffer.append(UInt8(self ? 1 : 0)) }

    /// Reads `boolean`.
    public static func decode(
        _ bytes: RawSpan, type: PostgresType
    ) throws(DecodingProblem) -> Bool {
        guard type == .bool else { throw .unexpectedType }
        guard bytes.byteCount == 1 else { throw .wrongLength }
        return bytes.load(UInt8.self, at: 0) != 0
    }
}

extension Double: PostgresEncodable, PostgresDecodable, PostgresArrayElement {
    /// `double precision`
    public static var postgresType: PostgresType { .float8 }
    /// `double precision[]`
    public static var postgresArrayType: PostgresType { .float8Array }

    /// Eight bytes.
    public func encode(into buffer: inout PostgresBuffer) { buffer.append(bitPattern) }

    /// Reads `double precision`, and `real`, which fits exactly.
    public static func decode(
        _ bytes: RawSpan, type: PostgresType
    ) throws(DecodingProblem) -> Double {
        switch type {
        case .float8:
            guard bytes.byteCount == 8 else { throw .wrongLength }
            return Double(bitPattern: bytes.load(at: 0))
        case .float4:
            guard bytes.byteCount == 4 else { throw .wrongLength }
            return Double(Float(bitPattern: bytes.load(at: 0)))
        default: throw .unexpectedType
        }
    }
}

extension String: PostgresEncodable, PostgresDecodable, PostgresArrayElement {
    /// `text`
    public static var postgresType: PostgresType { .text }
    /// `text[]`
    public static var postgresArrayType: PostgresType { .textArray }

    /// UTF-8.
    public func encode(into buffer: inout PostgresBuffer) { buffer.append(utf8: self) }

    /// Reads `text`, `varchar`, `char(n)`, `name`, `json` and `"char"`.
    public static func decode(
        _ bytes: RawSpan, type: PostgresType
    ) throws(DecodingProblem) -> String {
        switch type {
        case .text, .varchar, .bpchar, .name, .json, .char, .unknown:
            guard let text = bytes.validatedString else { throw .invalidFormat }
            return text
        default: throw .unexpectedType
        }
    }
}

extension UUID: PostgresEncodable, PostgresDecodable, PostgresArrayElement {
    /// `uuid`
    public static var postgresType: PostgresType { .uuid }
    /// `uuid[]`
    public static var postgresArrayType: PostgresType { .uuidArray }

    /// Sixteen bytes.
    public func encode(into buffer: inout PostgresBuffer) { buffer._append(uuid) }

    /// Reads `uuid`.
    public static func decode(
        _ bytes: RawSpan, type: PostgresType
    ) throws(DecodingProblem) -> UUID {
        guard type == .uuid else { throw .unexpectedType }
        guard bytes.byteCount == 16 else { throw .wrongLength }
        return UUID(uuid: bytes.unsafeLoadUnaligned(fromByteOffset: 0, as: uuid_t.self))
    }
}

extension Optional: PostgresEncodable where Wrapped: PostgresEncodable {
    /// The wrapped type: nil is a NULL of that type.
    public static var postgresType: PostgresType { Wrapped.postgresType }

    /// nil is NULL.
    public var isPostgresNull: Bool { self?.isPostgresNull ?? true }

    /// The wrapped value's bytes.
    public func encode(into buffer: inout PostgresBuffer) { self?.encode(into: &buffer) }
}

extension Optional: PostgresDecodable where Wrapped: PostgresDecodable {
    /// The wrapped type.
    public static var postgresType: PostgresType { Wrapped.postgresType }

    /// Reads the wrapped value.
    public static func decode(
        _ bytes: RawSpan, type: PostgresType
    ) throws(DecodingProblem) -> Wrapped? {
        try Wrapped.decode(bytes, type: type)
    }

    /// NULL is nil.
    public static func decodeNull() throws(DecodingProblem) -> Wrapped? { nil }
}
