import Foundation

/// What the values of a site's commands must be, whoever sends them.
enum SiteValues {
    /// A zone that moves with its country's law, by its IANA name; not a bare offset.
    static func requireZone(_ name: String) throws(SiteRefusal) {
        let isIANA = name == "UTC" || name.wholeMatch(of: /[A-Za-z_]+(\/[A-Za-z0-9_+-]+)+/) != nil
        guard isIANA, TimeZone(identifier: name) != nil else {
            throw .invalidValue(
                field: "timeZone", problem: "is no IANA time zone",
                accepted: "an IANA name, such as Europe/Rome")
        }
    }

    static func requireSiteName(_ site: SiteID) throws(SiteRefusal) {
        guard site.name.wholeMatch(of: /[a-z0-9-]{1,64}/) != nil else {
            throw .invalidValue(
                field: "site", problem: "is no name of a site",
                accepted: "1 to 64 of a-z, 0-9 and '-'")
        }
    }

    static func requireVisible(
        _ text: String, _ field: String, atMost limit: Int
    ) throws(SiteRefusal) {
        guard (1...limit).contains(text.utf8.count),
            text.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
        else {
            throw .invalidValue(
                field: field, problem: "is no name",
                accepted: "1 to \(limit) visible ASCII characters"
            )
        }
    }

    /// Not so far ahead that the year must be a slip of the pen.
    static func requireNear(
        _ date: CalendarDate, _ field: String, at now: Instant
    ) throws(SiteRefusal) {
        let last = CalendarDate(now, in: .gmt).adding(days: InfusionLimits.siteHorizonDays)
        guard date <= last else {
            throw .invalidValue(
                field: field, problem: "is \(date)", accepted: "\(last) or earlier")
        }
    }

    static func requirePeriod(
        _ period: LocalPeriod, days: Int, at now: Instant
    ) throws(SiteRefusal) {
        try requireNear(period.until.date, "until", at: now)
        guard period.wallMinutes <= days * ClockTime.minutesPerDay else {
            throw .invalidValue(
                field: "until", problem: "is more than \(days) days after the beginning",
                accepted: "at most \(days) days")
        }
    }

    static func period(
        from: LocalTime, until: LocalTime
    ) throws(SiteRefusal) -> LocalPeriod {
        guard let period = LocalPeriod(from: from, until: until) else {
            throw .invalidValue(
                field: "until", problem: "is not after \(from)", accepted: "a later time")
        }
        return period
    }

    static func text(_ range: ClosedRange<Int>) -> String {
        "\(range.lowerBound) to \(range.upperBound)"
    }
}
