import Infusion
import Testing

/// What a plan changes of a site, and what it leaves alone.
@Suite("Plans of a site") struct SitePlanTests {
    private static func plan() -> SitePlan {
        var plan = SitePlan(site: SiteID("main"), timeZone: "Europe/Rome")
        plan.chairs = [
            SitePlan.Chair(SiteChair(id: "chair-1", kind: .recliner)),
            SitePlan.Chair(SiteChair(id: "chair-2", kind: .bed), retiredFrom: date("2026-06-01")),
        ]
        plan.hours = [.set(.daily(["08:00-16:00"], from: date("2026-01-01")))]
        plan.closures = [.announced(closure)]
        plan.openings = [
            .announced(SiteOpening(id: "fair", period: "2026-04-11T09:00/2026-04-11T13:00"))
        ]
        plan.outages = [.announced(outage)]
        plan.shifts = [.announced(early)]
        return plan
    }

    private static let closure = SiteClosure("easter", "2026-04-05T00:00/2026-04-06T00:00")
    private static let outage = ChairOutage(
        "check", "chair-1", from: "2026-02-01T08:00", until: "2026-02-01T12:00")
    private static let early = Shift("early", "2026-01-15T08:00/2026-01-15T16:00", .people(2))

    @Test func `a plan makes a site, and made once it changes nothing`() throws {
        var story = SiteStory()
        let facts = try story.does(.apply(Self.plan()))
        #expect(facts.count == 9)
        #expect(facts.first == .siteOpened(SiteID("main"), timeZone: "Europe/Rome"))
        #expect(facts.contains(.chairRetired("chair-2", from: date("2026-06-01"))))
        #expect(try story.does(.apply(Self.plan())).isEmpty)
    }

    @Test func `a plan that says nothing of automatic offers has none`() throws {
        var story = SiteStory()
        var plan = Self.plan()
        plan.automaticOffers = .on(keepMinutes: 45)
        #expect(
            try story.does(.apply(plan)).contains(.automaticOffersSet(.on(keepMinutes: 45))))
        #expect(try story.does(.apply(plan)).isEmpty)
        #expect(try story.does(.apply(Self.plan())) == [.automaticOffersSet(.off)])
    }

    @Test func `only what differs becomes events`() throws {
        var story = SiteStory()
        try story.does(.apply(Self.plan()))
        var plan = SitePlan(site: SiteID("main"), timeZone: "Europe/Zurich")
        plan.limits = CapacityLimits([.startsPerNurse: 2])
        plan.chairs = [
            SitePlan.Chair(SiteChair(id: "chair-1", kind: .recliner, isIsolated: true)),
            SitePlan.Chair(SiteChair(id: "chair-2", kind: .bed)),
        ]
        plan.hours = Self.plan().hours + [.set(.daily([], from: date("2026-08-01")))]
        plan.closures = [.withdrawn("easter")]
        plan.shifts = [.withdrawn("early")]
        #expect(
            try story.does(.apply(plan)) == [
                .timeZoneCorrected("Europe/Zurich"), .limitsSet(plan.limits),
                .chairDefined(plan.chairs[0].chair), .chairDefined(plan.chairs[1].chair),
                .hoursSet(.daily([], from: date("2026-08-01"))), .closureWithdrawn("easter"),
                .shiftWithdrawn("early", reason: .planChanged),
            ])
        // What it does not name stands.
        #expect(story.state.openings["fair"]?.standing != nil)
        #expect(story.state.outages["check"]?.standing != nil)
        #expect(try story.does(.apply(plan)).isEmpty)
    }

    @Test func `what was said on the day is not undone by an older plan`() throws {
        var story = SiteStory()
        try story.does(.apply(Self.plan()))
        try story.does(.withdrawShift("early", reason: .sickLeave))
        try story.does(.withdrawClosure("easter"))
        try story.does(.returnChair("chair-1", at: "2026-02-01T09:00"))
        #expect(try story.does(.apply(Self.plan())).isEmpty)
        #expect(story.state.shifts["early"]?.standing == nil)
        // A plan that says something new of it is told that it is gone.
        var plan = Self.plan()
        plan.shifts = [
            .announced(Shift("early", "2026-01-15T09:00/2026-01-15T16:00", .people(2)))
        ]
        #expect(story.refusal(of: .apply(plan)) == .entryWithdrawn(.shift, "early"))
    }

    @Test func `a chair or hours that a plan forgets are asked for`() throws {
        var story = SiteStory()
        try story.does(.apply(Self.plan()))
        var plan = Self.plan()
        plan.chairs = []
        plan.hours = []
        #expect(
            story.refusal(of: .apply(plan))
                == .missingFromPlan(
                    chairs: ["chair-1", "chair-2"], hours: [date("2026-01-01")]))
        plan = Self.plan()
        plan.hours = [.withdrawn(validFrom: date("2026-01-01"))]
        #expect(
            try story.does(.apply(plan)) == [.hoursWithdrawn(validFrom: date("2026-01-01"))])
        #expect(try story.does(.apply(plan)).isEmpty)
    }

    @Test func `two people may change places in one plan`() throws {
        let (anna, bea) = (
            Shift.Staff.person(StaffCode("R1")), Shift.Staff.person(StaffCode("R2"))
        )
        let morning: LocalPeriod = "2026-01-15T06:00/2026-01-15T14:00"
        let evening: LocalPeriod = "2026-01-15T13:00/2026-01-15T21:00"
        func plan(_ first: Shift.Staff, _ second: Shift.Staff) -> SitePlan {
            var plan = SitePlan(site: SiteID("main"), timeZone: "Europe/Rome")
            plan.shifts = [
                .announced(Shift("a", morning, first)), .announced(Shift("b", evening, second)),
            ]
            return plan
        }
        var story = SiteStory()
        try story.does(.apply(plan(anna, bea)))
        #expect(try story.does(.apply(plan(bea, anna))).count == 2)
        #expect(
            story.refusal(of: .apply(plan(anna, anna)))
                == .staffOnOtherShift(StaffCode("R1"), "b"))
    }

    @Test func `a plan is decided as a whole or not at all`() throws {
        var plan = Self.plan()
        plan.shifts.append(.announced(Shift("bad", "2026-01-15T08:00/2026-01-15T08:01")))
        #expect(SiteStory().refusal(of: .apply(plan))?.code == "invalid-value")
        plan = Self.plan()
        plan.shifts = (0..<InfusionLimits.siteChangesPerCommand).map { number in
            .announced(
                Shift(SiteEntryID("s\(number)"), "2026-01-15T08:00/2026-01-15T16:00"))
        }
        #expect(SiteStory().refusal(of: .apply(plan))?.code == "invalid-value")
    }
}
