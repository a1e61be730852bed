import Foundation
import Testing

@testable import Infusion

/// A patient who is in the chair when the visit's time is over: the chair is free on the discharge (facts §9.2).
@Suite("Who sits on") struct SittingOnTests {
    /// From 09:00 to 10:00 in chair 1, by the clocks of Greenwich.
    static let slot = AppointmentSlot(
        site: SiteID("main"), chair: "chair-1", start: .utc("2026-01-15T09:00"),
        end: .utc("2026-01-15T10:00"))

    /// Two chairs, open from 8 to 16.
    static func calendar(isSeated: Bool = true) throws -> SiteCalendar {
        let story = try SiteStory.open("08:00-16:00", in: "Europe/London")
        return try #require(
            SiteCalendar(
                of: story.state,
                visits: [SiteCalendar.Visit(id(1), slot: slot, isSeated: isSeated)]))
    }

    /// How many chairs are free for half an hour, by the time at which it begins.
    static func free(at now: LocalTime, in calendar: SiteCalendar) throws -> [Instant: Int] {
        let day = now.date
        let found = try Openings(
            OpeningQuestion(visit: .minutes(30), first: day, last: day, limit: 100, perDay: 100),
            in: calendar, given: nil, at: nil,
            context: Clinic.newYork.context(now: .utc(now)))
        return Dictionary(
            uniqueKeysWithValues: found.openings.map { ($0.slot.start, $0.chairsFree) })
    }

    @Test func `the chair is theirs to the end of the quarter hour of now`() throws {
        let free = try Self.free(at: "2026-01-15T10:20", in: Self.calendar())
        // Until 10:30, and ten minutes in which it is made ready.
        #expect(free[.utc("2026-01-15T10:30")] == 1)
        #expect(free[.utc("2026-01-15T10:45")] == 2)
        let sharp = try Self.free(at: "2026-01-15T10:15", in: Self.calendar())
        #expect(sharp[.utc("2026-01-15T10:15")] == 1)
        #expect(sharp[.utc("2026-01-15T10:30")] == 1)
        #expect(sharp[.utc("2026-01-15T10:45")] == 2)
    }

    @Test func `who never sat down has nothing beyond the end`() throws {
        let free = try Self.free(at: "2026-01-15T10:20", in: Self.calendar(isSeated: false))
        #expect(free[.utc("2026-01-15T10:30")] == 2)
    }

    @Test func `within the visit's time its end is what is known`() throws {
        let free = try Self.free(at: "2026-01-15T09:50", in: Self.calendar())
        #expect(free[.utc("2026-01-15T10:00")] == 1)
        #expect(free[.utc("2026-01-15T10:15")] == 2)
    }

    @Test func `who sat down a day ago is taken to have left`() throws {
        let before = try Self.free(at: "2026-01-16T08:59", in: Self.calendar())
        #expect(before[.utc("2026-01-16T09:00")] == 1)
        let after = try Self.free(at: "2026-01-16T09:00", in: Self.calendar())
        #expect(after[.utc("2026-01-16T09:00")] == 2)
    }

    @Test func `the nurses watch over them for as long`() throws {
        let calendar = try Self.calendar()
        let day = date("2026-01-15")
        let counted = calendar.sittingOn(at: .utc("2026-01-15T10:20")).capacity(on: day).patients
        #expect(counted[36..<42] == [1, 1, 1, 1, 1, 1])
        #expect(counted[42] == 0)
        #expect(calendar.capacity(on: day).patients[40] == 0)
    }

    /// What the calendar keeps is worked out without now, and stays so.
    @Test func `a calendar at hand is no other for having been asked`() throws {
        var calendar = try Self.calendar()
        let day = date("2026-01-15")
        calendar.prepare([day])
        let before = calendar.capacity(on: day)
        _ = try Self.free(at: "2026-01-15T10:20", in: calendar)
        #expect(calendar.capacity(on: day) == before)
        #expect(calendar.sittingOn(at: .utc("2026-01-15T10:20")).capacity(on: day) != before)
    }
}
