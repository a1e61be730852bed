/// A moment, exact to the microsecond. What happened at an instant belongs to a calendar date only in a
/// time zone; see ``CalendarDate``.
public struct Instant: Hashable, Comparable, Sendable {
    public let microsecondsSinceUnixEpoch: Int64
    public init(microsecondsSinceUnixEpoch: Int64) {
        self.microsecondsSinceUnixEpoch = microsecondsSinceUnixEpoch
    }
    public static func < (left: Instant, right: Instant) -> Bool {
        left.microsecondsSinceUnixEpoch < right.microsecondsSinceUnixEpoch
    }
    public func adding(seconds: Int64) -> Instant {
        Instant(microsecondsSinceUnixEpoch: microsecondsSinceUnixEpoch + seconds * 1_000_000)
    }
    public func adding(hours: Int64) -> Instant { adding(seconds: hours * 3_600) }
    public func adding(minutes: Int64) -> Instant { adding(seconds: minutes * 60) }
    /// Seconds from `other` to this instant, rounded towards zero.
    public func seconds(since other: Instant) -> Int64 {
        (microsecondsSinceUnixEpoch - other.microsecondsSinceUnixEpoch) / 1_000_000
    }
}
