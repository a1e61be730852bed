import EventStore
import Infusion
import InfusionProjections

extension Timestamp {
    static let accepted = "an instant such as 2026-03-01T12:00:00.250Z, or a date"

    /// RFC 3339 in UTC, exact: what is printed can be given back as an argument.
    var text: String {
        Instant(microsecondsSinceUnixEpoch: microsecondsSinceUnixEpoch).iso8601
    }

    /// Reads RFC 3339 with an offset, to the microsecond, or a plain date as its first instant in
    /// UTC.
    init?(text: String) {
        let pattern =
            /(\d{4}-\d\d-\d\d)(?:[Tt](\d\d):(\d\d):(\d\d)(?:\.(\d{1,6}))?([Zz]|[+-]\d\d:\d\d))?/
        guard let match = text.wholeMatch(of: pattern.asciiOnlyDigits()),
            let date = CalendarDate(String(match.1)), let hour = Int64(match.2 ?? "0"),
            let minute = Int64(match.3 ?? "0"), let second = Int64(match.4 ?? "0"), hour < 24,
            minute < 60, second < 60, let offset = Self.offsetSeconds(match.6 ?? "Z")
        else { return nil }
        let digits = (match.5 ?? "").padding("0", upTo: 6)
        let seconds =
            Int64(date.dayNumber) * 86_400 + hour * 3_600 + minute * 60 + second - offset
        self.init(microsecondsSinceUnixEpoch: seconds * 1_000_000 + (Int64(digits) ?? 0))
        // The offset must not carry it out of the years that the log keeps.
        guard EventLogLimits.instants.contains(self) else { return nil }
    }

    /// East of Greenwich; `nil` if there is no such offset.
    private static func offsetSeconds(_ text: Substring) -> Int64? {
        let parts = text.dropFirst().split(separator: ":").compactMap { Int64($0) }
        guard parts.count == 2 else { return 0 }
        guard parts[0] < 24, parts[1] < 60 else { return nil }
        return (parts[0] * 3_600 + parts[1] * 60) * (text.hasPrefix("-") ? -1 : 1)
    }
}

extension Instant {
    var text: String { iso8601 }
}

extension Substring {
    fileprivate func padding(_ digit: Character, upTo count: Int) -> String {
        self + String(repeating: digit, count: Swift.max(0, count - self.count))
    }
}
