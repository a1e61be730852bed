/// The place of an event in its stream: dense from 1. Zero is "no such stream yet".
public struct StreamVersion: Hashable, Comparable, Sendable, CustomStringConvertible {
    public let value: Int64

    public init(_ value: Int64) { self.value = value }

    /// The version of a stream that has no events.
    public static let none = StreamVersion(0)

    public static func < (left: StreamVersion, right: StreamVersion) -> Bool {
        left.value < right.value
    }

    public func advanced(by count: Int) -> StreamVersion { StreamVersion(value + Int64(count)) }

    public var description: String { String(value) }
}
