import Infusion
import Testing

/// Days of a site, with the instants that its wall clocks mean.
@Suite("Days of a site") struct SiteDayTests {
    // MARK: Opening

    @Test func `an ordinary day is open by its wall clocks, summer and winter`() throws {
        let story = try SiteStory.open("08:00-12:00", "13:00-17:00")
        #expect(
            try story.open("2026-01-15") == [
                "2026-01-15T07:00/2026-01-15T11:00", "2026-01-15T12:00/2026-01-15T16:00",
            ])
        #expect(
            try story.open("2026-07-15") == [
                "2026-07-15T06:00/2026-07-15T10:00", "2026-07-15T11:00/2026-07-15T15:00",
            ])
    }

    @Test func `nothing is open before any hours came into force`() throws {
        let story = try SiteStory.open("08:00-16:00", from: date("2026-02-01"))
        #expect(try story.open("2026-01-31").isEmpty)
        #expect(try story.open("2026-02-01") == ["2026-02-01T07:00/2026-02-01T15:00"])
    }

    @Test func `other hours hold from their date on`() throws {
        var story = try SiteStory.open("18:00-02:00")
        try story.does(.setHours(.daily(["08:00-16:00"], from: date("2026-06-01"))))
        // The night that began under the old hours ends under them.
        #expect(
            try story.open("2026-05-31") == [
                "2026-05-30T22:00/2026-05-31T00:00", "2026-05-31T16:00/2026-06-01T00:00",
            ])
        #expect(
            try story.open("2026-06-01") == [
                "2026-05-31T22:00/2026-06-01T00:00", "2026-06-01T06:00/2026-06-01T14:00",
            ])
        try story.does(.withdrawHours(validFrom: date("2026-06-01")))
        #expect(try story.open("2026-06-02").last == "2026-06-02T16:00/2026-06-03T00:00")
    }

    @Test func `a weekday without hours is closed`() throws {
        var story = try SiteStory.opened()
        try story.does(
            .setHours(
                WeeklyHours(
                    validFrom: date("2026-01-01"),
                    days: [.monday: ["08:00-16:00"], .saturday: ["22:00-04:00"]])))
        #expect(try story.open("2026-01-05") == ["2026-01-05T07:00/2026-01-05T15:00"])
        #expect(try story.open("2026-01-06").isEmpty)
        // Sunday is open as long as Saturday's night lasts.
        #expect(try story.open("2026-01-11") == ["2026-01-10T23:00/2026-01-11T03:00"])
    }

    // MARK: The days on which clocks are changed

    @Test func `on the day of 23 hours a span loses the hour that is skipped`() throws {
        let night = try SiteStory.open("00:00-06:00")
        #expect(try night.open("2026-03-29") == ["2026-03-28T23:00/2026-03-29T04:00"])
        let whole = try SiteStory.open("00:00-24:00")
        #expect(try whole.day("2026-03-29").day?.minutes == 23 * 60)
        // Begins in the gap: at the change. Lies in the gap: is not there.
        #expect(
            try SiteStory.open("02:30-06:00").open("2026-03-29")
                == ["2026-03-29T01:00/2026-03-29T04:00"])
        #expect(try SiteStory.open("02:10-02:50").open("2026-03-29").isEmpty)
        #expect(
            try SiteStory.open("01:00-02:30").open("2026-03-29")
                == ["2026-03-29T00:00/2026-03-29T01:00"])
    }

    @Test func `on the day of 25 hours a span gains the hour that comes twice`() throws {
        #expect(
            try SiteStory.open("00:00-06:00").open("2026-10-25")
                == ["2026-10-24T22:00/2026-10-25T05:00"])
        // Begins with the first 02:30, ends with the second.
        #expect(
            try SiteStory.open("02:30-06:00").open("2026-10-25")
                == ["2026-10-25T00:30/2026-10-25T05:00"])
        #expect(
            try SiteStory.open("01:00-02:30").open("2026-10-25")
                == ["2026-10-24T23:00/2026-10-25T01:30"])
    }

    @Test func `the same holds where summer ends in April`() throws {
        #expect(
            try SiteStory.open("00:00-06:00", in: "Australia/Sydney").open("2026-04-05")
                == ["2026-04-04T13:00/2026-04-04T20:00"])
        #expect(
            try SiteStory.open("00:00-06:00", in: "Australia/Sydney").open("2026-10-04")
                == ["2026-10-03T14:00/2026-10-03T19:00"])
        #expect(
            try SiteStory.open("01:00-02:15", in: "Australia/Lord_Howe").open("2026-04-05")
                == ["2026-04-04T14:00/2026-04-04T15:45"])
        #expect(
            try SiteStory.open("01:00-02:15", in: "Australia/Lord_Howe").open("2026-10-04")
                == ["2026-10-03T14:30/2026-10-03T15:30"])
    }

    @Test func `a night over the change is as long as it is`() throws {
        let story = try SiteStory.open("22:00-06:00")
        #expect(try story.open("2026-03-28").last?.minutes == 7 * 60)
        #expect(try story.open("2026-03-29").last?.minutes == 8 * 60)
        #expect(try story.open("2026-10-24").last?.minutes == 9 * 60)
    }

    @Test func `a zone that moves for good moves the day, and not the wall`() throws {
        let story = try SiteStory.open("08:00-16:00", in: "Europe/Volgograd")
        #expect(try story.open("2020-12-26") == ["2020-12-26T04:00/2020-12-26T12:00"])
        #expect(try story.open("2020-12-27") == ["2020-12-27T05:00/2020-12-27T13:00"])
        #expect(try story.open("2021-07-01") == ["2021-07-01T05:00/2021-07-01T13:00"])
    }

    @Test func `a date that the zone skipped has nothing in it`() throws {
        let story = try SiteStory.open("08:00-16:00", in: "Pacific/Apia")
        let skipped = try story.day("2011-12-30")
        #expect(skipped.day == nil)
        #expect(skipped.open.all.isEmpty)
        #expect(skipped.staffing.isEmpty)
        #expect(skipped.lastStart(of: 30) == nil)
        #expect(try story.open("2011-12-29") == ["2011-12-29T18:00/2011-12-30T02:00"])
        #expect(try story.open("2011-12-31") == ["2011-12-30T18:00/2011-12-31T02:00"])
    }

    @Test func `a leap day is a day`() throws {
        var story = try SiteStory.opened()
        try story.does(
            .setHours(
                WeeklyHours(
                    validFrom: date("2028-02-29"), days: [.tuesday: ["22:00-03:00"]])))
        #expect(try story.open("2028-02-29") == ["2028-02-29T21:00/2028-03-01T02:00"])
        #expect(try story.open("2028-02-22").isEmpty)
        #expect(try story.open("2028-03-01") == ["2028-02-29T23:00/2028-03-01T02:00"])
    }

    // MARK: Round the clock

    @Test func `a site that never closes is open as far as anybody looks`() throws {
        let story = try SiteStory.open("00:00-24:00")
        let day = try story.day("2026-07-15")
        #expect(day.open.all == ["2026-07-14T22:00/2026-07-16T22:00"])
        #expect(day.horizon == .utc("2026-07-16T22:00"))
        // No closing, so no buffer: until the last minute of the date.
        #expect(day.lastStart(of: 90) == .utc("2026-07-15T21:59"))
        #expect(try SiteStory.open("07:00-07:00").open("2026-07-15").count == 1)
    }

    @Test func `a closure of 24 hours closes one date and no other`() throws {
        var story = try SiteStory.open("00:00-24:00")
        try story.does(
            .announceClosure(SiteClosure("holiday", "2026-03-29T00:00/2026-03-30T00:00")))
        let closed = try story.day("2026-03-29")
        #expect(closed.open.all.isEmpty)
        #expect(closed.closures.map(\.id) == ["holiday"])
        #expect(closed.lastStart(of: 60) == nil)
        #expect(try story.open("2026-03-28") == ["2026-03-27T23:00/2026-03-28T23:00"])
        #expect(try story.open("2026-03-30").first?.from == .utc("2026-03-29T22:00"))
        // The evening before: whoever is in a chair at midnight would have to be out of it.
        #expect(try story.day("2026-03-28").lastStart(of: 90) == .utc("2026-03-28T21:15"))
    }

    // MARK: Midnight

    @Test func `an infusion may cross midnight where the site is open`() throws {
        let story = try SiteStory.open("18:00-02:00")
        let day = try story.day("2026-01-16")
        #expect(
            day.open.all == [
                "2026-01-15T23:00/2026-01-16T01:00", "2026-01-16T17:00/2026-01-17T01:00",
            ])
        // 150 minutes and the buffer before 02:00: 23:15 on the wall.
        #expect(day.lastStart(of: 150) == .utc("2026-01-16T22:15"))
        // 90 minutes could begin after midnight, which is another date's.
        #expect(day.lastStart(of: 90) == .utc("2026-01-16T22:59"))
        #expect(day.lastStart(of: 466) == nil)
        #expect(day.lastStart(of: 465) == .utc("2026-01-16T17:00"))
    }

    @Test func `the last start counts real minutes when the clocks are changed`() throws {
        // From 22:00 to 06:00 are seven hours in this night, and nine in the other.
        let story = try SiteStory.open("22:00-06:00")
        #expect(try story.day("2026-03-28").lastStart(of: 400) == .utc("2026-03-28T21:05"))
        #expect(try story.day("2026-03-28").lastStart(of: 406) == nil)
        #expect(try story.day("2026-10-24").lastStart(of: 525) == .utc("2026-10-24T20:00"))
    }

    // MARK: Exceptions

    @Test func `a closure takes a part of the day, and wins over an opening`() throws {
        var story = try SiteStory.open("08:00-16:00")
        try story.does(
            .announceClosure(SiteClosure("training", "2026-01-15T12:00/2026-01-15T13:30")))
        try story.does(
            .announceOpening(SiteOpening(id: "late", period: "2026-01-15T13:00/2026-01-15T20:00")))
        #expect(
            try story.open("2026-01-15") == [
                "2026-01-15T07:00/2026-01-15T11:00", "2026-01-15T12:30/2026-01-15T19:00",
            ])
        try story.does(.withdrawClosure("training"))
        try story.does(.withdrawOpening("late"))
        #expect(try story.open("2026-01-15") == ["2026-01-15T07:00/2026-01-15T15:00"])
    }

    // MARK: Chairs

    @Test func `a chair can be used while it is in service`() throws {
        var story = try SiteStory.open("08:00-16:00")
        try story.does(
            .takeChairOut(
                ChairOutage(
                    "pump", "chair-1", from: "2026-01-15T10:00", until: "2026-01-15T12:00")))
        let day = try story.day("2026-01-15")
        #expect(day.chairs.map(\.chair.id) == ["chair-1", "chair-2"])
        #expect(
            day.chairs[0].usable.all == [
                "2026-01-15T07:00/2026-01-15T09:00", "2026-01-15T11:00/2026-01-15T15:00",
            ])
        #expect(day.chairs[0].outages.map(\.id) == ["pump"])
        #expect(day.chairs[1].usable == day.open)
        #expect(day.lastStart(of: 240, in: "chair-1") == nil)
        #expect(day.lastStart(of: 225, in: "chair-1") == .utc("2026-01-15T11:00"))
        #expect(day.lastStart(of: 240, in: "chair-2") == .utc("2026-01-15T10:45"))
        #expect(day.lastStart(of: 30, in: "chair-9") == nil)
    }

    @Test func `no buffer is kept before a chair goes out of service`() throws {
        var story = try SiteStory.open("08:00-16:00")
        try story.does(
            .takeChairOut(
                ChairOutage("pump", "chair-1", from: "2026-01-15T10:00", until: nil)))
        let day = try story.day("2026-01-15")
        #expect(day.lastStart(of: 60, in: "chair-1") == .utc("2026-01-15T08:00"))
        #expect(try story.day("2026-02-20").chairs[0].usable.all.isEmpty)
        try story.does(.returnChair("chair-1", at: "2026-02-20T12:00"))
        #expect(
            try story.day("2026-02-20").chairs[0].usable.all
                == ["2026-02-20T11:00/2026-02-20T15:00"])
        #expect(try story.day("2026-01-15").chairs.map(\.usable) == day.chairs.map(\.usable))
    }

    @Test func `an outage that ends in the hour that comes twice ends with the second`() throws {
        var story = try SiteStory.open("00:00-06:00")
        try story.does(
            .takeChairOut(
                ChairOutage(
                    "pump", "chair-1", from: "2026-10-25T01:00", until: "2026-10-25T02:30")))
        #expect(
            try story.day("2026-10-25").chairs[0].usable.all == [
                "2026-10-24T22:00/2026-10-24T23:00", "2026-10-25T01:30/2026-10-25T05:00",
            ])
    }

    @Test func `a retired chair is there up to its last date`() throws {
        var story = try SiteStory.open("18:00-02:00")
        try story.does(.retireChair("chair-2", from: date("2026-02-01")))
        let last = try story.day("2026-01-31")
        #expect(last.chairs.map(\.chair.id) == ["chair-1", "chair-2"])
        // Its night ends at midnight.
        #expect(last.chairs[1].usable.all.last == "2026-01-31T17:00/2026-01-31T23:00")
        #expect(try story.day("2026-02-01").chairs.map(\.chair.id) == ["chair-1"])
        #expect(try story.day("2026-02-01").lastStart(of: 30, in: "chair-2") == nil)
    }

    // MARK: Staff

    @Test func `who is there is a step for every change`() throws {
        var story = try SiteStory.open("08:00-16:00")
        try story.does(.planShift(Shift("early", "2026-01-15T08:00/2026-01-15T14:00", .people(2))))
        try story.does(
            .planShift(
                Shift(
                    "cover", "2026-01-15T09:00/2026-01-15T16:00", .person(StaffCode("R1")),
                    roles: [.registeredNurse, .resuscitation])))
        try story.does(
            .planShift(
                Shift(
                    "help", "2026-01-15T08:00/2026-01-15T16:00", roles: [.healthcareAssistant])))
        let day = try story.day("2026-01-15")
        #expect(
            day.staffing.map(\.span) == [
                "2026-01-14T23:00/2026-01-15T07:00", "2026-01-15T07:00/2026-01-15T08:00",
                "2026-01-15T08:00/2026-01-15T13:00", "2026-01-15T13:00/2026-01-15T15:00",
                "2026-01-15T15:00/2026-01-15T23:00",
            ])
        #expect(day.staffing.map(\.nurses) == [0, 2, 3, 1, 0])
        #expect(day.staffing.map(\.resuscitation) == [0, 0, 1, 1, 0])
        try story.does(.withdrawShift("early", reason: .sickLeave))
        try story.does(
            .shortenShift(
                "cover", to: "2026-01-15T10:00/2026-01-15T15:00", reason: .planChanged))
        #expect(try story.day("2026-01-15").staffing.map(\.nurses) == [0, 1, 0])
        #expect(
            try story.day("2026-01-15").staffing[1].span == "2026-01-15T09:00/2026-01-15T14:00")
    }

    @Test func `staff is shown for as long as the night lasts`() throws {
        var story = try SiteStory.open("22:00-06:00")
        try story.does(.planShift(Shift("night", "2026-01-15T21:00/2026-01-16T07:00")))
        let steps = try story.day("2026-01-15").staffing
        #expect(steps.map(\.nurses) == [0, 1])
        #expect(steps.last?.span == "2026-01-15T20:00/2026-01-16T05:00")
    }

    @Test func `in the hour that comes twice nobody is counted who may have left`() throws {
        var story = try SiteStory.open("00:00-06:00")
        try story.does(.planShift(Shift("late", "2026-10-24T18:00/2026-10-25T02:30")))
        try story.does(.planShift(Shift("early", "2026-10-25T02:30/2026-10-25T08:00")))
        let steps = try story.day("2026-10-25").staffing
        // One after the other, without a hole and without an hour of both.
        #expect(steps.map(\.nurses) == [1, 0])
        #expect(steps[0].span == "2026-10-24T22:00/2026-10-25T07:00")
    }

    // MARK: Limits

    @Test func `a site sets its own buffer`() throws {
        var story = try SiteStory.open("08:00-16:00")
        #expect(try story.day("2026-01-15").lastStart(of: 60) == .utc("2026-01-15T13:45"))
        try story.does(.setLimits(CapacityLimits([.closingBufferMinutes: 0])))
        #expect(try story.day("2026-01-15").lastStart(of: 60) == .utc("2026-01-15T14:00"))
    }

    @Test func `nothing is known of a site that was never opened`() {
        #expect(SiteDay(of: date("2026-01-15"), given: SiteState()) == nil)
    }
}
