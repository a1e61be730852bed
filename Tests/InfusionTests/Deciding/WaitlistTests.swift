import Foundation
import Infusion
import InfusionKnowledge
import Testing

@Suite struct `Waiting for a visit`: WaitlistTelling {
    @Test func `a dateless request waits, with what its place rests on`() throws {
        let outcome = ordered.when(.enterWaitlist(request(site: nil)), at: now)
        guard case .waitlistEntered(let entry)? = outcome.facts.first else {
            Issue.record("not entered: \(outcome.facts)")
            return
        }
        #expect(outcome.facts.count == 1)
        #expect(entry.request == request(site: nil))
        #expect(entry.priority.urgency == .routine)
        #expect(entry.priority.due == date("2026-04-13"))
        let sum = try #require(entry.priority.predicates.last)
        #expect(sum.threshold == "signed + 42 d" && sum.holds == true)
        #expect(sum.source == "the ladder of facts §6 names none for routine (ED L)")
        #expect(entry.priority.evidence == sum.evidence)
        #expect(outcome.after.waiting(id(1))?.enteredAt == Clinic.newYork.at(now))
    }

    @Test(arguments: [
        (decimal("6.9"), Urgency.emergency, "2026-03-02"), (7, .urgent, "2026-03-05"),
        (decimal("7.9"), .urgent, "2026-03-05"), (8, .routine, "2026-04-13"),
    ])
    func `haemoglobin ranks the first dose by the ladder`(
        hemoglobin: Decimal, urgency: Urgency, due: String
    ) {
        let story = given { story in
            story.patient(hemoglobin: hemoglobin, on: "2026-03-01")
            story.ordered(on: "2026-03-02")
            story.does(.enterWaitlist(request()), at: now)
        }
        let priority = story.state.waiting(id(1))?.priority
        #expect(priority?.urgency == urgency)
        #expect(priority?.due == date(due))
    }

    @Test func `a site may let routine wait for less`() throws {
        var pathways = ClinicalPathways.standard
        let isTaken = pathways.set(.decimal(21), for: .waitRoutineDays)
        #expect(isTaken)
        let isLongerTaken = pathways.set(.decimal(43), for: .waitRoutineDays)
        #expect(!isLongerTaken)
        var story = ordered
        story.clinic.policy = pathways.policy
        story.does(.enterWaitlist(request()), at: now)
        let priority = try #require(story.state.waiting(id(1))?.priority)
        #expect(priority.due == date("2026-03-23"))
        #expect(priority.predicates.last?.source.hasPrefix("set by the site; ") == true)
    }

    @Test func `a new result ranks the entry anew, by an event of the same command`() {
        var story = waiting
        let facts = story.does(
            .recordLabs([Act.result(7, .hemoglobin, 6, Clinic.newYork.at("2026-03-03 08:00"))]),
            at: "2026-03-03 09:00")
        guard case .waitlistChanged(let entry)? = facts.last else {
            Issue.record("not ranked: \(facts)")
            return
        }
        #expect(entry.request == request())
        #expect(entry.priority.urgency == .emergency)
        #expect(entry.priority.due == date("2026-03-02"))
        #expect(story.state.waiting(id(1))?.enteredAt == Clinic.newYork.at(now))
        // What leaves the place as it is says nothing.
        let again = story.does(
            .recordLabs([
                Act.result(8, .hemoglobin, decimal("6.5"), Clinic.newYork.at("2026-03-04 08:00"))
            ]), at: "2026-03-04 09:00")
        #expect(
            !again.contains { if case .waitlistChanged = $0 { true } else { false } })
    }

    @Test func `the second dose is due when its interval lets it be`() {
        var story = ordered
        story.dose(1, 750, on: "2026-03-03")
        story.does(.enterWaitlist(request()), at: "2026-03-03 12:00")
        let priority = story.state.waiting(id(1))?.priority
        #expect(priority?.due == date("2026-03-10"))
        #expect(priority?.predicates.last?.threshold == "last-dose + 7 d")
    }

    @Test func `an order waits once, and only where a visit is left to book`() {
        waiting.when(.enterWaitlist(request()), at: "2026-03-02 12:05")
            .refused(.alreadyOnWaitlist(id(1)))
        given().when(.enterWaitlist(request()), at: now).refused(.patientNotRegistered)
        given { $0.patient(on: "2026-03-01") }.when(.enterWaitlist(request()), at: now)
            .refused(.orderNotFound(id(1)))
        var held = ordered
        held.does(.holdOrder(id(1), reason: .awaitingLabs), at: now)
        held.when(.enterWaitlist(request()), at: now)
            .refused(.orderNotActive(id(1), status: "held"))
        var booked = ordered
        for (number, day) in [(UInt64(1), "2026-03-04"), (2, "2026-03-12")] {
            booked.does(
                .bookAppointment(id(number), order: id(1), slot: slot("\(day) 10:00")), at: now)
        }
        booked.when(.enterWaitlist(request()), at: now)
            .refused(.orderFullyBooked(id(1), booked: 2, dosesLeft: 2))
    }

    @Test func `what is asked of the time has to be possible`() {
        func refused(_ request: WaitlistRequest, _ field: String) {
            ordered.when(.enterWaitlist(request), at: now).refused(field: field)
        }
        refused(request(site: "North Wing"), "site")
        refused(request(minutes: 4), "minutes")
        refused(request(minutes: 721), "minutes")
        refused(request(notice: -1), "noticeHours")
        refused(request(notice: 673), "noticeHours")
        refused(request(weekdays: []), "weekdays")
        refused(request(latest: "2026-03-01"), "latest")
        refused(request(earliest: "2026-03-10", latest: "2026-03-09"), "earliest")
        refused(request(hours: hours(12, 8)), "hours.until")
        refused(request(hours: hours(8, 9)), "hours")
        ordered.when(.enterWaitlist(request(latest: "2026-03-02")), at: now).accepted()
        ordered.when(.enterWaitlist(request(hours: hours(22, 24))), at: now).accepted()
    }

    @Test func `no time is waited for that is too short for the visit`() {
        // A push of 8 min, at 100 mg a minute, and 30 min, by the label.
        ordered.when(.enterWaitlist(request(minutes: 37)), at: now)
            .refused(.visitTooShort(minutes: 37, needed: 38))
        ordered.when(.enterWaitlist(request(minutes: 38)), at: now).accepted()
        waiting.when(.changeWaitlist(request(minutes: 37)), at: now)
            .refused(.visitTooShort(minutes: 37, needed: 38))
    }

    @Test func `a test dose and its wait are waited for, unless a visit before has them`() throws {
        var story = given { story in
            story.patient(on: "2026-03-01")
            story.ordered(
                product: "infed", row: "LMWID-US", prescribed: [100, 100], method: .ganzoni,
                on: "2026-03-02")
        }
        let outcome = story.when(.enterWaitlist(request(minutes: 45)), at: now)
        guard case .visitTooShort(45, let needed)? = outcome.refusal else {
            Issue.record("not refused: \(outcome.result)")
            return
        }
        #expect(needed >= 90)
        story.when(.enterWaitlist(request(minutes: needed)), at: now).accepted()
        story.does(
            .bookAppointment(
                id(1), order: id(1), slot: slot("2026-03-11 09:00", minutes: 240)), at: now)
        story.when(.enterWaitlist(request(minutes: 45)), at: now).accepted()
    }

    @Test func `a change restates the request and keeps the time on the list`() {
        var story = waiting
        story.when(.changeWaitlist(request()), at: "2026-03-02 13:00").thenNothing()
        story.does(.changeWaitlist(request(site: nil, notice: 24)), at: "2026-03-02 13:00")
        #expect(story.state.waiting(id(1))?.request == request(site: nil, notice: 24))
        #expect(story.state.waiting(id(1))?.enteredAt == Clinic.newYork.at(now))
        story.when(.changeWaitlist(request(minutes: 4)), at: "2026-03-02 13:00")
            .refused(field: "minutes")
        ordered.when(.changeWaitlist(request()), at: now).refused(.notOnWaitlist(id(1)))
    }

    @Test func `who is taken off can come back, as the last`() {
        var story = waiting
        story.does(.leaveWaitlist(id(1), reason: .patientRequest), at: "2026-03-03 12:00")
        #expect(story.state.waiting(id(1)) == nil)
        #expect(story.state.waitlist.last?.left?.value == .withdrawnByPerson(.patientRequest))
        story.when(.leaveWaitlist(id(1), reason: .patientRequest), at: "2026-03-03 12:00")
            .refused(.notOnWaitlist(id(1)))
        story.does(.enterWaitlist(request()), at: "2026-03-04 12:00")
        #expect(story.state.waitlist.count == 2)
        #expect(
            story.state.waiting(id(1))?.enteredAt == Clinic.newYork.at("2026-03-04 12:00"))
    }

    @Test func `a booking takes the request off, of whatever time`() {
        let booking = waiting.when(
            .bookAppointment(id(1), order: id(1), slot: slot("2026-03-04 10:00")),
            at: "2026-03-02 13:00")
        #expect(booking.facts.last == left(.booked(id(1))))
        var held = waiting
        held.does(
            .holdAppointment(id(1), order: id(1), slot: slot("2026-03-04 10:00"), minutes: 30),
            at: "2026-03-02 13:00")
        #expect(held.state.waiting(id(1)) != nil)
        #expect(
            held.when(.confirmAppointment(id(1)), at: "2026-03-02 13:10").facts.last
                == left(.booked(id(1))))
    }

    @Test func `an order or a patient that ends closes the request`() {
        let cancelled = waiting.when(
            .cancelOrder(id(1), reason: .clinicianDecision), at: "2026-03-02 13:00")
        #expect(cancelled.facts.last == left(.orderEnded))
        let died = waiting.when(
            .setClinicalContext(
                [.general], facts: [.deceased(true)], at: Clinic.newYork.at("2026-03-02 13:00")),
            at: "2026-03-02 13:00")
        #expect(died.facts.last == left(.patientDeceased))
        // A held order waits on: a release makes it ready.
        var held = waiting
        held.does(.holdOrder(id(1), reason: .awaitingLabs), at: "2026-03-02 13:00")
        #expect(held.state.waiting(id(1)) != nil)
    }

    @Test func `red cells wait like iron, due on the day they were signed for where it is urgent`()
    {
        var story = given { $0.patient(hemoglobin: 6, on: "2026-03-01") }
        story.does(
            .orderTransfusion(
                OrderTransfusion(
                    id: id(1), units: 1, indication: .general,
                    signature: Signature(
                        prescriber: "dr-bianchi", signedAt: Clinic.newYork.at(now)))), at: now)
        story.when(.enterWaitlist(request(minutes: 59)), at: now)
            .refused(.visitTooShort(minutes: 59, needed: 60))
        story.does(.enterWaitlist(request(minutes: 240)), at: now)
        let priority = story.state.waiting(id(1))?.priority
        #expect(priority?.urgency == .emergency)
        #expect(priority?.due == date("2026-03-02"))
        let given = story.when(
            .recordTransfusion(
                Transfusion(id: id(1), units: 1), at: Clinic.newYork.at("2026-03-02 15:00")),
            at: "2026-03-02 15:00")
        #expect(given.facts.last == left(.orderEnded))
    }
}
