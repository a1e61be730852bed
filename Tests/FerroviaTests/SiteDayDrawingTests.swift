import EventStore
import Foundation
import Infusion
import InfusionApplication
import InfusionKnowledge
import InfusionProjections
import Testing

@testable import ferrovia

/// A day with who is kept which chair, on a terminal.
@Suite struct SiteDayDrawingTests {
    private static let zone = TimeZone(identifier: "Europe/Rome") ?? .gmt

    private static let never = "not opened: `ferrovia site apply` opens it from a file"

    private static func entry(
        _ chair: String, _ from: String, minutes: Int64,
        _ status: InfusionProjections.AppointmentStatus, isExpired: Bool = false,
        override: CapacityOverride? = nil
    ) throws -> CalendarEntry {
        let start = ZoneClock(zone).instant(of: try #require(LocalTime(from)))
        return CalendarEntry(
            appointment: AppointmentID(UUID()), patient: PatientID(UUID()), order: OrderID(UUID()),
            kind: .iron,
            slot: AppointmentSlot(
                site: SiteID("main"), chair: ChairID(chair), start: start,
                end: start.adding(minutes: minutes)),
            status: status, isExpired: isExpired, capacityOverride: override, changes: 0,
            changedAt: Timestamp(microsecondsSinceUnixEpoch: 0))
    }

    private static func lines(
        _ entries: [CalendarEntry], on text: String = "2026-03-10", given state: SiteState? = nil,
        style: DrawingStyle = DrawingStyle()
    ) throws -> [String] {
        let date = try #require(CalendarDate(text))
        let clock = ZoneClock(zone)
        let day = CalendarAnswer.Day(
            date: date,
            span: TimeSpan(
                from: clock.start(of: date), until: clock.start(of: date.adding(days: 1))),
            site: state.flatMap { SiteDay(of: date, given: $0) })
        let answer = CalendarAnswer(
            site: SiteID("main"), timeZone: zone, days: [day], entries: entries, version: .none,
            position: Position(7))
        return SiteDayDrawing(day, of: answer, style: style).lines
    }

    private static func morning() throws -> [CalendarEntry] {
        [
            try entry("1", "2026-03-10T08:00", minutes: 90, .booked),
            try entry("2", "2026-03-10T09:30", minutes: 60, .checkedIn),
            try entry("2", "2026-03-10T09:00", minutes: 60, .noshow),
        ]
    }

    @Test func `a site without events is drawn by its appointments`() throws {
        #expect(
            try Self.lines(Self.morning()) == [
                "main, Tuesday 2026-03-10, Europe/Rome, 24 hours", Self.never,
                "   08  09  10 ",
                "1  B━━━━━    ",
                "2      m╌C━━━",
                "B booked   C in the chair   m missed",
            ])
        #expect(
            try Self.lines([]) == [
                "main, Tuesday 2026-03-10, Europe/Rome, 24 hours", Self.never, "no appointments",
            ])
    }

    @Test func `an open site is drawn with its chairs, and those that nobody knows`() throws {
        var state = SiteState()
        let decider = SiteDecider()
        var plan = SitePlan(site: SiteID("main"), timeZone: "Europe/Rome")
        plan.chairs = [SitePlan.Chair(SiteChair(id: ChairID("1"), kind: .bed))]
        plan.hours = [
            .set(
                WeeklyHours(
                    validFrom: try #require(CalendarDate("2026-01-01")),
                    days: [
                        .tuesday: [
                            ClockSpan(
                                from: try #require(ClockTime("08:00")),
                                until: try #require(ClockTime("10:00")))
                        ]
                    ]))
        ]
        let now = Instant(microsecondsSinceUnixEpoch: 1_772_442_000_000_000)
        for event in try decider.decide(
            .apply(plan), given: state, at: now, by: .standard)
        {
            state = decider.evolve(state, event)
        }
        #expect(
            try Self.lines(Self.morning(), given: state) == [
                "main, Tuesday 2026-03-10, Europe/Rome, 24 hours",
                "open 08:00 to 10:00",
                "no shift was ever planned: staff is not judged",
                "   08  09  10 ",
                "1  B━━━━━██··",
                "2      m╌C━━━",
                "B booked   C in the chair   m missed   █ can be used   ░ out of service   · closed",
            ])
        let closed = try Self.lines(
            [try Self.entry("1", "2026-03-11T08:00", minutes: 15, .pending)], on: "2026-03-11",
            given: state)
        #expect(closed[1] == "closed")
        #expect(closed[4] == "1  P")
    }

    @Test func `a visit that somebody answers for has a sign`() throws {
        let override = CapacityOverride(
            rules: [.nurseStarts], reason: .staffAgreed, role: .nurse)
        let entries = [
            try Self.entry("1", "2026-03-10T08:00", minutes: 60, .booked, override: override),
            try Self.entry("1", "2026-03-10T09:00", minutes: 30, .booked),
            try Self.entry("2", "2026-03-10T08:15", minutes: 15, .booked, override: override),
        ]
        #expect(
            try Self.lines(entries) == [
                "main, Tuesday 2026-03-10, Europe/Rome, 24 hours", Self.never,
                "   08  09 ",
                "1  B!━━B━",
                "2   !    ",
                "B booked   ! overridden",
            ])
    }

    @Test(arguments: [
        // Every day from midnight to midnight: one day, and not two.
        ("00:00", "00:00", "open 00:00 to 2026-03-11T00:00", 96),
        // From seven to seven: from midnight, when yesterday's are still going on, to midnight.
        ("07:00", "07:00", "open 00:00 to 2026-03-11T00:00", 96),
        // An evening that ends after midnight is drawn to its end, the rest of yesterday's from midnight on.
        (
            "18:00", "02:00", "open 00:00 to 02:00, 18:00 to 2026-03-11T02:00", 104
        ),
    ])
    func `a day ends where its hours do, and at midnight where they go on`(
        _ from: String, _ until: String, _ hours: String, _ quarters: Int
    ) throws {
        var state = SiteState()
        let decider = SiteDecider()
        var plan = SitePlan(site: SiteID("main"), timeZone: "Europe/Rome")
        plan.chairs = [SitePlan.Chair(SiteChair(id: ChairID("1"), kind: .bed))]
        let span = ClockSpan(
            from: try #require(ClockTime(from)), until: try #require(ClockTime(until)))
        plan.hours = [
            .set(
                WeeklyHours(
                    validFrom: try #require(CalendarDate("2026-01-01")),
                    days: Dictionary(uniqueKeysWithValues: Weekday.allCases.map { ($0, [span]) })))
        ]
        let now = Instant(microsecondsSinceUnixEpoch: 1_772_442_000_000_000)
        for event in try decider.decide(.apply(plan), given: state, at: now, by: .standard) {
            state = decider.evolve(state, event)
        }
        let lines = try Self.lines([], given: state)
        #expect(lines[1] == hours)
        let chair = try #require(lines.first { $0.hasPrefix("1  ") })
        #expect(chair.count == 3 + quarters, "\(chair)")
    }

    @Test func `every status has a letter of its own`() throws {
        #expect(Set(DrawnStatus.allCases.map(\.letter)).count == DrawnStatus.allCases.count)
        #expect(
            DrawnStatus.allCases.allSatisfy {
                $0.takesChair == ($0.letter.uppercased() == String($0.letter))
            })
        let drawn = try InfusionProjections.AppointmentStatus.allCases.map {
            try Self.entry("1", "2026-03-10T08:00", minutes: 60, $0).drawn
        }
        #expect(
            drawn == [.pending, .booked, .arrived, .inChair, .left, .cancelled, .missed])
        #expect(
            try Self.entry("1", "2026-03-10T08:00", minutes: 60, .pending, isExpired: true).drawn
                == .expired)
    }

    @Test func `a column is coarser where there is no room`() throws {
        #expect(
            try Self.lines(Self.morning(), style: DrawingStyle(width: 12))[2...4] == [
                "   08  10", "1  B━━  ", "2    mC━",
            ])
        #expect(
            try Self.lines(Self.morning(), style: DrawingStyle(width: 13))[3] == "1  B━━━━━    ")
        // As coarse as it gets, whatever there is room for.
        #expect(try Self.lines(Self.morning(), style: DrawingStyle(width: 5))[3] == "1  B━ ")
    }

    @Test func `it is drawn in ASCII where that is wanted, and in color where that is shown`()
        throws
    {
        let ascii = try Self.lines(Self.morning(), style: DrawingStyle(isASCII: true))
        #expect(ascii[3...4] == ["1  B=====    ", "2      m-C==="])
        #expect(ascii.allSatisfy { $0.utf8.allSatisfy { $0 < 0x80 } })
        let colored = try Self.lines(Self.morning(), style: DrawingStyle(isColored: true))
        #expect(
            colored[3...4] == [
                "1  \u{1B}[36mB━━━━━\u{1B}[0m    ",
                "2      \u{1B}[31mm╌\u{1B}[0m\u{1B}[32mC━━━\u{1B}[0m",
            ])
    }

    @Test func `what began before midnight is drawn from midnight on`() throws {
        let late = [try Self.entry("1", "2026-03-09T23:30", minutes: 90, .fulfilled)]
        #expect(try Self.lines(late)[2...3] == ["   00   ", "1  L━━━"])
        let evening = try Self.lines(late, on: "2026-03-09")
        #expect(evening[2] == "   23  00   ")
        #expect(evening[3] == "1    L━━━━━")
    }

    @Test func `an hour that comes twice is drawn twice, and one that is skipped not at all`()
        throws
    {
        let autumn = [try Self.entry("1", "2026-10-25T01:30", minutes: 180, .booked)]
        #expect(
            try Self.lines(autumn, on: "2026-10-25") == [
                "main, Sunday 2026-10-25, Europe/Rome, 25 hours", Self.never,
                "   01  02  02  03 ",
                "1    B━━━━━━━━━━━",
                "B booked",
            ])
        let spring = [try Self.entry("1", "2026-03-29T01:30", minutes: 60, .booked)]
        #expect(
            try Self.lines(spring, on: "2026-03-29")[0...3] == [
                "main, Sunday 2026-03-29, Europe/Rome, 23 hours", Self.never,
                "   01  03 ",
                "1    B━━━",
            ])
    }
}
