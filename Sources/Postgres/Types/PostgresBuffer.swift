/// Bytes being written in PostgreSQL's binary format: network byte order, lengths in front.
public struct PostgresBuffer: Sendable {
    /// What has been written.
    public private(set) var bytes: [UInt8]

    /// An empty buffer with room for some bytes.
    public init(capacity: Int = 0) {
        bytes = []
        bytes.reserveCapacity(capacity)
    }

    /// How many bytes have been written.
    public var count: Int { bytes.count }

    /// Appends an integer in network byte order.
    @inlinable
    public mutating func append<Integer: FixedWidthInteger & BitwiseCopyable>(_ value: Integer) {
        _append(value.bigEndian)
    }

    /// Appends bytes as they are.
    public mutating func append(contentsOf other: [UInt8]) {
        bytes.append(contentsOf: other)
    }

    /// Appends text as UTF-8.
    public mutating func append(utf8 text: String) {
        bytes.append(contentsOf: text.utf8)
    }

    /// Appends a value behind its length; NULL is the length −1.
    public mutating func appendField<Value: PostgresEncodable>(_ value: Value) {
        guard !value.isPostgresNull else { return append(Int32(-1)) }
        let start = bytes.count
        append(Int32(0))
        value.encode(into: &self)
        patch(Int32(bytes.count - start - 4), at: start)
    }

    /// Forgets everything and keeps the memory.
    public mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
    }

    mutating func take() -> [UInt8] {
        let taken = bytes
        bytes = []
        bytes.reserveCapacity(taken.capacity)
        return taken
    }

    mutating func patch(_ value: Int32, at offset: Int) {
        bytes.withUnsafeMutableBytes {
            $0.storeBytes(of: value.bigEndian, toByteOffset: offset, as: Int32.self)
        }
    }

    @usableFromInline
    mutating func _append<Value: BitwiseCopyable>(_ value: Value) {
        withUnsafeBytes(of: value) { bytes.append(contentsOf: $0) }
    }
}
