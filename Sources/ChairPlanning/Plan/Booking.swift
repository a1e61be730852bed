/// Where and when one visit takes place.
public struct Booking: Hashable, Sendable {
    /// Index into the instance's chairs.
    public let chair: Int
    /// Minutes from the first day's midnight.
    public let start: Int

    public init(chair: Int, start: Int) {
        self.chair = chair
        self.start = start
    }
}
