import Foundation
import Infusion
import Testing

/// Bookings at a site that something was decided about: what its plan says, whoever else is booked.
@Suite("Bookings and the plan of their site") struct VisitSiteTests {
    private static let now = "2026-03-02 12:00"

    /// Open from 08:00 to 17:00 in New York with two chairs, two nurses and cover for resuscitation.
    private func site(_ change: (inout SiteStory) throws -> Void = { _ in }) throws -> SiteStory {
        var story = try SiteStory.open("08:00-17:00", in: "America/New_York")
        try story.does(
            .planShift(
                Shift(
                    "day", "2026-03-04T08:00/2026-03-04T17:00", .people(2),
                    roles: [.registeredNurse, .resuscitation])))
        try change(&story)
        return story
    }

    private func slot(
        _ time: String, minutes: Int64 = 60, chair: ChairID = "chair-1"
    ) -> AppointmentSlot {
        let start = Clinic.newYork.at(time)
        return AppointmentSlot(
            site: SiteID("main"), chair: chair, start: start, end: start.adding(minutes: minutes))
    }

    /// An order that can be booked, decided on as the site is then.
    private func ordered(_ slot: AppointmentSlot, at site: SiteStory) -> Story {
        var story = given { story in
            story.patient(on: "2026-03-01")
            story.ordered(on: "2026-03-02")
        }
        story.clinic.visitSite = VisitSite(at: slot.start, given: site.state)
        return story
    }

    private func booking(
        _ slot: AppointmentSlot, at site: SiteStory, override: CapacityOverride? = nil
    ) -> Outcome {
        ordered(slot, at: site).when(
            .bookAppointment(id(1), order: id(1), slot: slot, override: override), at: Self.now)
    }

    private func overriding(
        _ rules: Set<CapacityRule>, by role: ClinicalRole = .nurse
    ) -> CapacityOverride {
        CapacityOverride(rules: rules, reason: .staffAgreed, role: role)
    }

    @Test func `what the site offers is booked`() throws {
        booking(slot("2026-03-04 09:00"), at: try site()).accepted()
        booking(slot("2026-03-04 15:45"), at: try site()).accepted()
    }

    @Test func `a site of which nothing was decided says nothing`() {
        var story = given { story in
            story.patient(on: "2026-03-01")
            story.ordered(on: "2026-03-02")
        }
        story.clinic.visitSite = nil
        story.when(
            .bookAppointment(id(1), order: id(1), slot: slot("2026-03-04 03:00")), at: Self.now
        ).accepted()
    }

    @Test func `outside the opening hours it is closed`() throws {
        let early = slot("2026-03-04 07:30")
        booking(early, at: try site()).refused(.siteClosed(SiteID("main"), at: early.start))
        let late = slot("2026-03-04 16:30")
        booking(late, at: try site())
            .refused(.siteClosed(SiteID("main"), at: Clinic.newYork.at("2026-03-04 17:00")))
    }

    @Test func `on a day of a closure it is closed, and opens again where that is withdrawn`()
        throws
    {
        var site = try site {
            try $0.does(
                .announceClosure(SiteClosure("flood", "2026-03-04T00:00/2026-03-05T00:00")))
        }
        let wanted = slot("2026-03-04 09:00")
        booking(wanted, at: site).refused(.siteClosed(SiteID("main"), at: wanted.start))
        try site.does(.withdrawClosure("flood"))
        booking(wanted, at: site).accepted()
    }

    @Test func `a chair has to be there, and in service`() throws {
        let site = try site {
            try $0.does(.retireChair("chair-2", from: date("2026-03-01")))
            try $0.does(
                .takeChairOut(
                    ChairOutage(
                        "pump", "chair-1", from: "2026-03-04T10:00", until: "2026-03-04T11:00")))
        }
        booking(slot("2026-03-04 09:00", chair: "chair-9"), at: site)
            .refused(.chairNotFound("chair-9", accepted: ["chair-1"]))
        booking(slot("2026-03-04 09:00", chair: "chair-2"), at: site)
            .refused(.chairRetired("chair-2", from: date("2026-03-01")))
        booking(slot("2026-03-04 09:30"), at: site)
            .refused(.chairOutOfService("chair-1", at: Clinic.newYork.at("2026-03-04 10:00")))
        booking(slot("2026-03-04 09:00"), at: site).accepted()
        booking(slot("2026-03-04 11:00"), at: site).accepted()
    }

    @Test func `somebody is free to treat anaphylaxis from the first minute to the last`() throws {
        let site = try site {
            try $0.does(
                .shortenShift("day", to: "2026-03-04T08:00/2026-03-04T09:40", reason: .sickLeave))
        }
        let wanted = slot("2026-03-04 09:00")
        let refusal = Refusal.noResuscitationCover(at: Clinic.newYork.at("2026-03-04 09:40"))
        booking(wanted, at: site).refused(refusal)
        booking(wanted, at: site, override: overriding(Set(CapacityRule.allCases)))
            .refused(refusal)
        booking(slot("2026-03-04 08:40"), at: site).accepted()
    }

    @Test func `a site that never planned a shift is judged by hours and chairs, and not by staff`()
        throws
    {
        var site = try SiteStory.open("08:00-17:00", in: "America/New_York")
        booking(slot("2026-03-04 09:00"), at: site).accepted()
        booking(slot("2026-03-04 07:30"), at: site)
            .refused(.siteClosed(SiteID("main"), at: Clinic.newYork.at("2026-03-04 07:30")))
        booking(slot("2026-03-04 09:00", chair: "chair-9"), at: site)
            .refused(.chairNotFound("chair-9", accepted: ["chair-1", "chair-2"]))
        // Once it plans one, be it of another day, and withdrawn, it has told of its staff.
        let refusal = Refusal.noResuscitationCover(at: Clinic.newYork.at("2026-03-04 09:00"))
        try site.does(.planShift(Shift("day", "2026-03-05T08:00/2026-03-05T17:00", .people(1))))
        booking(slot("2026-03-04 09:00"), at: site).refused(refusal)
        try site.does(.withdrawShift("day", reason: .planChanged))
        booking(slot("2026-03-04 09:00"), at: site).refused(refusal)
    }

    @Test func `a site without hours or chairs offers none`() throws {
        var site = try SiteStory.opened("America/New_York")
        let wanted = slot("2026-03-04 09:00")
        booking(wanted, at: site).refused(.siteClosed(SiteID("main"), at: wanted.start))
        try site.does(.setHours(.daily(["08:00-17:00"], from: date("2011-01-01"))))
        booking(wanted, at: site).refused(.chairNotFound("chair-1", accepted: []))
    }

    @Test func `the last visit leaves its chair before closing, unless somebody answers for it`()
        throws
    {
        let late = slot("2026-03-04 15:46")
        booking(late, at: try site())
            .refused(.afterLastStart(last: Clinic.newYork.at("2026-03-04 15:45")))
        booking(late, at: try site(), override: overriding([.nurseStarts]))
            .refused(.afterLastStart(last: Clinic.newYork.at("2026-03-04 15:45")))
        let outcome = booking(late, at: try site(), override: overriding([.lastStart]))
        outcome.accepted()
        #expect(outcome.facts.last == .capacityOverridden(id(1), overriding([.lastStart])))
        #expect(outcome.after.appointment(id(1))?.capacityOverride == overriding([.lastStart]))
        let whole = slot("2026-03-04 08:00", minutes: 540)
        booking(whole, at: try site()).refused(.afterLastStart(last: nil))
    }

    @Test func `a midday break is a closing, and the afternoon no room for the morning`() throws {
        var site = try SiteStory.open("08:00-12:00", "13:00-17:00", in: "America/New_York")
        let late = slot("2026-03-04 11:00")
        let refusal = Refusal.afterLastStart(last: Clinic.newYork.at("2026-03-04 10:45"))
        booking(late, at: site).refused(refusal)
        booking(late, at: site, override: overriding([.visitLength])).refused(refusal)
        booking(late, at: site, override: overriding([.lastStart])).accepted()
        for time in ["10:45", "13:00", "15:45"] {
            booking(slot("2026-03-04 \(time)"), at: site).accepted()
        }
        booking(slot("2026-03-04 15:46"), at: site)
            .refused(.afterLastStart(last: Clinic.newYork.at("2026-03-04 15:45")))
        booking(slot("2026-03-04 08:00", minutes: 240), at: site)
            .refused(.afterLastStart(last: nil))
        // A chair that comes back into service in the morning is of the morning.
        try site.does(
            .takeChairOut(
                ChairOutage("pump", "chair-1", from: "2026-03-04T08:00", until: "2026-03-04T09:00"))
        )
        booking(slot("2026-03-04 09:00"), at: site).accepted()
        booking(late, at: site).refused(refusal)
    }

    @Test
    func `a visit has the time of its dose and of the observation, unless somebody answers for it`()
        throws
    {
        // A push of 8 min, at 100 mg a minute, and 30 min, by the label.
        let short = slot("2026-03-04 09:00", minutes: 37)
        booking(short, at: try site()).refused(.visitTooShort(minutes: 37, needed: 38))
        booking(short, at: try site(), override: overriding([.lastStart]))
            .refused(.visitTooShort(minutes: 37, needed: 38))
        booking(short, at: try site(), override: overriding([.visitLength])).accepted()
        booking(slot("2026-03-04 09:00", minutes: 38), at: try site()).accepted()
    }

    @Test func `a first visit of a product with a test dose has the time of its wait too`() throws {
        func booking(_ minutes: Int64, afterDose: Bool) throws -> Outcome {
            let wanted = slot("2026-03-12 09:00", minutes: minutes)
            var story = given { story in
                story.patient(on: "2026-03-01")
                story.ordered(
                    product: "infed", row: "LMWID-US", prescribed: [100, 100], method: .ganzoni,
                    on: "2026-03-02")
            }
            if afterDose {
                story.does(
                    .bookAppointment(
                        id(9), order: id(1), slot: slot("2026-03-11 09:00", minutes: 240)),
                    at: Self.now)
            }
            var site = try site()
            try site.does(
                .planShift(
                    Shift(
                        "later", "2026-03-12T08:00/2026-03-12T17:00", .people(2),
                        roles: [.registeredNurse, .resuscitation])))
            story.clinic.visitSite = VisitSite(at: wanted.start, given: site.state)
            return story.when(
                .bookAppointment(id(1), order: id(1), slot: wanted), at: Self.now)
        }
        let first = try booking(10, afterDose: false)
        let second = try booking(10, afterDose: true)
        guard case .visitTooShort(_, let whole)? = first.refusal,
            case .visitTooShort(_, let later)? = second.refusal
        else {
            Issue.record("not refused: \(first.result), \(second.result)")
            return
        }
        #expect(whole - later >= 60)
        try booking(Int64(whole), afterDose: false).accepted()
        try booking(Int64(later), afterDose: true).accepted()
    }

    @Test(arguments: [ClinicalRole.administrator, .system])
    func `an override is a clinician's`(role: ClinicalRole) throws {
        booking(
            slot("2026-03-04 09:00"), at: try site(),
            override: overriding([.nurseStarts], by: role)
        ).refused(.capacityOverrideNotAllowed(role))
    }

    @Test func `where nothing is planned there is nothing to override`() {
        given { story in
            story.patient(on: "2026-03-01")
            story.ordered(on: "2026-03-02")
        }.when(
            .bookAppointment(
                id(1), order: id(1), slot: slot("2026-03-04 09:00"),
                override: overriding([.nurseStarts])), at: Self.now
        ).refused(field: "override")
    }

    @Test func `an override is of one time: a move to another leaves it behind`() throws {
        let site = try site()
        let wanted = slot("2026-03-04 09:00")
        var story = ordered(wanted, at: site)
        story.does(
            .bookAppointment(
                id(1), order: id(1), slot: wanted, override: overriding([.nurseStarts])),
            at: Self.now)
        let chair = story.when(
            .moveAppointment(id(1), to: slot("2026-03-04 09:00", chair: "chair-2")), at: Self.now)
        #expect(chair.after.appointment(id(1))?.capacityOverride != nil)
        let time = story.when(.moveAppointment(id(1), to: slot("2026-03-04 09:05")), at: Self.now)
        time.accepted()
        #expect(time.after.appointment(id(1))?.capacityOverride == nil)
        let again = story.when(
            .moveAppointment(
                id(1), to: slot("2026-03-04 09:05"), override: overriding([.nursePatients])),
            at: Self.now)
        #expect(
            again.after.appointment(id(1))?.capacityOverride == overriding([.nursePatients]))
    }

    @Test func `a late visit that somebody answers for may change its chair`() throws {
        let site = try site()
        let late = slot("2026-03-04 15:46")
        var story = ordered(late, at: site)
        story.does(
            .bookAppointment(
                id(1), order: id(1), slot: late, override: overriding([.lastStart])), at: Self.now)
        story.when(
            .moveAppointment(id(1), to: slot("2026-03-04 15:46", chair: "chair-2")), at: Self.now
        ).accepted()
    }

    @Test func `a hold is confirmed by the site of then`() throws {
        var site = try site()
        let wanted = slot("2026-03-04 09:00")
        var story = ordered(wanted, at: site)
        story.does(
            .holdAppointment(id(1), order: id(1), slot: wanted, minutes: 30), at: Self.now)
        try site.does(
            .announceClosure(SiteClosure("flood", "2026-03-04T00:00/2026-03-05T00:00")))
        story.when(.confirmAppointment(id(1)), at: Self.now).accepted()
        story.clinic.visitSite = VisitSite(at: wanted.start, given: site.state)
        story.when(.confirmAppointment(id(1)), at: Self.now)
            .refused(.siteClosed(SiteID("main"), at: wanted.start))
    }
}
