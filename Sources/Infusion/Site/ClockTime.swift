/// A time as the clock on a site's wall shows it, to the minute, of no date in particular: `08:30`.
public struct ClockTime: Hashable, Comparable, Sendable, CustomStringConvertible {
    public static let minutesPerDay = 24 * 60
    public static let midnight = ClockTime(checked: 0)

    /// Since midnight, 0 to 1439.
    public let minutes: Int

    /// `nil` unless `minutes` is 0 to 1439.
    public init?(minutes: Int) {
        guard (0..<Self.minutesPerDay).contains(minutes) else { return nil }
        self.minutes = minutes
    }

    private init(checked minutes: Int) { self.minutes = minutes }

    /// Reads `HH:MM`, `00:00` to `23:59`, and nothing else.
    public init?(_ text: some StringProtocol) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ $0.utf8.count == 2 }),
            parts.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }),
            let hours = Int(parts[0]), let minutes = Int(parts[1]), hours < 24, minutes < 60
        else { return nil }
        self.minutes = hours * 60 + minutes
    }

    public static func < (left: ClockTime, right: ClockTime) -> Bool {
        left.minutes < right.minutes
    }

    /// `HH:MM`
    public var description: String { "\(Self.two(minutes / 60)):\(Self.two(minutes % 60))" }

    private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
