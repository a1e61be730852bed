import EventStore
import Infusion

/// Instants out of RFC 3339: date, time, and an offset that may not be left out.
enum RFC3339 {
    static let accepted = "RFC 3339 date and time with offset, such as 2026-03-29T09:30:00+02:00"

    /// `nil` for anything but the full form; fractions go down to the microsecond.
    static func parse(_ text: String) -> Instant? {
        let bytes = Array(text.utf8)
        guard bytes.count >= 20, bytes.count <= 32,
            let date = CalendarDate(String(text.prefix(10))),
            bytes[10] == UInt8(ascii: "T") || bytes[10] == UInt8(ascii: "t"),
            bytes[13] == UInt8(ascii: ":"), bytes[16] == UInt8(ascii: ":"),
            let hour = number(bytes[11..<13], 0...23), let minute = number(bytes[14..<16], 0...59),
            let second = number(bytes[17..<19], 0...59)
        else { return nil }
        var index = 19
        var microseconds: Int64 = 0
        if bytes[index] == UInt8(ascii: ".") {
            let digits = bytes[(index + 1)...].prefix { (0x30...0x39).contains($0) }
            guard (1...6).contains(digits.count), let value = number(digits, 0...999_999) else {
                return nil
            }
            microseconds = Int64(value)
            for _ in digits.count..<6 { microseconds *= 10 }
            index += 1 + digits.count
        }
        guard let offset = offset(bytes[index...]) else { return nil }
        let seconds =
            Int64(date.dayNumber) * 86_400 + Int64(hour * 3_600 + minute * 60 + second)
            - Int64(offset)
        let instant = seconds * 1_000_000 + microseconds
        // The offset must not carry it out of the years that the log keeps.
        guard EventLogLimits.instants.contains(Timestamp(microsecondsSinceUnixEpoch: instant))
        else {
            return nil
        }
        return Instant(microsecondsSinceUnixEpoch: instant)
    }

    /// In seconds east of Greenwich.
    private static func offset(_ bytes: ArraySlice<UInt8>) -> Int? {
        guard let first = bytes.first else { return nil }
        let start = bytes.startIndex
        if first == UInt8(ascii: "Z") || first == UInt8(ascii: "z") {
            return bytes.count == 1 ? 0 : nil
        }
        guard first == UInt8(ascii: "+") || first == UInt8(ascii: "-"), bytes.count == 6,
            bytes[start + 3] == UInt8(ascii: ":"),
            let hours = number(bytes[(start + 1)..<(start + 3)], 0...23),
            let minutes = number(bytes[(start + 4)..<(start + 6)], 0...59)
        else { return nil }
        return (hours * 3_600 + minutes * 60) * (first == UInt8(ascii: "-") ? -1 : 1)
    }

    private static func number(_ digits: ArraySlice<UInt8>, _ range: ClosedRange<Int>) -> Int? {
        var value = 0
        for digit in digits {
            guard (0x30...0x39).contains(digit) else { return nil }
            value = value * 10 + Int(digit) - 0x30
        }
        return range.contains(value) ? value : nil
    }
}
