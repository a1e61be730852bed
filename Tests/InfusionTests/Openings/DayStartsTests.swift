import Testing

@testable import Infusion

/// Every time of a date, against a look at every minute and every visit.
@Suite("Times at which a visit can begin") struct DayStartsTests {
    /// An ordinary date, that of 23 hours and that of 25.
    static let dates = [date("2026-01-15"), date("2026-03-29"), date("2026-10-25")]

    @Test(arguments: 1...120 as ClosedRange<UInt64>)
    func `what is offered is free, and what is not is refused for the reason said`(
        seed: UInt64
    ) throws {
        for date in Self.dates {
            var site = try RandomSite(seed: seed, around: date)
            let busyFrom = site.clock.start(of: date).adding(
                minutes: Int64(site.number(0...1_400)))
            let visit = DayStarts.Visit(
                minutes: site.number(1...36) * 5,
                needs: ChairNeeds(
                    kind: site.number(0...3) == 0 ? .bed : nil,
                    equipment: site.number(0...3) == 0 ? [.oxygen] : []),
                busy: [TimeSpan(from: busyFrom, until: busyFrom.adding(minutes: 70))]
                    .compactMap(\.self),
                notBefore: site.clock.start(of: date).adding(minutes: Int64(site.number(0...300))))
            try expectAgreement(of: site, on: date, for: visit)
        }
    }

    private func expectAgreement(
        of site: RandomSite, on date: CalendarDate, for visit: DayStarts.Visit
    ) throws {
        let capacity = try site.calendar().capacity(on: date)
        let found = DayStarts(on: capacity, for: visit)
        let day = try #require(SiteDay(of: date, given: site.state))
        let check = IndependentCheck(
            day: day, visits: site.visits, visit: visit,
            turnoverMinutes: Int64(ChairTimeSettings()[.turnover]))
        let whole = try #require(day.day)
        var start = whole.from
        var index = 0
        while start < whole.until {
            let expected = check.constraint(at: start)
            #expect(found.constraints[index] == expected, "\(site.clock.localTime(of: start))")
            let offered = found.starts.first { $0.quarter == index }
            #expect((offered == nil) == (expected != nil))
            if let offered {
                let chairs = check.chairs(at: start)
                #expect(chairs.contains(offered.chair))
                #expect(offered.chairsFree == chairs.count)
            }
            start = start.adding(minutes: 15)
            index += 1
        }
        #expect(found.constraints.count == index)
    }

    @Test func `the day of 23 hours has 92 quarters, and that of 25 has 100`() throws {
        let story = try SiteStory.open("00:00-24:00")
        let calendar = try #require(SiteCalendar(of: story.state, visits: []))
        #expect(calendar.capacity(on: date("2026-03-29")).plan.startCount == 92)
        #expect(calendar.capacity(on: date("2026-10-25")).plan.startCount == 100)
        #expect(calendar.capacity(on: date("2026-10-26")).plan.startCount == 96)
    }

    private func starts(of story: SiteStory) throws -> DayStarts {
        let calendar = try #require(SiteCalendar(of: story.state, visits: []))
        return DayStarts(
            on: calendar.capacity(on: date("2026-01-15")),
            for: DayStarts.Visit(
                minutes: 60, needs: ChairNeeds(), busy: [], notBefore: .utc("2026-01-01T00:00")))
    }

    @Test func `a date without a shift offers nothing where the site plans shifts`() throws {
        var story = try SiteStory.open("08:00-16:00")
        try story.does(.planShift(Shift("day", "2026-01-16T08:00/2026-01-16T16:00", .people(4))))
        let starts = try starts(of: story)
        #expect(starts.starts.isEmpty)
        #expect(starts.constraint == .noResuscitationCover)
        try story.does(.withdrawShift("day", reason: .planChanged))
        #expect(try self.starts(of: story).constraint == .noResuscitationCover)
    }

    @Test func `a site that never planned a shift is not judged by its staff`() throws {
        let story = try SiteStory.open("08:00-16:00")
        let starts = try starts(of: story)
        // 08:00 to 14:45 by the wall, each with both chairs and a load that nobody knows.
        #expect(starts.starts.count == 28)
        #expect(starts.starts.allSatisfy { $0.loadPercent == nil && $0.chairsFree == 2 })
    }

    @Test func `a site without hours is closed, and one without chairs has none free`() throws {
        var story = try SiteStory.opened()
        #expect(try starts(of: story).constraint == .siteClosed)
        try story.does(.setHours(.daily(["08:00-16:00"], from: date("2011-01-01"))))
        #expect(try starts(of: story).constraint == .chairOverlap)
    }

    @Test func `the chair with the shortest free time is taken, and one apart last`() throws {
        var story = try SiteStory.open("08:00-16:00")
        try story.does(
            .defineChair(SiteChair(id: "chair-0", kind: .recliner, isIsolated: true)))
        try story.does(
            .planShift(
                Shift(
                    "day", "2026-01-15T08:00/2026-01-15T16:00", .people(4),
                    roles: [.registeredNurse, .resuscitation])))
        let slot = AppointmentSlot(
            site: SiteID("main"), chair: "chair-2", start: .utc("2026-01-15T09:10"),
            end: .utc("2026-01-15T10:00"))
        let calendar = try #require(
            SiteCalendar(of: story.state, visits: [SiteCalendar.Visit(id(1), slot: slot)]))
        let starts = DayStarts(
            on: calendar.capacity(on: date("2026-01-15")),
            for: DayStarts.Visit(
                minutes: 60, needs: ChairNeeds(), busy: [], notBefore: .utc("2026-01-01T00:00")))
        // From 07:00 to 09:00 by Greenwich, the ten minutes before the visit taken off.
        #expect(starts.starts.first?.chair == "chair-2")
        #expect(starts.starts.first?.chairsFree == 3)
        // At 08:15 it would not be ready for the next.
        let later = try #require(starts.starts.first { $0.quarter == 8 * 4 + 5 })
        #expect(later.chair == "chair-1")
        #expect(later.chairsFree == 2)
        #expect(starts.starts.allSatisfy { $0.chair != "chair-0" })
    }

    @Test(
        arguments: [
            ("2026-01-15T09:20", true), ("2026-01-15T09:15", false), ("2026-01-15T14:50", false),
            ("2026-01-15T03:05", false),
        ] as [(LocalTime, Bool)])
    func `a time between two quarters is a start where it is asked for`(
        _ time: LocalTime, _ isStart: Bool
    ) throws {
        var story = try SiteStory.open("08:00-16:00")
        try story.does(
            .planShift(
                Shift(
                    "day", "2026-01-15T08:00/2026-01-15T16:00", .people(4),
                    roles: [.registeredNurse, .resuscitation])))
        let slot = AppointmentSlot(
            site: SiteID("main"), chair: "chair-1", start: .utc("2026-01-15T09:10"),
            end: .utc("2026-01-15T10:00"))
        let calendar = try #require(
            SiteCalendar(of: story.state, visits: [SiteCalendar.Visit(id(1), slot: slot)]))
        let wished = Instant.utc(time).wholeSeconds
        let visit = DayStarts.Visit(
            minutes: 60, needs: ChairNeeds(), busy: [], notBefore: .utc("2026-01-01T00:00"))
        let day = calendar.capacity(on: date("2026-01-15"))
        let starts = DayStarts(on: day, for: visit, at: wished).starts
        let usual = DayStarts(on: day, for: visit).starts
        #expect(Array(starts.prefix(usual.count)) == usual)
        #expect(starts.count == usual.count + (isStart ? 1 : 0))
        guard isStart else { return }
        let start = try #require(starts.last)
        #expect(start.second == wished)
        #expect(start.chair != "chair-1")
    }
}
