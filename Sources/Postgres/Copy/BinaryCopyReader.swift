/// Reads rows from the chunks of `COPY … TO STDOUT (FORMAT binary)`, wherever they are cut.
///
/// ```swift
/// var reader = BinaryCopyReader()
/// for try await chunk in stream {
///     reader.append(chunk)
///     while try reader.advance() {
///         let position = try reader.decode(Int64.self, at: 0)
///     }
/// }
/// try reader.finish()
/// ```
///
/// Rows are read in place: nothing is allocated per row beyond the values asked for.
public struct BinaryCopyReader: Sendable {
    private enum State {
        case header
        case rows
        case ended
    }

    private struct Field {
        let offset: Int
        /// −1 is NULL.
        let length: Int
    }

    private var bytes: [UInt8] = []
    /// Where the next row begins; everything before has been read.
    private var start = 0
    private var state = State.header
    private var fields: [Field] = []

    /// A reader at the beginning of a stream.
    public init() {}

    /// How many columns the current row has.
    public var columnCount: Int { fields.count }

    /// Adds the next chunk. The current row is gone.
    public mutating func append(_ chunk: [UInt8]) {
        fields.removeAll(keepingCapacity: true)
        if start == bytes.count {
            bytes = chunk
        } else {
            bytes.removeFirst(start)
            bytes.append(contentsOf: chunk)
        }
        start = 0
    }

    /// Moves to the next row; false if another chunk is needed, or at the end.
    public mutating func advance() throws(PostgresError) -> Bool {
        if state == .header {
            guard try readHeader() else { return false }
        }
        guard state == .rows else {
            guard start == bytes.count else { throw format("bytes behind the end") }
            return false
        }
        guard bytes.count - start >= 2 else { return false }
        let count = Int(load(Int16.self, at: start))
        guard count != -1 else {
            start += 2
            state = .ended
            fields.removeAll(keepingCapacity: true)
            return try advance()
        }
        guard count >= 0 else { throw format("a row with a negative number of columns") }
        return try readFields(count)
    }

    /// Decodes a column of the current row by its position, counted from zero.
    ///
    /// The stream names no types, so the value is read as the one type that `Value` stands for.
    public func decode<Value: PostgresDecodable>(
        _ type: Value.Type = Value.self, at column: Int
    ) throws(PostgresError) -> Value {
        guard fields.indices.contains(column) else {
            throw .decoding(
                .missingColumn, column: nil, index: column, expected: "\(type)", found: nil)
        }
        let field = fields[column]
        do throws(DecodingProblem) {
            guard field.length >= 0 else { return try Value.decodeNull() }
            let range = field.offset..<(field.offset + field.length)
            return try Value.decode(
                bytes.span.bytes.extracting(range), type: Value.postgresType)
        } catch {
            throw .decoding(error, column: nil, index: column, expected: "\(type)", found: nil)
        }
    }

    /// Decodes the current row by position: `reader.decode((UUID, String).self)`.
    public func decode<each Value: PostgresDecodable>(
        _ type: (repeat each Value).Type
    ) throws(PostgresError) -> (repeat each Value) {
        var column = -1
        func next<Next: PostgresDecodable>(_ type: Next.Type) throws(PostgresError) -> Next {
            column += 1
            return try decode(type, at: column)
        }
        let values = (repeat try next((each Value).self))
        guard column + 1 == fields.count else {
            throw .decoding(
                .wrongColumnCount, column: nil, index: fields.count, expected: "\(type)",
                found: nil)
        }
        return values
    }

    /// Gives the bytes of a column to a parser of the caller's, without a copy; nil is NULL.
    public func withBytes<Result>(
        at column: Int, _ body: (RawSpan?) throws -> Result
    ) rethrows -> Result {
        let field = fields[column]
        guard field.length >= 0 else { return try body(nil) }
        let range = field.offset..<(field.offset + field.length)
        return try body(bytes.span.bytes.extracting(range))
    }

    /// Checks that the stream ended where the format says it does.
    public func finish() throws(PostgresError) {
        guard state == .ended, start == bytes.count else {
            throw format("the stream ended too early")
        }
    }

    private mutating func readHeader() throws(PostgresError) -> Bool {
        guard bytes.count - start >= 19 else { return false }
        guard bytes[start..<start + 11].elementsEqual(BinaryCopyWriter.header.prefix(11)) else {
            throw format("not a binary COPY")
        }
        // The lower half of the flags may be ignored, the upper half must be understood.
        guard load(UInt32.self, at: start + 11) & 0xFFFF_0000 == 0 else {
            throw format("unknown flags")
        }
        let extensionBytes = Int(load(Int32.self, at: start + 15))
        guard extensionBytes >= 0 else { throw format("negative header extension") }
        guard bytes.count - start - 19 >= extensionBytes else { return false }
        start += 19 + extensionBytes
        state = .rows
        return true
    }

    private mutating func readFields(_ count: Int) throws(PostgresError) -> Bool {
        fields.removeAll(keepingCapacity: true)
        var offset = start + 2
        for _ in 0..<count {
            guard bytes.count - offset >= 4 else { return incomplete() }
            let length = Int(load(Int32.self, at: offset))
            offset += 4
            guard length >= -1 else { throw format("a field of negative length") }
            guard bytes.count - offset >= length else { return incomplete() }
            fields.append(Field(offset: offset, length: length))
            offset += max(0, length)
        }
        start = offset
        return true
    }

    private func load<Integer: FixedWidthInteger & BitwiseCopyable>(
        _ type: Integer.Type, at offset: Int
    ) -> Integer {
        bytes.span.bytes.load(type, at: offset)
    }

    private mutating func incomplete() -> Bool {
        fields.removeAll(keepingCapacity: true)
        return false
    }

    private func format(_ note: String) -> PostgresError {
        PostgresError(.copyFormat, note: note)
    }
}
