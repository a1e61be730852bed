/// Writes rows in the format of `COPY … (FORMAT binary)`.
public struct BinaryCopyWriter: Sendable {
    /// Eleven bytes that no text conversion leaves intact, then no flags and no extension.
    static let header: [UInt8] = [
        0x50, 0x47, 0x43, 0x4F, 0x50, 0x59, 0x0A, 0xFF, 0x0D, 0x0A, 0x00, 0, 0, 0, 0, 0, 0, 0, 0,
    ]

    private var buffer = PostgresBuffer(capacity: PostgresLimits.copyChunkBytes + 4_096)

    /// Begins with the header.
    public init() {
        buffer.append(contentsOf: Self.header)
    }

    /// Appends one row, one value per column of the COPY, of exactly the columns' types.
    public mutating func append<each Value: PostgresEncodable>(_ values: repeat each Value) {
        var count: Int16 = 0
        for _ in repeat (each Value).self { count += 1 }
        buffer.append(count)
        repeat buffer.appendField(each values)
    }

    /// Whether it is time to send what has been written.
    public var isChunkFull: Bool { buffer.count >= PostgresLimits.copyChunkBytes }

    /// Takes what has been written.
    public mutating func takeChunk() -> [UInt8] {
        buffer.take()
    }

    /// Writes the end and takes what is left.
    public mutating func finish() -> [UInt8] {
        buffer.append(Int16(-1))
        return buffer.take()
    }
}
