/// What a Swift array may hold to be sent and read as a one-dimensional PostgreSQL array.
///
/// `UInt8` is one too: `[UInt8]` is `bytea`, which is why the array is written and read here.
public protocol PostgresArrayElement: Sendable {
    /// The type of `[Self]`.
    static var postgresArrayType: PostgresType { get }

    /// Appends the bytes of an array of this type.
    static func encodeArray(_ elements: [Self], into buffer: inout PostgresBuffer)

    /// Reads an array of this type.
    static func decodeArray(
        _ bytes: RawSpan, type: PostgresType
    ) throws(DecodingProblem) -> [Self]
}

extension PostgresArrayElement where Self: PostgresEncodable & PostgresDecodable {
    /// The binary array format: dimensions, null flag, element type, length, lower bound, elements.
    public static func encodeArray(_ elements: [Self], into buffer: inout PostgresBuffer) {
        buffer.append(Int32(elements.isEmpty ? 0 : 1))
        buffer.append(Int32(elements.contains(where: \.isPostgresNull) ? 1 : 0))
        buffer.append((Self.postgresType as PostgresType).rawValue)
        guard !elements.isEmpty else { return }
        buffer.append(Int32(elements.count))
        buffer.append(Int32(1))
        for element in elements { buffer.appendField(element) }
    }

    /// Reads an array of one dimension, whatever its lower bound.
    public static func decodeArray(
        _ bytes: RawSpan, type: PostgresType
    ) throws(DecodingProblem) -> [Self] {
        guard bytes.byteCount >= 12 else { throw .wrongLength }
        let dimensions = bytes.load(Int32.self, at: 0)
        let elementType = PostgresType(rawValue: bytes.load(at: 8))
        guard type == postgresArrayType || isArrayOfSameText(type) else { throw .unexpectedType }
        guard dimensions != 0 else { return [] }
        guard dimensions == 1 else { throw .invalidFormat }
        guard bytes.byteCount >= 20 else { throw .wrongLength }
        let count = Int(bytes.load(Int32.self, at: 12))
        var offset = 20
        guard count >= 0, count <= (bytes.byteCount - offset) / 4 else { throw .wrongLength }
        var elements: [Self] = []
        elements.reserveCapacity(count)
        for _ in 0..<count {
            guard bytes.byteCount - offset >= 4 else { throw .wrongLength }
            let length = Int(bytes.load(Int32.self, at: offset))
            offset += 4
            guard length >= 0 else {
                guard length == -1 else { throw .invalidFormat }
                elements.append(try decodeNull())
                continue
            }
            guard bytes.byteCount - offset >= length else { throw .wrongLength }
            elements.append(
                try decode(bytes.extracting(offset..<(offset + length)), type: elementType))
            offset += length
        }
        guard offset == bytes.byteCount else { throw .wrongLength }
        return elements
    }

    private static func isArrayOfSameText(_ type: PostgresType) -> Bool {
        postgresArrayType == .textArray
            && (type == .varcharArray || type == .nameArray || type == .jsonArray)
    }
}

extension Optional: PostgresArrayElement
where Wrapped: PostgresArrayElement & PostgresEncodable & PostgresDecodable {
    /// The same array type: elements of a PostgreSQL array may always be NULL.
    public static var postgresArrayType: PostgresType { Wrapped.postgresArrayType }
}

extension UInt8: PostgresArrayElement {
    /// `bytea`: an array of bytes is a byte string.
    public static var postgresArrayType: PostgresType { .bytea }

    /// The bytes as they are.
    public static func encodeArray(_ elements: [UInt8], into buffer: inout PostgresBuffer) {
        buffer.append(contentsOf: elements)
    }

    /// Reads `bytea`.
    public static func decodeArray(
        _ bytes: RawSpan, type: PostgresType
    ) throws(DecodingProblem) -> [UInt8] {
        guard type == .bytea else { throw .unexpectedType }
        return bytes.copied
    }
}

extension Array: PostgresEncodable where Element: PostgresArrayElement {
    /// The array type of the element.
    public static var postgresType: PostgresType { Element.postgresArrayType }

    /// As the element's type says.
    public func encode(into buffer: inout PostgresBuffer) {
        Element.encodeArray(self, into: &buffer)
    }
}

extension Array: PostgresDecodable where Element: PostgresArrayElement {
    /// As the element's type says.
    public static func decode(
        _ bytes: RawSpan, type: PostgresType
    ) throws(DecodingProblem) -> [Element] {
        try Element.decodeArray(bytes, type: type)
    }
}

extension Array: PostgresArrayElement where Element == UInt8 {
    /// `bytea[]`
    public static var postgresArrayType: PostgresType { .byteaArray }
}
