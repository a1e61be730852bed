/// One day's hours, in minutes from the first day's midnight: Tuesday at 8 is 1440 + 480 = 1920.
public struct DayHours: Hashable, Sendable {
    /// The first minute in which a visit may start.
    public let opens: Int
    /// Whoever leaves later has overtime from here on; at most `closes`.
    public let overtimeFrom: Int
    /// Nobody is in a chair any more; the buffer lies before it.
    public let closes: Int

    public init(opens: Int, overtimeFrom: Int, closes: Int) {
        self.opens = opens
        self.overtimeFrom = overtimeFrom
        self.closes = closes
    }

    /// Nothing where it closes before it opens, which no sound instance has.
    var open: Range<Int> { opens..<max(opens, closes) }
}
