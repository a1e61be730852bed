public import Foundation

/// How the streams of a tenant fall into partitions. The same for ever: checkpoints rest on it.
public struct StreamPartitions: Hashable, Sendable {
    public let count: Int32

    public init(count: Int32) { self.count = count }

    /// FNV-1a over the 16 bytes of the id, whatever the ids are made of.
    public func partition(of stream: UUID) -> Int16 {
        let hash = withUnsafeBytes(of: stream.uuid) { bytes in
            bytes.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        }
        return Int16(hash % UInt64(count))
    }
}
