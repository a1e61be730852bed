import EventStore
import Foundation
import Infusion
import InfusionApplication
import InfusionProjections
import Testing

@testable import InfusionWire

/// Calendars as files: iCalendar by RFC 5545, tables by RFC 4180. Nothing of a service.
@Suite struct CalendarFeedTests {
    private static func answer(
        _ entries: [CalendarEntry], on text: String = "2026-03-10"
    ) throws -> CalendarAnswer {
        let date = try #require(CalendarDate(text))
        let clock = ZoneClock(SampleCalendar.zone)
        let span = TimeSpan(
            from: clock.start(of: date), until: clock.start(of: date.adding(days: 1)))
        return CalendarAnswer(
            site: SampleSites.site, timeZone: SampleCalendar.zone,
            days: [CalendarAnswer.Day(date: date, span: span, site: nil)], entries: entries,
            version: .none, position: Samples.position)
    }

    private static func feed(_ entries: [CalendarEntry], of chair: ChairID? = nil) throws -> String
    {
        String(decoding: CalendarFeed(try answer(entries), of: chair).bytes, as: UTF8.self)
    }

    private static func event(_ entry: CalendarEntry) throws -> [String] {
        let lines = try feed([entry]).components(separatedBy: "\r\n")
        let first = try #require(lines.firstIndex(of: "BEGIN:VEVENT"))
        let last = try #require(lines.firstIndex(of: "END:VEVENT"))
        return Array(lines[first...last])
    }

    // MARK: iCalendar

    @Test func `an appointment is an event, and says who by nothing`() throws {
        #expect(
            try Self.feed([SampleCalendar.entries[0]], of: ChairID("chair-3"))
                == """
                BEGIN:VCALENDAR
                VERSION:2.0
                PRODID:-//Ferrovia//Chair calendar//EN
                CALSCALE:GREGORIAN
                NAME:north\\, chair-3
                X-WR-CALNAME:north\\, chair-3
                REFRESH-INTERVAL;VALUE=DURATION:PT15M
                X-PUBLISHED-TTL:PT15M
                BEGIN:VEVENT
                UID:019c0000-0000-7000-8000-000000005001
                DTSTAMP:20260302T093000Z
                LAST-MODIFIED:20260302T093000Z
                DTSTART:20260310T070000Z
                DTEND:20260310T083000Z
                SEQUENCE:3
                STATUS:CONFIRMED
                TRANSP:OPAQUE
                SUMMARY:Infusion\\, chair-3\\, fulfilled
                LOCATION:north\\, chair-3
                END:VEVENT
                END:VCALENDAR

                """.replacing("\n", with: "\r\n"))
    }

    @Test func `no patient and no order is in it`() throws {
        let text = try Self.feed(SampleCalendar.entries)
        for entry in SampleCalendar.entries {
            #expect(!text.contains(entry.patient.description))
            #expect(!text.contains(entry.order.description))
            #expect(text.contains("UID:\(entry.appointment)\r\n"))
        }
    }

    @Test func `statuses say whether the time is taken`() throws {
        let expected: [(CalendarEntry, status: String, taken: Bool, says: String)] = [
            (SampleCalendar.entry(1, "1", from: 0, .pending), "TENTATIVE", true, "pending"),
            (SampleCalendar.entry(1, "1", from: 0, .booked), "CONFIRMED", true, "booked"),
            (SampleCalendar.entry(1, "1", from: 0, .arrived), "CONFIRMED", true, "arrived"),
            (SampleCalendar.entry(1, "1", from: 0, .checkedIn), "CONFIRMED", true, "checked-in"),
            (SampleCalendar.entry(1, "1", from: 0, .fulfilled), "CONFIRMED", true, "fulfilled"),
            (SampleCalendar.entry(1, "1", from: 0, .cancelled), "CANCELLED", false, "cancelled"),
            (SampleCalendar.entry(1, "1", from: 0, .noshow), "CANCELLED", false, "noshow"),
            (
                SampleCalendar.entry(1, "1", from: 0, .pending, isExpired: true), "CANCELLED",
                false, "hold expired"
            ),
            (
                SampleCalendar.entry(1, "1", from: 0, .cancelled, isExpired: true), "CANCELLED",
                false, "hold expired"
            ),
        ]
        for (entry, status, taken, says) in expected {
            let event = try Self.event(entry)
            #expect(event.contains("STATUS:\(status)"))
            #expect(event.contains("TRANSP:\(taken ? "OPAQUE" : "TRANSPARENT")"))
            #expect(event.contains("SUMMARY:Infusion\\, 1\\, \(says)"))
        }
        let cells = SampleCalendar.entry(1, "1", from: 0, .booked, kind: .redCells)
        #expect(try Self.event(cells).contains("SUMMARY:Transfusion\\, 1\\, booked"))
        let unknown = SampleCalendar.entry(1, "1", from: 0, .booked, kind: nil)
        #expect(try Self.event(unknown).contains("SUMMARY:Visit\\, 1\\, booked"))
    }

    /// Local starts and ends of a visit of two hours, and what UTC says.
    @Test(arguments: [
        // 02:00 becomes 03:00.
        ("2026-03-29T01:30", "20260329T003000Z", "20260329T023000Z"),
        // 03:00 becomes 02:00.
        ("2026-10-25T01:30", "20261024T233000Z", "20261025T013000Z"),
        // Over midnight, and over the end of a year.
        ("2026-12-31T23:15", "20261231T221500Z", "20270101T001500Z"),
    ])
    func `times are instants`(_ local: String, _ start: String, _ end: String) throws {
        let clock = ZoneClock(SampleCalendar.zone)
        let instant = clock.instant(of: try #require(LocalTime(local)))
        let minutes = instant.seconds(since: SampleCalendar.opening) / 60
        let event = try Self.event(
            SampleCalendar.entry(1, "chair-3", from: minutes, minutes: 120, .booked))
        #expect(event.contains("DTSTART:\(start)"))
        #expect(event.contains("DTEND:\(end)"))
    }

    @Test func `a calendar without appointments is one all the same`() throws {
        let lines = try Self.feed([]).components(separatedBy: "\r\n")
        #expect(lines.filter { $0 == "BEGIN:VTIMEZONE" }.count == 1)
        #expect(!lines.contains("BEGIN:VEVENT"))
        #expect(lines.suffix(2) == ["END:VCALENDAR", ""])
    }

    @Test func `the same calendar is the same bytes`() throws {
        #expect(try Self.feed(SampleCalendar.entries) == Self.feed(SampleCalendar.entries))
    }

    @Test(arguments: [74, 75, 76, 149, 150, 300])
    func `long lines are folded after 75 octets`(_ length: Int) {
        for letter in ["a", "ä", "€", "𝄞"] {
            var text = ICalendarText()
            let value = String(repeating: letter, count: length - 2)
            text.add("X", text: value)
            let written = String(decoding: text.bytes, as: UTF8.self)
            #expect(written.hasSuffix("\r\n"))
            let lines = written.components(separatedBy: "\r\n").dropLast()
            #expect(lines.allSatisfy { $0.utf8.count <= 75 })
            #expect(lines.dropFirst().allSatisfy { $0.hasPrefix(" ") })
            #expect(lines.dropLast().allSatisfy { $0.utf8.count > 75 - 4 })
            #expect(written.replacing("\r\n ", with: "") == "X:\(value)\r\n")
        }
    }

    @Test func `text is escaped`() {
        #expect(
            ICalendarText.escaped("a\\b;c,d:\"e\"\nf\r\ng\rh\u{7}i\u{7F}")
                == "a\\\\b\\;c\\,d:\"e\"\\nf\\ng\\nhi")
    }

    // MARK: The table

    @Test func `a table has a header and a line for each appointment`() throws {
        let text = String(
            decoding: CalendarTable(try Self.answer(SampleCalendar.entries)).bytes, as: UTF8.self)
        let lines = text.components(separatedBy: "\r\n")
        #expect(
            lines[0]
                == "site,chair,date,scheduled_start_local,scheduled_start,scheduled_end,"
                + "scheduled_minutes,kind,status,expired,arrived,started,discharged,appointment,"
                + "patient,order,changes,changed_at,override_rules,override_reason")
        #expect(
            lines[1]
                == "north,chair-3,2026-03-10,2026-03-10T08:00,2026-03-10T07:00:00Z,"
                + "2026-03-10T08:30:00Z,90,iron,fulfilled,false,2026-03-10T06:55:00Z,"
                + "2026-03-10T07:12:00Z,2026-03-10T08:25:00Z,"
                + "019c0000-0000-7000-8000-000000005001,019c0000-0000-7000-8000-000000001001,"
                + "019c0000-0000-7000-8000-000000002001,3,2026-03-02T09:30:00.250000Z,,")
        #expect(lines[2].hasSuffix(",after-last-start nurse-starts,staffAgreed"))
        #expect(lines[4].hasPrefix("north,chair-3,2026-03-10,"))
        #expect(lines[4].contains(",90,,noshow,false,,,,"))
        #expect(lines.count == 7)
        #expect(lines.allSatisfy { $0.isEmpty || $0.count { $0 == "," } == 19 })
    }

    @Test func `a cell that would end early is in quotes`() throws {
        let entry = SampleCalendar.entry(1, #"a,"b""#, from: 0, .booked)
        let text = String(
            decoding: CalendarTable(try Self.answer([entry])).bytes, as: UTF8.self)
        #expect(text.contains(#"north,"a,""b""",2026-03-10,"#))
    }

    @Test func `each appointment is in the table of one date`() throws {
        // From 23:30 of the day before to 01:00.
        let late = SampleCalendar.entry(1, "chair-3", from: -510, .booked)
        let on = CalendarTable(try Self.answer([late]))
        #expect(on.bytes.count { $0 == 0x0A } == 1)
        let before = CalendarTable(try Self.answer([late], on: "2026-03-09"))
        #expect(before.bytes.count { $0 == 0x0A } == 2)
    }
}
