/// A calendar date without a time zone: PostgreSQL's `date`.
public struct PostgresDate: Sendable, Hashable, Comparable {
    /// Days since 1970-01-01, in the proleptic Gregorian calendar.
    public let daysSinceUnixEpoch: Int32

    /// A date by its distance from 1970-01-01.
    public init(daysSinceUnixEpoch: Int32) {
        self.daysSinceUnixEpoch = daysSinceUnixEpoch
    }

    /// A date by year (0 is 1 BC), month and day; nil if there is no such date.
    public init?(year: Int, month: Int, day: Int) {
        guard (-4_800...5_900_000).contains(year), (1...12).contains(month), (1...31).contains(day)
        else { return nil }
        daysSinceUnixEpoch = Int32(Self.days(year: year, month: month, day: day))
        guard components == (year, month, day) else { return nil }
    }

    /// Later than every date.
    public static let infinity = PostgresDate(daysSinceUnixEpoch: .max)
    /// Earlier than every date.
    public static let negativeInfinity = PostgresDate(daysSinceUnixEpoch: .min)

    /// Year, month and day.
    public var components: (year: Int, month: Int, day: Int) {
        // Howard Hinnant's civil_from_days: years begin in March, so a leap day ends one.
        let shifted = Int(daysSinceUnixEpoch) + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra =
            (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }

    /// The earlier date is less.
    public static func < (left: PostgresDate, right: PostgresDate) -> Bool {
        left.daysSinceUnixEpoch < right.daysSinceUnixEpoch
    }

    private static func days(year: Int, month: Int, day: Int) -> Int {
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }
}

extension PostgresDate: PostgresEncodable, PostgresDecodable, PostgresArrayElement {
    /// `date`
    public static var postgresType: PostgresType { .date }
    /// `date[]`
    public static var postgresArrayType: PostgresType { .dateArray }

    /// 2000-01-01, where PostgreSQL counts from, in days since 1970-01-01.
    private static let epoch: Int32 = 10_957

    /// Days since 2000-01-01. What PostgreSQL cannot count becomes a date that it refuses.
    public func encode(into buffer: inout PostgresBuffer) {
        guard self != .infinity, self != .negativeInfinity else {
            return buffer.append(daysSinceUnixEpoch)
        }
        let (days, overflow) = daysSinceUnixEpoch.subtractingReportingOverflow(Self.epoch)
        buffer.append(overflow || days == .min ? Int32.min + 1 : days)
    }

    /// Reads `date`.
    public static func decode(
        _ bytes: RawSpan, type: PostgresType
    ) throws(DecodingProblem) -> PostgresDate {
        guard type == .date else { throw .unexpectedType }
        guard bytes.byteCount == 4 else { throw .wrongLength }
        let days: Int32 = bytes.load(at: 0)
        guard days != .max, days != .min else { return PostgresDate(daysSinceUnixEpoch: days) }
        let (sum, overflow) = days.addingReportingOverflow(epoch)
        guard !overflow else { throw .outOfRange }
        return PostgresDate(daysSinceUnixEpoch: sum)
    }
}

extension PostgresDate: CustomStringConvertible {
    /// ISO 8601, e.g. `2026-03-29`.
    public var description: String {
        if self == .infinity { return "infinity" }
        if self == .negativeInfinity { return "-infinity" }
        let (year, month, day) = components
        return "\(year.padded(4))-\(month.padded(2))-\(day.padded(2))"
    }
}

extension FixedWidthInteger {
    /// Decimal digits with zeros in front, for the ISO formats.
    func padded(_ width: Int) -> String {
        let digits = String(magnitude)
        let zeros = String(repeating: "0", count: Swift.max(0, width - digits.count))
        return (self < 0 ? "-" : "") + zeros + digits
    }
}
