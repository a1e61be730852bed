extension Int16: PostgresEncodable, PostgresDecodable, PostgresArrayElement {
    /// `smallint`
    public static var postgresType: PostgresType { .int2 }
    /// `smallint[]`
    public static var postgresArrayType: PostgresType { .int2Array }

    /// Two bytes.
    public func encode(into buffer: inout PostgresBuffer) { buffer.append(self) }

    /// Reads `smallint`, nothing else.
    public static func decode(
        _ bytes: RawSpan, type: PostgresType
    ) throws(DecodingProblem) -> Int16 {
        try decodeInteger(bytes, type: type, expected: .int2)
    }
}

extension Int32: PostgresEncodable, PostgresDecodable, PostgresArrayElement {
    /// `integer`
    public static var postgresType: PostgresType { .int4 }
    /// `integer[]`
    public static var postgresArrayType: PostgresType { .int4Array }

    /// Four bytes.
    public func encode(into buffer: inout PostgresBuffer) { buffer.append(self) }

    /// Reads `integer`, nothing else.
    public static func decode(
        _ bytes: RawSpan, type: PostgresType
    ) throws(DecodingProblem) -> Int32 {
        try decodeInteger(bytes, type: type, expected: .int4)
    }
}

extension Int64: PostgresEncodable, PostgresDecodable, PostgresArrayElement {
    /// `bigint`
    public static var postgresType: PostgresType { .int8 }
    /// `bigint[]`
    public static var postgresArrayType: PostgresType { .int8Array }

    /// Eight bytes.
    public func encode(into buffer: inout PostgresBuffer) { buffer.append(self) }

    /// Reads `bigint`, nothing else.
    public static func decode(
        _ bytes: RawSpan, type: PostgresType
    ) throws(DecodingProblem) -> Int64 {
        try decodeInteger(bytes, type: type, expected: .int8)
    }
}

extension Int: PostgresEncodable, PostgresDecodable, PostgresArrayElement {
    /// `bigint`
    public static var postgresType: PostgresType { .int8 }
    /// `bigint[]`
    public static var postgresArrayType: PostgresType { .int8Array }

    /// Eight bytes.
    public func encode(into buffer: inout PostgresBuffer) { buffer.append(Int64(self)) }

    /// Reads every integer type: all of them fit.
    public static func decode(
        _ bytes: RawSpan, type: PostgresType
    ) throws(DecodingProblem) -> Int {
        switch type {
        case .int2: Int(try decodeInteger(bytes, type: type, expected: .int2) as Int16)
        case .int4: Int(try decodeInteger(bytes, type: type, expected: .int4) as Int32)
        default: Int(try decodeInteger(bytes, type: type, expected: .int8) as Int64)
        }
    }
}

private func decodeInteger<Integer: FixedWidthInteger & BitwiseCopyable>(
    _ bytes: RawSpan, type: PostgresType, expected: PostgresType
) throws(DecodingProblem) -> Integer {
    guard type == expected else { throw .unexpectedType }
    guard bytes.byteCount == MemoryLayout<Integer>.size else { throw .wrongLength }
    return bytes.load(at: 0)
}
