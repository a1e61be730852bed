public import Foundation

/// What the clocks of a zone show, and which instant is meant when they are named.
///
/// Twice a year in most zones, and whenever the rules of a zone change, a time on the wall is not one
/// instant. The answers, everywhere in Ferrovia:
///
/// - **A time that is skipped** (02:30 where the clocks go from 02:00 to 03:00) is the first instant that
///   exists after it: the moment of the change.
/// - **A time that comes twice** (02:30 where the clocks go from 03:00 back to 02:00) is its first
///   occurrence, or its second, as the caller says: what begins then begins at the first; opening hours,
///   closures and outages that end then end at the second, so that each lasts at least as long as the
///   wall says; a shift ends at the first, so that nobody is counted on who may have left.
/// - **Midnight is the boundary of dates**: the end of a date and the beginning of the next are one
///   instant, the first at which the clocks show the later date.
public struct ZoneClock: Sendable {
    /// Which instant is meant by a time that comes twice.
    public enum Occurrence: Hashable, Sendable { case first, second }

    /// No zone is further from UTC, and none changes its clocks twice within twice as much.
    private static let farthestOffsetSeconds: Int64 = 26 * 3_600

    private let offsetSeconds: @Sendable (Instant) -> Int

    public init(_ zone: TimeZone) {
        offsetSeconds = { instant in
            let seconds = Double(instant.microsecondsSinceUnixEpoch) / 1_000_000
            return zone.secondsFromGMT(for: Date(timeIntervalSince1970: seconds))
        }
    }

    /// A zone by its rules: seconds east of Greenwich at each instant, which must not change more than once
    /// within two days.
    public init(offsetSeconds: @escaping @Sendable (Instant) -> Int) {
        self.offsetSeconds = offsetSeconds
    }

    /// What the clocks show, the seconds cut off.
    public func localTime(of instant: Instant) -> LocalTime {
        let micros = instant.adding(seconds: offset(at: instant)).microsecondsSinceUnixEpoch
        let minutes = Int((Double(micros) / 60_000_000).rounded(.down))
        return LocalTime(CalendarDate(dayNumber: 0), .midnight).adding(minutes: minutes)
    }

    /// How far the clocks are from UTC then, `+01:00`: which of two is meant where a time comes twice.
    public func utcOffset(at instant: Instant) -> String {
        let minutes = offset(at: instant) / 60
        func digits(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return (minutes < 0 ? "-" : "+") + digits(abs(minutes) / 60) + ":"
            + digits(abs(minutes) % 60)
    }

    /// The instant at which the clocks show `local`; see above for those that are none or two.
    public func instant(of local: LocalTime, _ occurrence: Occurrence = .first) -> Instant {
        // As if the zone were UTC; the instant meant lies within its offset of it.
        let naive = Instant(microsecondsSinceUnixEpoch: 0)
            .adding(minutes: Int64(local.wallMinutes))
        let before = offset(at: naive.adding(seconds: -Self.farthestOffsetSeconds))
        let after = offset(at: naive.adding(seconds: Self.farthestOffsetSeconds))
        let byOld = naive.adding(seconds: -before)
        let byNew = naive.adding(seconds: -after)
        let isOld = offset(at: byOld) == before
        let isNew = offset(at: byNew) == after
        switch (isOld, isNew) {
        case (true, true):
            let isMidnight = local.time == .midnight
            return occurrence == .first || isMidnight ? min(byOld, byNew) : max(byOld, byNew)
        case (true, false): return byOld
        case (false, true): return byNew
        case (false, false): return change(after: byNew, upTo: byOld)
        }
    }

    /// The first instant of a date; for one that the zone skipped, the first of the next.
    public func start(of date: CalendarDate) -> Instant {
        instant(of: LocalTime(date, .midnight))
    }

    /// - Parameter ending: Which occurrence of its end, where that comes twice.
    public func span(of period: LocalPeriod, ending: Occurrence) -> TimeSpan? {
        TimeSpan(from: instant(of: period.from), until: instant(of: period.until, ending))
    }

    private func offset(at instant: Instant) -> Int64 { Int64(offsetSeconds(instant)) }

    /// The first whole second of the new offset.
    private func change(after old: Instant, upTo new: Instant) -> Instant {
        let target = offset(at: new)
        var low: Int64 = 0
        var high = new.seconds(since: old)
        while high - low > 1 {
            let middle = low + (high - low) / 2
            if offset(at: old.adding(seconds: middle)) == target {
                high = middle
            } else {
                low = middle
            }
        }
        return old.adding(seconds: high)
    }
}
