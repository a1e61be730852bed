/// An instant, exact to the microsecond: PostgreSQL's `timestamptz`.
public struct PostgresTimestamp: Sendable, Hashable, Comparable {
    /// Microseconds since 1970-01-01T00:00:00Z.
    public let microsecondsSinceUnixEpoch: Int64

    /// An instant by its distance from the Unix epoch.
    public init(microsecondsSinceUnixEpoch: Int64) {
        self.microsecondsSinceUnixEpoch = microsecondsSinceUnixEpoch
    }

    /// Later than every instant.
    public static let infinity = PostgresTimestamp(microsecondsSinceUnixEpoch: .max)
    /// Earlier than every instant.
    public static let negativeInfinity = PostgresTimestamp(microsecondsSinceUnixEpoch: .min)

    /// The earlier instant is less.
    public static func < (left: PostgresTimestamp, right: PostgresTimestamp) -> Bool {
        left.microsecondsSinceUnixEpoch < right.microsecondsSinceUnixEpoch
    }
}

extension PostgresTimestamp: PostgresEncodable, PostgresDecodable, PostgresArrayElement {
    /// `timestamptz`
    public static var postgresType: PostgresType { .timestamptz }
    /// `timestamptz[]`
    public static var postgresArrayType: PostgresType { .timestamptzArray }

    /// 2000-01-01T00:00:00Z, where PostgreSQL counts from, in microseconds since the Unix epoch.
    private static let epoch: Int64 = 946_684_800_000_000

    /// Microseconds since 2000. What PostgreSQL cannot count becomes an instant that it refuses.
    public func encode(into buffer: inout PostgresBuffer) {
        guard self != .infinity, self != .negativeInfinity else {
            return buffer.append(microsecondsSinceUnixEpoch)
        }
        let (value, overflow) = microsecondsSinceUnixEpoch.subtractingReportingOverflow(Self.epoch)
        buffer.append(overflow || value == .min ? Int64.min + 1 : value)
    }

    /// Reads `timestamptz`, not `timestamp`, which is no instant.
    public static func decode(
        _ bytes: RawSpan, type: PostgresType
    ) throws(DecodingProblem) -> PostgresTimestamp {
        guard type == .timestamptz else { throw .unexpectedType }
        guard bytes.byteCount == 8 else { throw .wrongLength }
        let value: Int64 = bytes.load(at: 0)
        guard value != .max, value != .min else {
            return PostgresTimestamp(microsecondsSinceUnixEpoch: value)
        }
        let (sum, overflow) = value.addingReportingOverflow(epoch)
        guard !overflow, sum != .max else { throw .outOfRange }
        return PostgresTimestamp(microsecondsSinceUnixEpoch: sum)
    }
}

extension PostgresTimestamp: CustomStringConvertible {
    /// ISO 8601 in UTC, e.g. `2026-03-29T01:00:00.000000Z`.
    public var description: String {
        if self == .infinity { return "infinity" }
        if self == .negativeInfinity { return "-infinity" }
        let day: Int64 = 86_400_000_000
        let days =
            (microsecondsSinceUnixEpoch / day) - (microsecondsSinceUnixEpoch % day < 0 ? 1 : 0)
        let rest = microsecondsSinceUnixEpoch - days * day
        let seconds = rest / 1_000_000
        let clock = [seconds / 3_600, seconds / 60 % 60, seconds % 60].map { $0.padded(2) }
        let date = PostgresDate(daysSinceUnixEpoch: Int32(days))
        return "\(date)T\(clock.joined(separator: ":")).\((rest % 1_000_000).padded(6))Z"
    }
}
