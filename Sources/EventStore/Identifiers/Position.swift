/// The place of an event in its tenant's log: dense from 1, in commit order. Zero is "before the first".
public struct Position: Hashable, Comparable, Sendable, CustomStringConvertible {
    public let value: Int64

    public init(_ value: Int64) { self.value = value }

    /// Before the first event.
    public static let start = Position(0)

    public static func < (left: Position, right: Position) -> Bool { left.value < right.value }

    public func advanced(by count: Int) -> Position { Position(value + Int64(count)) }

    public var description: String { String(value) }
}
