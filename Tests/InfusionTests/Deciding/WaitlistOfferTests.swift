import Foundation
import Infusion
import Testing

@Suite struct `Offering a time to who waits`: WaitlistTelling {
    @Test func `an offer is a hold that says for whom it was meant`() {
        let outcome = waiting.when(offer(), at: "2026-03-02 13:00")
        guard case .appointmentHeld(let visit, let until)? = outcome.facts.first else {
            Issue.record("not held: \(outcome.facts)")
            return
        }
        #expect(visit.slot == slot("2026-03-04 10:00"))
        #expect(until == Clinic.newYork.at("2026-03-02 14:00"))
        #expect(
            outcome.facts.last
                == .waitlistOffered(
                    WaitlistOffer(order: id(1), appointment: id(1), freed: id(99))))
        #expect(outcome.after.waiting(id(1)) != nil)
    }

    @Test func `an offer that is confirmed is the visit waited for`() {
        let outcome = offered.when(.confirmAppointment(id(1)), at: "2026-03-02 13:30")
        #expect(outcome.facts.last == left(.booked(id(1))))
        #expect(outcome.after.waiting(id(1)) == nil)
    }

    @Test func `an offer that is declined gives the time back, and the patient waits on`() {
        offered.when(.declineOffer(id(1), reason: .patientRequest), at: "2026-03-02 13:30")
            .then([.appointmentCancelled(id(1), reason: .patientRequest)])
        var story = offered
        story.does(.declineOffer(id(1), reason: .patientRequest), at: "2026-03-02 13:30")
        #expect(story.state.waiting(id(1)) != nil)
        story.when(.declineOffer(id(1), reason: .patientRequest), at: "2026-03-02 13:40")
            .refused(.offerNotOpen(id(1)))
        offered.when(.declineOffer(id(1), reason: .patientRequest), at: "2026-03-02 14:00")
            .refused(.holdExpired(id(1), at: Clinic.newYork.at("2026-03-02 14:00")))
        offered.when(.declineOffer(id(2), reason: .patientRequest), at: "2026-03-02 13:30")
            .refused(.appointmentNotFound(id(2)))
        var held = waiting
        held.does(
            .holdAppointment(id(3), order: id(1), slot: slot("2026-03-04 10:00"), minutes: 30),
            at: "2026-03-02 13:00")
        held.when(.declineOffer(id(3), reason: .patientRequest), at: "2026-03-02 13:10")
            .refused(.offerNotOpen(id(3)))
    }

    @Test func `one offer at a time, and another once it has run out`() {
        offered.when(offer(2, "2026-03-12 10:00"), at: "2026-03-02 13:30").refused(
            .offerNotAnswered(id(1), until: Clinic.newYork.at("2026-03-02 14:00")))
        let next = offered.when(offer(2, "2026-03-05 10:00"), at: "2026-03-02 14:00")
        #expect(next.facts.first == .holdExpired(id(1)))
        #expect(next.after.openOffer(of: next.after.waitlist[0])?.appointment.id == id(2))
        ordered.when(offer(), at: now).refused(.notOnWaitlist(id(1)))
    }

    @Test func `who is taken off gives the offer back`() {
        offered.when(.leaveWaitlist(id(1), reason: .noLongerNeeded), at: "2026-03-02 13:30").then([
            .appointmentCancelled(id(1), reason: .noLongerNeeded),
            left(.withdrawnByPerson(.noLongerNeeded)),
        ])
    }

    @Test func `a time that the patient did not ask for is not offered`() {
        func misfit(_ wish: WaitlistRequest, _ expected: WaitlistMisfit?) {
            // Wednesday, 4 March, 10:00 to 11:30.
            #expect(
                wish.misfit(
                    slot("2026-03-04 10:00"), at: Clinic.newYork.at(now), in: Clinic.newYork.zone)
                    == expected)
        }
        misfit(request(), nil)
        misfit(request(site: nil), nil)
        misfit(request(site: "south"), .site)
        misfit(request(minutes: 91), .tooShort)
        misfit(request(earliest: "2026-03-04", latest: "2026-03-04"), nil)
        misfit(request(earliest: "2026-03-05"), .tooEarly)
        misfit(request(latest: "2026-03-03"), .tooLate)
        misfit(request(weekdays: [.wednesday]), nil)
        misfit(request(weekdays: [.monday, .friday]), .weekday)
        misfit(request(hours: hours(10, 12)), nil)
        misfit(request(hours: hours(11, 14)), .hours)
        misfit(request(minutes: 60, hours: hours(10, 11)), .hours)
        misfit(request(notice: 46), nil)
        misfit(request(notice: 47), .notice)
        var story = ordered
        story.does(.enterWaitlist(request(notice: 47)), at: now)
        story.when(offer(), at: "2026-03-02 12:00").refused(field: "slot")
    }

    @Test func `hours and dates are those of the site where the time is`() throws {
        let angeles = try #require(TimeZone(identifier: "America/Los_Angeles"))
        var story = ordered
        story.clinic.visitPlace = VisitPlace(timeZone: angeles, region: .us)
        story.does(
            .enterWaitlist(
                request(
                    site: nil, latest: "2026-03-03", weekdays: [.tuesday], hours: hours(21, 24))),
            at: now)
        // Tuesday from 21:00 to 22:30 there, which is Wednesday where the patient is registered.
        story.when(offer(1, "2026-03-04 00:00"), at: "2026-03-02 13:00").accepted()
        // Tuesday from 21:00 to 22:30 by the patient's own clock.
        story.when(offer(1, "2026-03-03 21:00"), at: "2026-03-02 13:00").refused(field: "slot")
    }

    @Test func `what is waited for at a site can be today by its calendar`() throws {
        let honolulu = try #require(TimeZone(identifier: "Pacific/Honolulu"))
        var story = ordered
        let wish = request(latest: "2026-03-02")
        story.when(.enterWaitlist(wish), at: "2026-03-03 02:00").refused(field: "latest")
        story.clinic.visitPlace = VisitPlace(timeZone: honolulu, region: .us)
        story.when(.enterWaitlist(wish), at: "2026-03-03 02:00").accepted()
    }

    @Test func `a slot begins at the first minute of the free time that suits`() throws {
        let zone = Clinic.newYork.zone
        func first(_ wish: WaitlistRequest, from: String, until: String) throws -> String? {
            let free = try #require(
                TimeSpan(from: Clinic.newYork.at(from), until: Clinic.newYork.at(until)))
            let found = wish.slots(
                in: free, of: ChairID("3"), at: SiteID("north"), asked: Clinic.newYork.at(now),
                in: zone
            ).first { _ in true }
            if let found {
                #expect(found.end == found.start.adding(minutes: Int64(wish.minutes)))
            }
            return found.map { "\(ZoneClock(zone).localTime(of: $0.start))" }
        }
        let (from, until) = ("2026-03-04 08:00", "2026-03-04 12:00")
        #expect(try first(request(), from: from, until: until) == "2026-03-04T08:00")
        #expect(
            try first(request(hours: hours(9, 14)), from: from, until: until) == "2026-03-04T09:00")
        #expect(try first(request(hours: hours(11, 14)), from: from, until: until) == nil)
        #expect(
            try first(request(notice: 46), from: from, until: until) == "2026-03-04T10:00")
        #expect(try first(request(notice: 48), from: from, until: until) == nil)
        #expect(try first(request(minutes: 241), from: from, until: until) == nil)
    }

    @Test func `nurses bear a visit more where their limits leave room for it`() {
        let load = NurseLoad(of: [slot("2026-03-04 10:00"), slot("2026-03-04 10:20")])
        func isFull(_ limit: NurseLimit, _ time: String, allowed: Int) -> Bool {
            let taking = NurseTaking(
                limit: limit, quarter: QuarterHour(holding: Clinic.newYork.at(time)),
                allowed: allowed)
            return load.lacking([taking]) != nil
        }
        #expect(isFull(.starts, "2026-03-04 10:00", allowed: 1))
        #expect(!isFull(.starts, "2026-03-04 10:00", allowed: 2))
        #expect(isFull(.starts, "2026-03-04 10:15", allowed: 1))
        #expect(!isFull(.starts, "2026-03-04 10:30", allowed: 1))
        // From 10:00 to 11:30, and from 10:20 to 11:50.
        #expect(!isFull(.patients, "2026-03-04 10:00", allowed: 2))
        #expect(isFull(.patients, "2026-03-04 10:15", allowed: 2))
        #expect(isFull(.patients, "2026-03-04 11:15", allowed: 2))
        #expect(!isFull(.patients, "2026-03-04 11:30", allowed: 2))
        #expect(isFull(.patients, "2026-03-04 12:00", allowed: 0))
    }

    @Test func `what is withheld of a time is free for nobody`() throws {
        func span(_ from: String, _ until: String) throws -> TimeSpan {
            try #require(TimeSpan(from: Clinic.newYork.at(from), until: Clinic.newYork.at(until)))
        }
        let room = WaitlistRoom(
            of: ChairID("3"), at: SiteID("north"),
            in: try span("2026-03-04 08:00", "2026-03-04 12:00"),
            taken: [slot("2026-03-04 08:00")],
            withheld: [try span("2026-03-04 11:00", "2026-03-04 11:30")], given: SiteState(),
            place: VisitPlace(timeZone: Clinic.newYork.zone, region: .us))
        #expect(
            room.free == [
                try span("2026-03-04 09:30", "2026-03-04 11:00"),
                try span("2026-03-04 11:30", "2026-03-04 12:00"),
            ])
    }

    @Test func `a candidate is judged as the booking would be, and by what is known on the day`()
        throws
    {
        func judged(
            _ story: Story, _ time: String, at asked: String = "2026-03-02 13:00",
            freed: UInt64? = 99, slot gave: String? = nil
        ) throws -> WaitlistCandidacy {
            let entry = try #require(story.state.waiting(id(1)))
            return WaitlistCandidacy(
                of: entry, as: id(50), in: slot(time),
                freed: freed.map { FreedSlot(visit: id($0), slot: slot(gave ?? time)) },
                given: story.state, in: story.clinic.context(now: story.clinic.at(asked)))
        }
        let near = "2026-03-04 10:00"
        #expect(try judged(waiting, near) == .fits(slot(near)))
        // By then the results are too old.
        guard case .gatesShut(let gates) = try judged(waiting, "2026-12-01 10:00") else {
            Issue.record("not shut")
            return
        }
        #expect(gates.contains(.diagnosis) && !gates.contains(.infection))
        let until = Clinic.newYork.at("2026-03-02 14:00")
        #expect(try judged(offered, near, at: "2026-03-02 13:30") == .offered(until: until))
        #expect(try judged(offered, near, at: "2026-03-02 14:00") == .offeredBefore)
        #expect(
            try judged(offered, near, at: "2026-03-02 14:00", freed: 98) == .fits(slot(near)))
        // Another time that the same visit gave back.
        let later = "2026-03-04 11:30"
        #expect(try judged(offered, later, at: "2026-03-02 14:00") == .fits(slot(later)))
        #expect(
            try judged(offered, later, at: "2026-03-02 14:00", slot: "2026-03-04 11:00")
                == .offeredBefore)
        var treated = ordered
        treated.dose(1, 750, on: "2026-03-03")
        treated.does(.enterWaitlist(request()), at: "2026-03-03 12:00")
        guard
            case .refused(.gatesShut) = try judged(
                treated, "2026-03-09 10:00", at: "2026-03-03 13:00")
        else {
            Issue.record("the interval lets it be")
            return
        }
    }

    @Test func `a second dose of ferumoxytol fits from day 3 to day 8, and on no other`() throws {
        var story = given { story in
            story.patient(on: "2026-03-01")
            story.ordered(
                product: "feraheme", row: "FMX-US", prescribed: [510, 510], on: "2026-03-02")
            story.dose(1, 510, on: "2026-03-02")
        }
        story.does(.enterWaitlist(request()), at: "2026-03-02 12:00")
        let entry = try #require(story.state.waiting(id(1)))
        #expect(entry.priority.due == date("2026-03-05"))
        let context = story.clinic.context(now: story.clinic.at("2026-03-02 13:00"))
        for day in 3...12 {
            let time = slot("2026-03-\(day < 10 ? "0" : "")\(day) 10:00")
            let candidacy = WaitlistCandidacy(
                of: entry, as: id(50), in: time, freed: nil, given: story.state, in: context)
            if case .refused(.gatesShut) = candidacy {
                #expect(day < 5 || day > 10, "day \(day)")
            } else {
                #expect((5...10).contains(day), "day \(day): \(candidacy)")
            }
        }
    }
}
