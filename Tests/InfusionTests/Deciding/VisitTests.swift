import Foundation
import Infusion
import Testing

@Suite struct `Holding a visit, and the day itself` {
    /// Ordered two doses of 750 mg on 2 March 2026.
    let ordered = given { story in
        story.patient(on: "2026-03-01")
        story.ordered(on: "2026-03-02")
    }
    let now = "2026-03-02 12:00"

    func slot(_ text: String) -> AppointmentSlot { Act.slot(Clinic.newYork.at(text)) }

    func hold(_ number: UInt64 = 1, _ time: String = "2026-03-04 10:00", minutes: Int = 15)
        -> PatientCommand
    {
        .holdAppointment(id(number), order: id(1), slot: slot(time), minutes: minutes)
    }

    var held: Story {
        var story = ordered
        story.does(hold(), at: now)
        return story
    }

    var booked: Story {
        var story = held
        story.does(.confirmAppointment(id(1)), at: "2026-03-02 12:10")
        return story
    }

    @Test func `a hold says until when, and counts as a visit of the order`() {
        let outcome = ordered.when(hold(), at: now)
        guard case .appointmentHeld(let appointment, let until)? = outcome.facts.first else {
            Issue.record("not held: \(outcome.facts)")
            return
        }
        #expect(appointment.findings.map(\.gate) == Gate.allCases)
        #expect(until == Clinic.newYork.at("2026-03-02 12:15"))
        var story = held
        story.does(hold(2, "2026-03-12 10:00"), at: now)
        story.when(hold(3, "2026-03-22 10:00"), at: now)
            .refused(.orderFullyBooked(id(1), booked: 2, dosesLeft: 2))
    }

    @Test(arguments: [0, 1_441]) func `a hold lasts from a minute to a day`(minutes: Int) {
        ordered.when(hold(minutes: minutes), at: now).refused(
            .invalidValue(field: "minutes", problem: "is \(minutes)", accepted: "1 to 1440"))
    }

    @Test func `a hold is confirmed in time and by the gates of then`() {
        let outcome = held.when(.confirmAppointment(id(1)), at: "2026-03-02 12:14")
        guard case .appointmentConfirmed(id(1), let findings)? = outcome.facts.first else {
            Issue.record("not confirmed: \(outcome.facts)")
            return
        }
        #expect(findings.map(\.gate) == Gate.allCases)
        #expect(outcome.after.appointment(id(1))?.status == .booked)
        held.when(.confirmAppointment(id(1)), at: "2026-03-02 12:15")
            .refused(.holdExpired(id(1), at: Clinic.newYork.at("2026-03-02 12:15")))
        booked.when(.confirmAppointment(id(1)), at: "2026-03-02 12:12")
            .refused(.appointmentNotOpen(id(1), status: "booked"))
    }

    @Test func `what shuts a gate meanwhile is seen when the hold is confirmed`() {
        let story = given { story in
            story.patient(on: "2026-03-01")
            story.ordered(on: "2026-03-02")
            story.does(hold(1, "2026-03-05 10:00", minutes: 1_440), at: now)
            story.dose(1, 750, on: "2026-03-03")
        }
        story.when(.confirmAppointment(id(1)), at: "2026-03-03 11:00").shut([.interval])
        story.when(.cancelAppointment(id(1), reason: .clinicianDecision), at: "2026-03-03 11:00")
            .accepted()
    }

    @Test func `a hold runs out at its instant, and only then`() {
        let end = Clinic.newYork.at("2026-03-02 12:15")
        held.when(.expireHold(id(1)), at: "2026-03-02 12:14")
            .refused(.holdNotExpired(id(1), until: end))
        held.when(.expireHold(id(1)), at: "2026-03-02 13:00").then([.holdExpired(id(1))])
        var story = held
        story.does(.expireHold(id(1)), at: "2026-03-02 13:00")
        #expect(story.events.last?.effectiveAt == end)
        #expect(story.state.appointment(id(1))?.status == .expired)
        booked.when(.expireHold(id(1)), at: "2026-03-02 13:00")
            .refused(.appointmentNotOpen(id(1), status: "booked"))
    }

    @Test func `one's own hold that has run out gives way to the next wish, and is told`() {
        let outcome = held.when(
            .bookAppointment(id(2), order: id(1), slot: slot("2026-03-04 10:00")),
            at: "2026-03-02 12:15")
        #expect(outcome.facts.first == .holdExpired(id(1)))
        #expect(outcome.after.appointment(id(1))?.status == .expired)
        #expect(outcome.after.appointment(id(2))?.status == .booked)
        held.when(
            .bookAppointment(id(2), order: id(1), slot: slot("2026-03-04 10:00")),
            at: "2026-03-02 12:14"
        ).refused(.patientElsewhere(id(1)))
    }

    @Test func `an erasure waits for a hold that lasts, and tells one that has run out`() {
        var story = given { story in
            story.patient(on: "2026-03-01")
            story.ordered(on: "2026-03-02")
            story.does(hold(), at: now)
        }
        story.when(.erasePatient(.patientRequest), at: "2026-03-02 12:14")
            .refused(.careNotEnded(open: "appointment \(AppointmentID(uuid(1)))"))
        // Cancelling the order leaves a hold alone that has run out and was not told.
        story.does(.cancelOrder(id(1), reason: .patientRequest), at: "2026-03-02 12:20")
        #expect(
            story.state.appointment(id(1))?.status
                == .held(until: Clinic.newYork.at("2026-03-02 12:15")))
        story.when(.erasePatient(.patientRequest), at: "2026-03-02 12:30")
            .then([.holdExpired(id(1)), .patientErased(.patientRequest)])
    }

    @Test func `a hold is moved and given back like a booking`() {
        held.when(.moveAppointment(id(1), to: slot("2026-03-05 10:00")), at: "2026-03-02 12:05")
            .then([.appointmentMoved(id(1), to: slot("2026-03-05 10:00"))])
        held.when(.cancelAppointment(id(1), reason: .patientRequest), at: "2026-03-02 12:05")
            .accepted()
        held.when(.cancelAppointment(id(1), reason: .patientRequest), at: "2026-03-02 12:15")
            .refused(.holdExpired(id(1), at: Clinic.newYork.at("2026-03-02 12:15")))
    }

    @Test func `a patient arrives on the day, once`() {
        let arrived = Clinic.newYork.at("2026-03-04 09:50")
        booked.when(.recordArrival(id(1), at: arrived), at: "2026-03-04 09:51")
            .then([.patientArrived(id(1))])
        booked.when(.recordArrival(id(1), at: arrived), at: "2026-03-04 09:30")
            .refused(.inTheFuture(field: "at"))
        booked.when(
            .recordArrival(id(1), at: Clinic.newYork.at("2026-03-03 09:50")), at: "2026-03-04 09:51"
        ).refused(
            .invalidValue(
                field: "at", problem: "is on 2026-03-03, the appointment on 2026-03-04",
                accepted: "at most 12 h before the appointment begins or after it ends"))
        var story = booked
        story.does(.recordArrival(id(1), at: arrived), at: "2026-03-04 09:51")
        story.when(.recordArrival(id(1), at: arrived), at: "2026-03-04 09:52")
            .refused(.appointmentNotOpen(id(1), status: "arrived"))
        story.when(.recordNoShow(id(1)), at: "2026-03-04 10:30")
            .refused(.appointmentNotOpen(id(1), status: "arrived"))
        held.when(.recordArrival(id(1), at: arrived), at: "2026-03-04 09:51")
            .refused(.appointmentNotOpen(id(1), status: "held"))
    }

    @Test func `who has arrived can be seated elsewhere, sent home, or begin`() {
        var story = booked
        story.does(
            .recordArrival(id(1), at: Clinic.newYork.at("2026-03-04 09:50")), at: "2026-03-04 09:51"
        )
        let elsewhere = AppointmentSlot(
            site: SiteID("north"), chair: ChairID("4"), start: slot("2026-03-04 10:00").start,
            end: slot("2026-03-04 10:00").end)
        story.when(.moveAppointment(id(1), to: elsewhere), at: "2026-03-04 09:55").accepted()
        story.when(.moveAppointment(id(1), to: slot("2026-03-05 10:00")), at: "2026-03-04 09:55")
            .refused(
                .invalidValue(
                    field: "slot.start", problem: "is 2026-03-05, and the patient is here",
                    accepted: "at most 12 h before the appointment begins or after it ends"))
        story.when(.cancelAppointment(id(1), reason: .clinicianDecision), at: "2026-03-04 09:55")
            .accepted()
        story.does(
            .recordChairsideCheck(Act.check, at: Clinic.newYork.at("2026-03-04 09:58")),
            at: "2026-03-04 09:58")
        story.noInfection(on: "2026-03-04")
        let outcome = story.when(
            Act.start(1, 750, at: Clinic.newYork.at("2026-03-04 10:05"), appointment: 1),
            at: "2026-03-04 10:05")
        outcome.accepted()
        #expect(outcome.after.appointment(id(1))?.status == .attended(id(1)))
    }
}
