import Infusion

/// Dates and instants as they are stored: ISO 8601, of the years 0001 to 9999, one spelling each.
enum TimeText {
    static let dateExpectation = "a date as YYYY-MM-DD"
    static let instantExpectation = "an instant as YYYY-MM-DDThh:mm:ss.ffffffZ"

    private static let microsecondsPerDay: Int64 = 86_400_000_000
    /// 0001-01-01 and 9999-12-31, in days since 1970-01-01.
    private static let storableDays = -719_162...2_932_896

    static func text(of date: CalendarDate) -> String? {
        guard storableDays.contains(date.dayNumber) else { return nil }
        var text: [UInt8] = []
        append(date, to: &text)
        return String(decoding: text, as: UTF8.self)
    }

    static func date(of text: ArraySlice<UInt8>) -> CalendarDate? {
        var fields = Fields(text)
        let date = fields.date()
        return fields.isFinished ? date : nil
    }

    static func text(of instant: Instant) -> String? {
        let microseconds = instant.microsecondsSinceUnixEpoch
        var day = microseconds / microsecondsPerDay
        if microseconds % microsecondsPerDay < 0 { day -= 1 }
        guard storableDays.contains(Int(day)) else { return nil }
        let time = Int(microseconds - day * microsecondsPerDay)
        var text: [UInt8] = []
        text.reserveCapacity(27)
        append(CalendarDate(dayNumber: Int(day)), to: &text)
        text.append(UInt8(ascii: "T"))
        append(time / 3_600_000_000, digits: 2, to: &text)
        text.append(UInt8(ascii: ":"))
        append(time / 60_000_000 % 60, digits: 2, to: &text)
        text.append(UInt8(ascii: ":"))
        append(time / 1_000_000 % 60, digits: 2, to: &text)
        text.append(UInt8(ascii: "."))
        append(time % 1_000_000, digits: 6, to: &text)
        text.append(UInt8(ascii: "Z"))
        return String(decoding: text, as: UTF8.self)
    }

    /// A leap second has no instant of its own and is refused, like any other spelling than ours.
    static func instant(of text: ArraySlice<UInt8>) -> Instant? {
        var fields = Fields(text)
        guard let date = fields.date(), fields.take("T"),
            let hour = fields.number(digits: 2), hour < 24, fields.take(":"),
            let minute = fields.number(digits: 2), minute < 60, fields.take(":"),
            let second = fields.number(digits: 2), second < 60, fields.take("."),
            let fraction = fields.number(digits: 6), fields.take("Z"), fields.isFinished
        else { return nil }
        let seconds = hour * 3_600 + minute * 60 + second
        return Instant(
            microsecondsSinceUnixEpoch: Int64(date.dayNumber) * microsecondsPerDay
                + Int64(seconds * 1_000_000 + fraction))
    }

    private static func append(_ date: CalendarDate, to text: inout [UInt8]) {
        let (year, month, day) = date.components
        append(year, digits: 4, to: &text)
        text.append(UInt8(ascii: "-"))
        append(month, digits: 2, to: &text)
        text.append(UInt8(ascii: "-"))
        append(day, digits: 2, to: &text)
    }

    private static func append(_ value: Int, digits: Int, to text: inout [UInt8]) {
        let start = text.count
        text.append(contentsOf: repeatElement(UInt8(ascii: "0"), count: digits))
        var rest = value
        for index in stride(from: start + digits - 1, through: start, by: -1) {
            text[index] = UInt8(ascii: "0") + UInt8(rest % 10)
            rest /= 10
        }
    }

    /// The text from left to right, in fields of fixed width.
    private struct Fields {
        private var rest: ArraySlice<UInt8>

        init(_ text: ArraySlice<UInt8>) { rest = text }

        var isFinished: Bool { rest.isEmpty }

        mutating func take(_ mark: Unicode.Scalar) -> Bool {
            guard let first = rest.first, UInt32(first) == mark.value else { return false }
            rest = rest.dropFirst()
            return true
        }

        mutating func number(digits: Int) -> Int? {
            guard rest.count >= digits else { return nil }
            var value = 0
            for byte in rest.prefix(digits) {
                guard byte &- UInt8(ascii: "0") < 10 else { return nil }
                value = value * 10 + Int(byte - UInt8(ascii: "0"))
            }
            rest = rest.dropFirst(digits)
            return value
        }

        mutating func date() -> CalendarDate? {
            guard let year = number(digits: 4), take("-"), let month = number(digits: 2), take("-"),
                let day = number(digits: 2)
            else { return nil }
            return CalendarDate(year: year, month: month, day: day)
        }
    }
}
