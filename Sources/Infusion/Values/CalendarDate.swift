public import Foundation

/// A date of the proleptic Gregorian calendar with no time and no zone: what "at least 7 days" counts in.
public struct CalendarDate: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// Days since 1970-01-01.
    public let dayNumber: Int
    public init(dayNumber: Int) { self.dayNumber = dayNumber }

    /// `nil` unless year, month and day name a real date of the years 1 to 9999.
    public init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month), day >= 1 else { return nil }
        // Days from civil: counts from March, so that the leap day ends the year.
        let shifted = month <= 2 ? year - 1 : year
        let era = shifted / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        dayNumber = era * 146_097 + dayOfEra - 719_468
        let back = components
        guard back.year == year, back.month == month, back.day == day else { return nil }
    }

    /// Reads `YYYY-MM-DD`, and nothing else.
    public init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].count == 4, parts[1].count == 2, parts[2].count == 2,
            parts.allSatisfy({ $0.allSatisfy { $0.isASCII && $0.isNumber } }),
            let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2])
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    /// The date that `instant` falls on in `zone`.
    public init(_ instant: Instant, in zone: TimeZone) {
        let seconds = Double(instant.microsecondsSinceUnixEpoch) / 1_000_000
        let offset = zone.secondsFromGMT(for: Date(timeIntervalSince1970: seconds))
        let local = instant.adding(seconds: Int64(offset)).microsecondsSinceUnixEpoch
        dayNumber = Int((Double(local) / 86_400_000_000).rounded(.down))
    }

    public var components: (year: Int, month: Int, day: Int) {
        let shifted = dayNumber + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        return (
            year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month: month,
            day: dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        )
    }

    public static func < (left: CalendarDate, right: CalendarDate) -> Bool {
        left.dayNumber < right.dayNumber
    }
    public func adding(days: Int) -> CalendarDate { CalendarDate(dayNumber: dayNumber + days) }
    /// Days from `other` to this date; the interval between two doses is this number.
    public func days(since other: CalendarDate) -> Int { dayNumber - other.dayNumber }
    /// Three months after 30 November is 28 or 29 February: the day is clamped to the month's length.
    public func adding(months: Int) -> CalendarDate {
        let (year, month, day) = components
        let index = year * 12 + month - 1 + months
        for candidate in stride(from: day, through: 28, by: -1) {
            if let date = CalendarDate(year: index / 12, month: index % 12 + 1, day: candidate) {
                return date
            }
        }
        return CalendarDate(year: index / 12, month: index % 12 + 1, day: min(day, 28)) ?? self
    }
    /// Completed years from `birth` to this date; a birthday on 29 February is reached on 1 March.
    public func completedYears(since birth: CalendarDate) -> Int {
        let (year, month, day) = components
        let (birthYear, birthMonth, birthDay) = birth.components
        return year - birthYear - ((month, day) < (birthMonth, birthDay) ? 1 : 0)
    }
    /// `YYYY-MM-DD`, proleptic Gregorian. Written for every row and event, hence by the byte.
    public var description: String {
        let (year, month, day) = components
        guard (0...9_999).contains(year) else {
            return "\(year)-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)"
        }
        func digit(_ value: Int) -> UInt8 { UInt8(ascii: "0") + UInt8(value % 10) }
        let dash = UInt8(ascii: "-")
        return String(
            decoding: [
                digit(year / 1_000), digit(year / 100), digit(year / 10), digit(year), dash,
                digit(month / 10), digit(month), dash, digit(day / 10), digit(day),
            ], as: UTF8.self)
    }
}
