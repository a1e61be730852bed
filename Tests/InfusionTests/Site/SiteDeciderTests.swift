import Infusion
import Testing

/// What a site may be told, and what comes of it.
@Suite("Commands of a site") struct SiteDeciderTests {
    private static let recliner = SiteChair(id: "chair-1", kind: .recliner)

    // MARK: Opening

    @Test func `a site is opened once, in its zone`() throws {
        var story = SiteStory()
        #expect(story.refusal(of: .defineChair(Self.recliner)) == .siteNotOpened)
        #expect(
            try story.does(.openSite(SiteID("main"), timeZone: "Europe/Rome"))
                == [.siteOpened(SiteID("main"), timeZone: "Europe/Rome")])
        #expect(try story.does(.openSite(SiteID("main"), timeZone: "Europe/Rome")).isEmpty)
        #expect(
            story.refusal(of: .openSite(SiteID("main"), timeZone: "Europe/Paris"))
                == .siteAlreadyOpened(timeZone: "Europe/Rome"))
        #expect(
            try story.does(.correctTimeZone("Europe/Paris"))
                == [.timeZoneCorrected("Europe/Paris")])
        #expect(story.state.timeZone == "Europe/Paris")
    }

    @Test(arguments: ["", "Rome", "GMT+2", "+02:00", "EST", "Europe/Nowhere", "Europe/Rome "])
    func `a zone is one that follows a country's law`(_ name: String) {
        #expect(
            SiteStory().refusal(of: .openSite(SiteID("main"), timeZone: name))?.code
                == "invalid-value")
    }

    @Test(arguments: ["", "Main", "a b", String(repeating: "a", count: 65)])
    func `a site has a name that fits in a path`(_ name: String) {
        #expect(
            SiteStory().refusal(of: .openSite(SiteID(name), timeZone: "Europe/Rome"))?.code
                == "invalid-value")
    }

    // MARK: Chairs

    @Test func `a chair is described, described again, retired and taken back`() throws {
        var story = try SiteStory.opened()
        let bed = SiteChair(
            id: "chair-1", kind: .bed, equipment: [.oxygen, .infusionPump], isIsolated: true)
        #expect(try story.does(.defineChair(Self.recliner)) == [.chairDefined(Self.recliner)])
        #expect(try story.does(.defineChair(Self.recliner)).isEmpty)
        #expect(try story.does(.defineChair(bed)) == [.chairDefined(bed)])
        let retirement = SiteCommand.retireChair("chair-1", from: date("2026-06-01"))
        #expect(
            try story.does(retirement) == [.chairRetired("chair-1", from: date("2026-06-01"))])
        #expect(try story.does(retirement).isEmpty)
        #expect(try story.does(.defineChair(bed)) == [.chairDefined(bed)])
        #expect(story.state.chairs["chair-1"]?.retiredFrom == nil)
        #expect(
            story.refusal(of: .retireChair("chair-2", from: date("2026-06-01")))
                == .chairNotFound("chair-2", accepted: ["chair-1"]))
    }

    @Test func `a site has so many chairs and no more`() throws {
        var story = try SiteStory.opened()
        for number in 1...InfusionLimits.chairsPerSite {
            try story.does(.defineChair(SiteChair(id: ChairID(String(number)), kind: .recliner)))
        }
        #expect(story.refusal(of: .defineChair(Self.recliner))?.code == "invalid-value")
        // One that is there may still be described otherwise.
        #expect(try story.does(.defineChair(SiteChair(id: "7", kind: .bed))).count == 1)
    }

    @Test func `an outage ends when the chair is back, or was never any`() throws {
        var story = try SiteStory.open("08:00-16:00")
        let broken = ChairOutage("broken", "chair-1", from: "2026-01-15T10:00", until: nil)
        let check = ChairOutage(
            "check", "chair-1", from: "2026-02-01T08:00", until: "2026-02-01T12:00")
        try story.does(.takeChairOut(broken))
        try story.does(.takeChairOut(check))
        #expect(try story.does(.takeChairOut(check)).isEmpty)
        // Only what has begun ends with it.
        #expect(
            try story.does(.returnChair("chair-1", at: "2026-01-15T11:00"))
                == [.chairReturned(outage: "broken", at: "2026-01-15T11:00")])
        #expect(try story.does(.returnChair("chair-1", at: "2026-01-15T11:30")).isEmpty)
        #expect(
            try story.does(.withdrawOutage("check"))
                == [.chairReturned(outage: "check", at: "2026-02-01T08:00")])
        #expect(story.state.outages["check"]?.standing == nil)
        #expect(try story.does(.withdrawOutage("check")).isEmpty)
        #expect(story.refusal(of: .takeChairOut(check)) == .entryWithdrawn(.outage, "check"))
        #expect(story.refusal(of: .withdrawOutage("other")) == .entryNotFound(.outage, "other"))
    }

    @Test func `what is out of the question is refused`() throws {
        var story = try SiteStory.open("08:00-16:00")
        try story.does(.retireChair("chair-2", from: date("2026-03-01")))
        let late = ChairOutage("late", "chair-2", from: "2026-03-01T08:00", until: nil)
        #expect(
            story.refusal(of: .takeChairOut(late))
                == .chairRetired("chair-2", from: date("2026-03-01")))
        let backwards = ChairOutage(
            "back", "chair-1", from: "2026-03-01T08:00", until: "2026-03-01T08:00")
        #expect(story.refusal(of: .takeChairOut(backwards))?.code == "invalid-value")
        // 2062 for 2026.
        let mistyped = ChairOutage("far", "chair-1", from: "2062-03-01T08:00", until: nil)
        #expect(story.refusal(of: .takeChairOut(mistyped))?.code == "invalid-value")
        let nowhere = ChairOutage("no", "chair-9", from: "2026-03-01T08:00", until: nil)
        #expect(
            story.refusal(of: .takeChairOut(nowhere))
                == .chairNotFound("chair-9", accepted: ["chair-1", "chair-2"]))
    }

    // MARK: Hours

    static let overlapping: [[Weekday: [ClockSpan]]] = [
        [.monday: ["08:00-12:00", "11:59-16:00"]],
        [.monday: ["22:00-06:00"], .tuesday: ["05:00-09:00"]],
        // Sunday's night runs into Monday.
        [.sunday: ["22:00-06:00"], .monday: ["05:00-09:00"]],
        [.monday: ["00:00-24:00", "12:00-13:00"]],
    ]

    @Test(arguments: overlapping) func `spans of a week do not overlap`(
        _ days: [Weekday: [ClockSpan]]
    ) throws {
        let story = try SiteStory.opened()
        let weekly = WeeklyHours(validFrom: date("2026-01-01"), days: days)
        #expect(story.refusal(of: .setHours(weekly))?.code == "invalid-value")
    }

    @Test func `spans may touch, over midnight and over the week's end too`() throws {
        var story = try SiteStory.opened()
        let weekly = WeeklyHours(
            validFrom: date("2026-01-01"),
            days: [
                .monday: ["06:00-12:00", "12:00-24:00"], .tuesday: ["00:00-24:00"],
                .sunday: ["22:00-06:00"],
            ])
        #expect(try story.does(.setHours(weekly)) == [.hoursSet(weekly)])
        #expect(try story.does(.setHours(weekly)).isEmpty)
        #expect(
            story.refusal(of: .withdrawHours(validFrom: date("2026-01-02")))
                == .hoursNotFound(validFrom: date("2026-01-02")))
    }

    @Test func `a day has so many spans and no more`() throws {
        let story = try SiteStory.opened()
        let spans = (0...InfusionLimits.spansPerWeekday).compactMap { hour in
            ClockTime(minutes: hour * 60).flatMap { from in
                ClockTime(minutes: hour * 60 + 30).map { ClockSpan(from: from, until: $0) }
            }
        }
        let weekly = WeeklyHours.daily(spans, from: date("2026-01-01"))
        #expect(story.refusal(of: .setHours(weekly))?.code == "invalid-value")
    }

    @Test func `closures and openings are announced, changed and withdrawn by their name`() throws {
        var story = try SiteStory.opened()
        let first = SiteClosure("easter", "2026-04-05T00:00/2026-04-06T00:00")
        let longer = SiteClosure("easter", "2026-04-05T00:00/2026-04-07T00:00")
        try story.does(.announceClosure(first))
        #expect(try story.does(.announceClosure(first)).isEmpty)
        #expect(try story.does(.announceClosure(longer)) == [.closureAnnounced(longer)])
        #expect(try story.does(.withdrawClosure("easter")) == [.closureWithdrawn("easter")])
        #expect(try story.does(.withdrawClosure("easter")).isEmpty)
        #expect(
            story.refusal(of: .announceClosure(longer)) == .entryWithdrawn(.closure, "easter"))
        let fair = SiteOpening(id: "fair", period: "2026-04-11T09:00/2026-04-11T13:00")
        #expect(try story.does(.announceOpening(fair)) == [.openingAnnounced(fair)])
        #expect(try story.does(.withdrawOpening("fair")) == [.openingWithdrawn("fair")])
        #expect(story.refusal(of: .withdrawOpening("no")) == .entryNotFound(.opening, "no"))
    }

    @Test func `a closure is no longer than a year, an opening than a month`() throws {
        let story = try SiteStory.opened()
        let year = SiteClosure("year", "2026-01-01T00:00/2027-01-02T00:00")
        let more = SiteClosure("more", "2026-01-01T00:00/2027-01-02T00:01")
        #expect(story.refusal(of: .announceClosure(year)) == nil)
        #expect(story.refusal(of: .announceClosure(more))?.code == "invalid-value")
        let month = SiteOpening(id: "m", period: "2026-01-01T00:00/2026-02-01T00:01")
        #expect(story.refusal(of: .announceOpening(month))?.code == "invalid-value")
    }

    // MARK: Shifts

    @Test func `a shift is planned, shortened and withdrawn`() throws {
        var story = try SiteStory.opened()
        let early = Shift("early", "2026-01-15T08:00/2026-01-15T16:00", .people(3))
        #expect(try story.does(.planShift(early)) == [.shiftPlanned(early)])
        #expect(try story.does(.planShift(early)).isEmpty)
        let half: LocalPeriod = "2026-01-15T08:00/2026-01-15T12:00"
        #expect(
            try story.does(.shortenShift("early", to: half, reason: .sickLeave))
                == [.shiftShortened("early", to: half, reason: .sickLeave)])
        #expect(story.state.shifts["early"]?.standing?.period == half)
        #expect(story.state.shifts["early"]?.planned.period == early.period)
        // Better after all: within what was planned it may grow again.
        let longer: LocalPeriod = "2026-01-15T08:00/2026-01-15T14:00"
        try story.does(.shortenShift("early", to: longer, reason: .sickLeave))
        #expect(
            story.refusal(
                of: .shortenShift(
                    "early", to: "2026-01-15T07:00/2026-01-15T12:00", reason: .planChanged))?.code
                == "invalid-value")
        #expect(
            try story.does(.withdrawShift("early", reason: .sickLeave))
                == [.shiftWithdrawn("early", reason: .sickLeave)])
        #expect(try story.does(.withdrawShift("early", reason: .sickLeave)).isEmpty)
        #expect(
            story.refusal(of: .shortenShift("early", to: half, reason: .sickLeave))
                == .entryWithdrawn(.shift, "early"))
        #expect(story.refusal(of: .planShift(early)) == .entryWithdrawn(.shift, "early"))
        #expect(
            story.refusal(of: .withdrawShift("late", reason: .sickLeave))
                == .entryNotFound(.shift, "late"))
    }

    static let impossible: [Shift] = [
        Shift("s", "2026-01-15T08:00/2026-01-15T16:00", .people(0)),
        Shift("s", "2026-01-15T08:00/2026-01-15T16:00", .people(51)),
        Shift("s", "2026-01-15T08:00/2026-01-15T16:00", roles: []),
        Shift("s", "2026-01-15T08:00/2026-01-15T16:00", .person(StaffCode("Anna Rossi"))),
        Shift("s", "2026-01-15T08:00/2026-01-15T08:14"),
        Shift("s", "2026-01-15T08:00/2026-01-16T08:01"),
        Shift("s", "2062-01-15T08:00/2062-01-15T16:00"),
        Shift("two words", "2026-01-15T08:00/2026-01-15T16:00"),
    ]

    @Test(arguments: impossible) func `a shift is of people who can be there`(_ shift: Shift) throws
    {
        #expect(try SiteStory.opened().refusal(of: .planShift(shift))?.code == "invalid-value")
    }

    @Test func `one person is on one shift at a time`() throws {
        var story = try SiteStory.opened()
        let anna = Shift.Staff.person(StaffCode("R1"))
        try story.does(.planShift(Shift("early", "2026-01-15T08:00/2026-01-15T16:00", anna)))
        let late = Shift("late", "2026-01-15T15:00/2026-01-15T20:00", anna)
        #expect(
            story.refusal(of: .planShift(late)) == .staffOnOtherShift(StaffCode("R1"), "early"))
        #expect(
            try story.does(.planShift(Shift("next", "2026-01-15T16:00/2026-01-15T20:00", anna)))
                .count == 1)
        // Somebody else, and a number of people, may be there.
        try story.does(.planShift(Shift("b", late.period, .person(StaffCode("R2")))))
        try story.does(.planShift(Shift("c", late.period, .people(1))))
        // Once the first has gone home, the other may begin.
        try story.does(.withdrawShift("next", reason: .planChanged))
        try story.does(
            .shortenShift(
                "early", to: "2026-01-15T08:00/2026-01-15T15:00", reason: .otherLeave))
        #expect(try story.does(.planShift(late)).count == 1)
    }

    // MARK: Limits

    @Test func `limits are the defaults until a site sets its own`() throws {
        var story = try SiteStory.opened()
        #expect(story.state.limits[.startsPerNurse] == 1)
        #expect(story.state.limits[.patientsPerNurse] == 4)
        #expect(story.state.limits[.closingBufferMinutes] == 15)
        #expect(try story.does(.setLimits(CapacityLimits([.patientsPerNurse: 4]))).isEmpty)
        let own = CapacityLimits([.patientsPerNurse: 3])
        #expect(try story.does(.setLimits(own)) == [.limitsSet(own)])
        #expect(story.state.limits[.patientsPerNurse] == 3)
    }

    @Test(arguments: CapacityLimit.allCases)
    func `a limit has its range`(_ limit: CapacityLimit) throws {
        let story = try SiteStory.opened()
        for value in [limit.accepted.lowerBound - 1, limit.accepted.upperBound + 1] {
            #expect(
                story.refusal(of: .setLimits(CapacityLimits([limit: value])))?.code
                    == "invalid-value")
        }
        for value in [limit.accepted.lowerBound, limit.accepted.upperBound] {
            #expect(story.refusal(of: .setLimits(CapacityLimits([limit: value]))) == nil)
        }
    }

    @Test func `a person offers until a site decides otherwise, and then again`() throws {
        var story = try SiteStory.opened()
        #expect(story.state.automaticOffers == .off)
        #expect(try story.does(.setAutomaticOffers(.off)).isEmpty)
        let on = AutomaticOffers.on(keepMinutes: 60)
        #expect(try story.does(.setAutomaticOffers(on)) == [.automaticOffersSet(on)])
        #expect(try story.does(.setAutomaticOffers(on)).isEmpty)
        for minutes in [0, 1_441] {
            #expect(
                story.refusal(of: .setAutomaticOffers(.on(keepMinutes: minutes)))?.code
                    == "invalid-value")
        }
        #expect(try story.does(.setAutomaticOffers(.off)) == [.automaticOffersSet(.off)])
        #expect(story.state.automaticOffers == .off)
    }

    @Test func `a state is what its events make of it`() throws {
        var story = try SiteStory.open("08:00-16:00")
        try story.does(.planShift(Shift("early", "2026-01-15T08:00/2026-01-15T16:00")))
        try story.does(.announceClosure(SiteClosure("c", "2026-04-05T00:00/2026-04-06T00:00")))
        let events = story.facts.map { SiteEvent(effectiveAt: story.now, fact: $0) }
        #expect(SiteState.fold(events) == story.state)
    }
}
