/// From one time of the clock to another: on the same date, or on the next one if the second is not later.
/// From a time to the same time are 24 hours.
public struct ClockSpan: Hashable, Sendable, CustomStringConvertible {
    public let from: ClockTime
    public let until: ClockTime

    public init(from: ClockTime, until: ClockTime) {
        self.from = from
        self.until = until
    }

    /// Reads `HH:MM-HH:MM`, and nothing else; a day's end is `24:00`.
    public init?(_ text: some StringProtocol) {
        let ends = text.split(separator: "-", omittingEmptySubsequences: false)
        guard ends.count == 2, let from = ClockTime(ends[0]),
            let until = ends[1] == "24:00" ? .midnight : ClockTime(ends[1])
        else { return nil }
        self.init(from: from, until: until)
    }

    /// As the wall clock counts, 1 to 1440.
    public var wallMinutes: Int {
        until.minutes - from.minutes + (until <= from ? ClockTime.minutesPerDay : 0)
    }

    /// On the date it begins on.
    public func period(on date: CalendarDate) -> LocalPeriod {
        let start = LocalTime(date, from)
        guard
            let period = LocalPeriod(from: start, until: start.adding(minutes: wallMinutes))
        else { preconditionFailure("a span of the clock has at least a minute") }
        return period
    }

    /// `08:00-16:00`; a day's end is `24:00`.
    public var description: String {
        "\(from)-\(until == .midnight ? "24:00" : until.description)"
    }
}

/// When a site is open in an ordinary week, from a date on until other hours come into force.
public struct WeeklyHours: Hashable, Sendable {
    /// The first date whose hours these are.
    public let validFrom: CalendarDate
    /// In the order of the day; on a weekday without any the site is closed.
    private let days: [Weekday: [ClockSpan]]

    public init(validFrom: CalendarDate, days: [Weekday: [ClockSpan]]) {
        self.validFrom = validFrom
        self.days = days.compactMapValues { spans in
            spans.isEmpty ? nil : spans.sorted { $0.from < $1.from }
        }
    }

    public func spans(on weekday: Weekday) -> [ClockSpan] { days[weekday] ?? [] }

    /// The first weekday one of whose spans runs into another span of the week.
    var overlap: Weekday? {
        let week = Weekday.allCases.flatMap { weekday in
            spans(on: weekday).map { span in
                let from = weekday.number * ClockTime.minutesPerDay + span.from.minutes
                return (weekday: weekday, from: from, until: from + span.wallMinutes)
            }
        }
        guard let first = week.first, let last = week.last else { return nil }
        for (span, next) in zip(week, week.dropFirst()) where span.until > next.from {
            return span.weekday
        }
        let minutesPerWeek = Weekday.allCases.count * ClockTime.minutesPerDay
        return last.until > first.from + minutesPerWeek ? last.weekday : nil
    }
}

/// Why a site is closed outside its ordinary hours' own gaps.
public enum ClosureReason: String, Hashable, Sendable, CaseIterable {
    case publicHoliday, staffShortage, training, maintenance, emergency, other
}

/// A time in which the site is closed, whatever its hours and openings say.
public struct SiteClosure: Hashable, Sendable {
    public let id: SiteEntryID
    public let period: LocalPeriod
    public let reason: ClosureReason

    public init(id: SiteEntryID, period: LocalPeriod, reason: ClosureReason) {
        self.id = id
        self.period = period
        self.reason = reason
    }
}

/// A time in which the site is open besides its ordinary hours.
public struct SiteOpening: Hashable, Sendable {
    public let id: SiteEntryID
    public let period: LocalPeriod

    public init(id: SiteEntryID, period: LocalPeriod) {
        self.id = id
        self.period = period
    }
}
