/// A date and a time on the wall of a site: what people agree on. Which instant that is, is decided by the
/// site's zone, as late as possible: the rules of zones change, and what was agreed does not. See
/// ``ZoneClock``.
public struct LocalTime: Hashable, Comparable, Sendable, CustomStringConvertible {
    public let date: CalendarDate
    public let time: ClockTime

    public init(_ date: CalendarDate, _ time: ClockTime) {
        self.date = date
        self.time = time
    }

    /// Reads `YYYY-MM-DDTHH:MM`, and nothing else.
    public init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "T", omittingEmptySubsequences: false)
        guard parts.count == 2, let date = CalendarDate(String(parts[0])),
            let time = ClockTime(parts[1])
        else { return nil }
        self.init(date, time)
    }

    public static func < (left: LocalTime, right: LocalTime) -> Bool {
        (left.date, left.time) < (right.date, right.time)
    }

    /// What the clocks show so many minutes on, were none of them ever changed.
    public func adding(minutes: Int) -> LocalTime {
        let total = wallMinutes + minutes
        let day = Int((Double(total) / Double(ClockTime.minutesPerDay)).rounded(.down))
        guard let time = ClockTime(minutes: total - day * ClockTime.minutesPerDay) else {
            preconditionFailure("a remainder is below its divisor")
        }
        return LocalTime(CalendarDate(dayNumber: day), time)
    }

    /// Minutes of the wall clock since 1970-01-01T00:00.
    public var wallMinutes: Int { date.dayNumber * ClockTime.minutesPerDay + time.minutes }

    /// `YYYY-MM-DDTHH:MM`
    public var description: String { "\(date)T\(time)" }
}

/// From one time on the wall to a later one.
public struct LocalPeriod: Hashable, Sendable, CustomStringConvertible {
    public let from: LocalTime
    public let until: LocalTime

    /// `nil` unless it ends after it begins.
    public init?(from: LocalTime, until: LocalTime) {
        guard from < until else { return nil }
        self.from = from
        self.until = until
    }

    /// From the beginning of one date to the end of another; `nil` if that is before it.
    public init?(wholeDaysFrom first: CalendarDate, to last: CalendarDate) {
        self.init(
            from: LocalTime(first, .midnight), until: LocalTime(last.adding(days: 1), .midnight))
    }

    /// As the wall clock counts, which is an hour off where it is changed within.
    public var wallMinutes: Int { until.wallMinutes - from.wallMinutes }

    public func contains(_ other: LocalPeriod) -> Bool {
        from <= other.from && other.until <= until
    }
    public func overlaps(_ other: LocalPeriod) -> Bool { from < other.until && other.from < until }

    /// `YYYY-MM-DDTHH:MM/YYYY-MM-DDTHH:MM`
    public var description: String { "\(from)/\(until)" }
}
