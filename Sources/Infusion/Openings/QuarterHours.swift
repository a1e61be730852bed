/// The quarters of an hour in which visits begin and nurses are counted.
///
/// Every zone of today is whole quarters from UTC. So one grid, counted from 1970-01-01T00:00Z, is
/// that of every wall clock, also on the days on which clocks are changed: a quarter that comes
/// twice is two quarters.
enum QuarterHours {
    static let seconds = Int(QuarterHour.minutes) * 60

    /// The quarter that the second lies in.
    static func containing(_ second: Int) -> Int {
        let (quarter, rest) = second.quotientAndRemainder(dividingBy: seconds)
        return rest < 0 ? quarter - 1 : quarter
    }

    /// The first quarter that begins at the second or after it.
    static func from(_ second: Int) -> Int { -containing(-second) }
}

extension Instant {
    /// Since 1970-01-01T00:00Z, the fraction cut off.
    var wholeSeconds: Int {
        let (second, rest) = microsecondsSinceUnixEpoch.quotientAndRemainder(dividingBy: 1_000_000)
        return Int(rest < 0 ? second - 1 : second)
    }

    /// Since 1970-01-01T00:00Z, a fraction counted as a whole second.
    var secondsRoundedUp: Int {
        wholeSeconds + (microsecondsSinceUnixEpoch % 1_000_000 == 0 ? 0 : 1)
    }

    init(wholeSeconds: Int) {
        self.init(microsecondsSinceUnixEpoch: Int64(wholeSeconds) * 1_000_000)
    }
}
