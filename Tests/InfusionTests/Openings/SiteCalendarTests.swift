import Testing

@testable import Infusion

@Suite("A site's calendar at hand") struct SiteCalendarTests {
    /// Brought up to date visit by visit, it is what it would be if it were made anew.
    @Test(arguments: 1...40 as ClosedRange<UInt64>)
    func `what was changed is as if it had been read so`(seed: UInt64) throws {
        let middle = date("2026-03-29")
        let dates = (-2...2).map { middle.adding(days: $0) }
        var site = try RandomSite(seed: seed, around: middle)
        var kept = try site.calendar()
        kept.prepare(dates)
        for _ in 0..<30 {
            if site.number(0...2) > 0, let visit = site.book(around: middle) {
                kept.apply(removing: [], adding: [visit])
            } else if let visit = site.cancel() {
                kept.apply(removing: [visit], adding: [])
            }
            if site.number(0...1) == 0 { kept.prepare(dates) }
            let fresh = try site.calendar()
            for date in dates { #expect(kept.capacity(on: date) == fresh.capacity(on: date)) }
        }
        #expect(kept.visitCount == site.visits.count)
    }

    @Test func `a visit that moves leaves its old time to others`() throws {
        let story = try SiteStory.open("08:00-16:00")
        func slot(_ chair: ChairID, _ start: LocalTime) -> AppointmentSlot {
            AppointmentSlot(
                site: SiteID("main"), chair: chair, start: .utc(start),
                end: Instant.utc(start).adding(minutes: 60))
        }
        let before = SiteCalendar.Visit(id(1), slot: slot("chair-1", "2026-01-15T09:00"))
        let after = SiteCalendar.Visit(id(1), slot: slot("chair-2", "2026-01-15T11:00"))
        var calendar = try #require(SiteCalendar(of: story.state, visits: [before]))
        calendar.prepare([date("2026-01-15")])
        calendar.apply(removing: [before, after], adding: [after])
        let fresh = try #require(SiteCalendar(of: story.state, visits: [after]))
        #expect(
            calendar.capacity(on: date("2026-01-15")) == fresh.capacity(on: date("2026-01-15")))
    }

    @Test func `the site's own changes count, and other clocks need a new one`() throws {
        var story = try SiteStory.open("08:00-16:00")
        var calendar = try #require(SiteCalendar(of: story.state, visits: []))
        let day = date("2026-01-15")
        calendar.prepare([day])
        try story.does(
            .announceClosure(SiteClosure("training", "2026-01-15T12:00/2026-01-15T14:00")))
        let isApplied = calendar.apply(story.state)
        #expect(isApplied)
        let fresh = try #require(SiteCalendar(of: story.state, visits: []))
        #expect(calendar.capacity(on: day) == fresh.capacity(on: day))
        try story.does(.correctTimeZone("Europe/London"))
        let isStillApplied = calendar.apply(story.state)
        #expect(!isStillApplied)
    }

    @Test func `what is over is forgotten, and a night that goes on is not`() throws {
        let story = try SiteStory.open("18:00-03:00")
        func visit(_ number: UInt64, _ start: LocalTime) -> SiteCalendar.Visit {
            SiteCalendar.Visit(
                id(number),
                slot: AppointmentSlot(
                    site: SiteID("main"), chair: "chair-1", start: .utc(start),
                    end: Instant.utc(start).adding(minutes: 120)))
        }
        let visits = [
            visit(1, "2026-01-13T20:00"), visit(2, "2026-01-14T22:00"),
            visit(3, "2026-01-15T20:00"),
        ]
        var calendar = try #require(SiteCalendar(of: story.state, visits: visits))
        let before = calendar.capacity(on: date("2026-01-15"))
        calendar.forget(before: date("2026-01-15"))
        #expect(calendar.visitCount == 2)
        #expect(calendar.capacity(on: date("2026-01-15")) == before)
    }
}
