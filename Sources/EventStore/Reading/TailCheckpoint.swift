/// Where a reader stands: the last event it has seen, and the epoch that event carried.
public struct TailCheckpoint: Hashable, Sendable {
    public let position: Position
    /// `nil` if the reader does not know; then a log that was cut short is noticed only while it is
    /// shorter than the checkpoint.
    public let logEpoch: Int32?

    public init(position: Position, logEpoch: Int32?) {
        self.position = position
        self.logEpoch = logEpoch
    }

    /// Before the first event.
    public static let start = TailCheckpoint(position: .start, logEpoch: nil)
}
