import Foundation
import Infusion
import Testing

/// Times on the wall, and the instants that are meant by them.
@Suite("Wall clocks") struct ZoneClockTests {
    struct Reading: Sendable, CustomTestStringConvertible {
        let zone: String
        let wall: LocalTime
        let first: LocalTime
        /// By the clocks of Greenwich, like `first`.
        let second: LocalTime
        init(_ zone: String, _ wall: LocalTime, _ first: LocalTime, _ second: LocalTime? = nil) {
            self.zone = zone
            self.wall = wall
            self.first = first
            self.second = second ?? first
        }
        var testDescription: String { "\(zone) \(wall)" }
    }

    static let readings: [Reading] = [
        // 02:00 becomes 03:00.
        Reading("Europe/Rome", "2026-03-29T01:59", "2026-03-29T00:59"),
        Reading("Europe/Rome", "2026-03-29T02:00", "2026-03-29T01:00"),
        Reading("Europe/Rome", "2026-03-29T02:30", "2026-03-29T01:00"),
        Reading("Europe/Rome", "2026-03-29T03:00", "2026-03-29T01:00"),
        Reading("Europe/Rome", "2026-03-29T03:30", "2026-03-29T01:30"),
        Reading("America/New_York", "2026-03-08T02:30", "2026-03-08T07:00"),
        // 03:00 becomes 02:00.
        Reading("Europe/Rome", "2026-10-25T01:59", "2026-10-24T23:59"),
        Reading("Europe/Rome", "2026-10-25T02:00", "2026-10-25T00:00", "2026-10-25T01:00"),
        Reading("Europe/Rome", "2026-10-25T02:30", "2026-10-25T00:30", "2026-10-25T01:30"),
        Reading("Europe/Rome", "2026-10-25T03:00", "2026-10-25T02:00"),
        Reading("America/New_York", "2026-11-01T01:30", "2026-11-01T05:30", "2026-11-01T06:30"),
        // South of the equator, where summer time ends in April.
        Reading("Australia/Sydney", "2026-04-05T02:30", "2026-04-04T15:30", "2026-04-04T16:30"),
        Reading("Australia/Sydney", "2026-10-04T02:30", "2026-10-03T16:00"),
        Reading("Pacific/Auckland", "2026-04-05T02:30", "2026-04-04T13:30", "2026-04-04T14:30"),
        Reading("Pacific/Auckland", "2026-09-27T02:30", "2026-09-26T14:00"),
        // At midnight: 24:00 becomes 23:00, and 00:00 becomes 01:00.
        Reading("America/Santiago", "2026-04-04T23:30", "2026-04-05T02:30", "2026-04-05T03:30"),
        Reading("America/Santiago", "2026-04-05T00:00", "2026-04-05T04:00"),
        Reading("America/Santiago", "2026-09-06T00:00", "2026-09-06T04:00"),
        Reading("America/Santiago", "2026-09-06T00:30", "2026-09-06T04:00"),
        Reading("America/Santiago", "2026-09-06T01:00", "2026-09-06T04:00"),
        // 01:00 becomes 00:00: the date has begun with the first midnight.
        Reading("America/Havana", "2026-11-01T00:30", "2026-11-01T04:30", "2026-11-01T05:30"),
        Reading("America/Havana", "2026-11-01T00:00", "2026-11-01T04:00"),
        Reading("America/Havana", "2026-03-08T00:00", "2026-03-08T05:00"),
        // By half an hour.
        Reading("Australia/Lord_Howe", "2026-04-05T01:30", "2026-04-04T14:30", "2026-04-04T15:00"),
        Reading("Australia/Lord_Howe", "2026-04-05T01:45", "2026-04-04T14:45", "2026-04-04T15:15"),
        Reading("Australia/Lord_Howe", "2026-04-05T02:00", "2026-04-04T15:30"),
        Reading("Australia/Lord_Howe", "2026-10-04T02:15", "2026-10-03T15:30"),
        Reading("Australia/Lord_Howe", "2026-10-04T02:30", "2026-10-03T15:30"),
        // For good: Volgograd to another hour, Caracas by half of one, Apia over the date line.
        Reading("Europe/Volgograd", "2020-12-20T08:00", "2020-12-20T04:00"),
        Reading("Europe/Volgograd", "2020-12-27T01:30", "2020-12-26T21:30", "2020-12-26T22:30"),
        Reading("Europe/Volgograd", "2021-01-15T08:00", "2021-01-15T05:00"),
        Reading("America/Caracas", "2016-04-30T08:00", "2016-04-30T12:30"),
        Reading("America/Caracas", "2016-05-01T02:45", "2016-05-01T07:00"),
        Reading("America/Caracas", "2016-05-02T08:00", "2016-05-02T12:00"),
        Reading("Pacific/Apia", "2011-12-29T23:59", "2011-12-30T09:59"),
        Reading("Pacific/Apia", "2011-12-30T12:00", "2011-12-30T10:00"),
        Reading("Pacific/Apia", "2011-12-31T00:00", "2011-12-30T10:00"),
        Reading("UTC", "2028-02-29T23:59", "2028-02-29T23:59"),
    ]

    @Test(
        arguments: [
            // The hour that comes twice, first in summer time.
            ("Europe/Rome", 1_792_888_200, "+02:00"), ("Europe/Rome", 1_792_891_800, "+01:00"),
            ("America/St_Johns", 1_792_888_200, "-02:30"),
            ("Asia/Kathmandu", 1_792_888_200, "+05:45"),
            ("UTC", 1_792_888_200, "+00:00"),
        ] as [(String, Int64, String)])
    func `the distance from UTC tells two times of one name apart`(
        _ zone: String, _ seconds: Int64, _ offset: String
    ) throws {
        let clock = ZoneClock(try #require(TimeZone(identifier: zone)))
        #expect(
            clock.utcOffset(at: Instant(microsecondsSinceUnixEpoch: seconds * 1_000_000)) == offset)
    }

    @Test(arguments: readings) func `a time on the wall is an instant`(_ reading: Reading) throws {
        let clock = ZoneClock(Clinic.zone(reading.zone))
        #expect(clock.instant(of: reading.wall, .first) == .utc(reading.first))
        #expect(clock.instant(of: reading.wall, .second) == .utc(reading.second))
    }

    /// First instant and length in hours and minutes.
    static let days: [(zone: String, date: String, start: LocalTime, minutes: Int64)] = [
        ("Europe/Rome", "2026-03-29", "2026-03-28T23:00", 23 * 60),
        ("Europe/Rome", "2026-10-25", "2026-10-24T22:00", 25 * 60),
        ("Australia/Sydney", "2026-04-05", "2026-04-04T13:00", 25 * 60),
        ("Australia/Sydney", "2026-10-04", "2026-10-03T14:00", 23 * 60),
        ("Australia/Lord_Howe", "2026-04-05", "2026-04-04T13:00", 24 * 60 + 30),
        ("Australia/Lord_Howe", "2026-10-04", "2026-10-03T13:30", 23 * 60 + 30),
        ("America/Santiago", "2026-04-04", "2026-04-04T03:00", 25 * 60),
        ("America/Santiago", "2026-09-06", "2026-09-06T04:00", 23 * 60),
        ("America/Havana", "2026-11-01", "2026-11-01T04:00", 25 * 60),
        ("Europe/Rome", "2028-02-29", "2028-02-28T23:00", 24 * 60),
        ("Pacific/Apia", "2011-12-30", "2011-12-30T10:00", 0),
    ]

    @Test(arguments: days.indices)
    func `a date begins where the one before it ends`(_ index: Int) throws {
        let (zone, text, start, minutes) = Self.days[index]
        let clock = ZoneClock(Clinic.zone(zone))
        let next = clock.start(of: date(text).adding(days: 1))
        #expect(clock.start(of: date(text)) == .utc(start))
        #expect(next.seconds(since: .utc(start)) == minutes * 60)
    }

    /// The hours around a change, in quarters: what the clocks show leads back to the instant.
    @Test(
        arguments: [
            ("Europe/Rome", "2026-03-29T01:00"), ("Europe/Rome", "2026-10-25T01:00"),
            ("Australia/Lord_Howe", "2026-04-04T15:00"),
            ("Australia/Lord_Howe", "2026-10-03T15:30"),
            ("Pacific/Apia", "2011-12-30T10:00"), ("Asia/Beirut", "2026-10-24T21:00"),
        ] as [(String, LocalTime)])
    func `what the clocks show at an instant names it again`(_ zone: String, _ change: LocalTime) {
        let clock = ZoneClock(Clinic.zone(zone))
        for quarter in Int64(-12)...12 {
            let instant = Instant.utc(change).adding(minutes: quarter * 15)
            let wall = clock.localTime(of: instant)
            let named = [clock.instant(of: wall, .first), clock.instant(of: wall, .second)]
            #expect(named.contains(instant), "\(wall)")
        }
    }

    @Test func `what was agreed stands when the rules of a zone change`() throws {
        // Until 2027 an hour east of Greenwich; a law then moves the country by another one.
        let old = ZoneClock { _ in 3_600 }
        let new = ZoneClock { $0 < .utc("2027-01-01T00:00") ? 3_600 : 7_200 }
        let story = try SiteStory.open("08:00-16:00")
        func open(_ text: String, by clock: ZoneClock) -> [TimeSpan] {
            SiteDay(
                of: date(text), at: SiteID("main"), in: .gmt, by: clock, given: story.state
            ).open.all
        }
        #expect(open("2026-12-31", by: old) == ["2026-12-31T07:00/2026-12-31T15:00"])
        #expect(open("2026-12-31", by: new) == ["2026-12-31T07:00/2026-12-31T15:00"])
        #expect(open("2027-01-02", by: old) == ["2027-01-02T07:00/2027-01-02T15:00"])
        #expect(open("2027-01-02", by: new) == ["2027-01-02T06:00/2027-01-02T14:00"])
    }

    @Test(arguments: ["24:00", "8:00", "08:60", "-1:00", "08:00:00", "", "08:0a", "٠٨:٠٠"])
    func `a time of the clock has one spelling`(_ text: String) {
        #expect(ClockTime(text) == nil)
        let full = "2026-03-29T" + text
        #expect(LocalTime(full) == nil)
    }

    @Test func `a time prints as it is read`() throws {
        for text in ["2028-02-29T00:00", "2026-12-31T23:59", "2026-01-01T07:05"] {
            #expect(try #require(LocalTime(text)).description == text)
        }
        for text in ["2026-02-29T08:00", "2026-02-28 08:00", "2026-02-28T08:00Z"] {
            #expect(LocalTime(text) == nil)
        }
    }

    @Test func `minutes lead over midnight, months and leap days`() {
        let eve: LocalTime = "2028-02-28T23:30"
        #expect(eve.adding(minutes: 60) == "2028-02-29T00:30")
        #expect(eve.adding(minutes: 24 * 60) == "2028-02-29T23:30")
        #expect(eve.adding(minutes: 24 * 60 + 30) == "2028-03-01T00:00")
        #expect(LocalTime(date("1970-01-01"), .midnight).adding(minutes: -1) == "1969-12-31T23:59")
    }

    @Test func `weekdays are those of the calendar`() {
        #expect(date("2026-03-29").weekday == .sunday)
        #expect(date("2028-02-29").weekday == .tuesday)
        #expect(date("1970-01-01").weekday == .thursday)
        #expect(date("1969-12-28").weekday == .sunday)
        #expect(date("1900-03-01").weekday == .thursday)
    }
}
