import Foundation
import Infusion

/// FHIR `dateTime` and `instant`, strictly: a time needs an offset, a bare date is the start of its day in
/// UTC and is only taken where a day is enough.
enum ImportDateTime {
    static func instant(_ text: String) -> Instant? {
        guard let split = text.firstIndex(of: "T") else {
            return CalendarDate(text).map { start(of: $0) }
        }
        guard let date = CalendarDate(String(text[..<split])) else { return nil }
        var rest = text[text.index(after: split)...]
        let offset: Int64
        if rest.hasSuffix("Z") {
            rest.removeLast()
            offset = 0
        } else {
            guard rest.count > 6, let minutes = offsetMinutes(rest.suffix(6)) else { return nil }
            rest.removeLast(6)
            offset = Int64(minutes)
        }
        guard let microseconds = timeOfDay(rest) else { return nil }
        return Instant(
            microsecondsSinceUnixEpoch: start(of: date).microsecondsSinceUnixEpoch + microseconds
        ).adding(minutes: -offset)
    }

    static func start(of date: CalendarDate) -> Instant {
        Instant(microsecondsSinceUnixEpoch: Int64(date.dayNumber) * 86_400_000_000)
    }

    /// `+01:00` in minutes; between −14:00 and +14:00.
    private static func offsetMinutes(_ text: Substring) -> Int? {
        let sign = text.first == "+" ? 1 : text.first == "-" ? -1 : 0
        let parts = text.dropFirst().split(separator: ":", omittingEmptySubsequences: false)
        guard sign != 0, parts.count == 2, let hours = digits(parts[0], 2),
            let minutes = digits(parts[1], 2), minutes < 60, hours * 60 + minutes <= 14 * 60
        else { return nil }
        return sign * (hours * 60 + minutes)
    }

    /// `hh:mm:ss` with an optional fraction of up to six digits that count.
    private static func timeOfDay(_ text: Substring) -> Int64? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 3, let hours = digits(parts[0], 2), hours < 24,
            let minutes = digits(parts[1], 2), minutes < 60
        else { return nil }
        let second = parts[2].split(separator: ".", omittingEmptySubsequences: false)
        guard second.count <= 2, let seconds = digits(second[0], 2), seconds < 60 else {
            return nil
        }
        var fraction = 0
        if second.count == 2 {
            let kept = second[1].prefix(6)
            guard !kept.isEmpty, let value = digits(kept, kept.count) else { return nil }
            fraction = (kept.count..<6).reduce(value) { scaled, _ in scaled * 10 }
        }
        return Int64(hours * 3_600 + minutes * 60 + seconds) * 1_000_000 + Int64(fraction)
    }

    private static func digits(_ text: Substring, _ count: Int) -> Int? {
        guard text.utf8.count == count, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            return nil
        }
        return Int(text)
    }
}
