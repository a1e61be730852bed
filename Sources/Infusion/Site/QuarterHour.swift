/// A quarter of an hour by the clock of UTC, which in every zone of today is one by the wall clock too: what
/// nurses are counted by.
public struct QuarterHour: Hashable, Comparable, Sendable {
    public static let minutes: Int64 = 15
    private static let microseconds = minutes * 60_000_000

    public let start: Instant

    /// The one that holds the instant.
    public init(holding instant: Instant) {
        let micros = instant.microsecondsSinceUnixEpoch
        let past = (micros % Self.microseconds + Self.microseconds) % Self.microseconds
        start = Instant(microsecondsSinceUnixEpoch: micros - past)
    }

    public var end: Instant { start.adding(minutes: Self.minutes) }

    /// Every one of which the half-open interval takes something, in order.
    public static func touched(from: Instant, until: Instant) -> [QuarterHour] {
        var all: [QuarterHour] = []
        var next = QuarterHour(holding: from)
        while next.start < until {
            all.append(next)
            next = QuarterHour(holding: next.end)
        }
        return all
    }

    public static func < (left: QuarterHour, right: QuarterHour) -> Bool {
        left.start < right.start
    }
}
