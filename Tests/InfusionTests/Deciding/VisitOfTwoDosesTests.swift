import Foundation
import Infusion
import Testing

/// INFeD's test dose and the rest of its day in one visit (facts §1.5, R-7): the chair is one patient's until
/// both have been observed.
@Suite struct `A visit with two doses` {
    let clinic = Clinic.newYork
    let day = "2026-03-02"
    let left = "2026-03-02 12:15"
    /// Visit 1 is booked from 10:00 to 12:15.
    let booked = given { story in
        story.patient(on: "2026-03-01")
        story.ordered(
            product: "infed", row: "LMWID-US", prescribed: [25, 75, 100], method: .ganzoni,
            on: "2026-03-02")
        story.ordered(
            2, product: "infed", row: "LMWID-US", prescribed: [25, 75], method: .ganzoni,
            on: "2026-03-02")
        story.noInfection(on: "2026-03-02")
        story.does(
            .bookAppointment(
                id(1), order: id(1),
                slot: Act.slot(story.clinic.at("2026-03-02 10:00"), minutes: 135)),
            at: "2026-03-02 09:30")
    }

    func rest(order: UInt64 = 1) -> PatientCommand {
        Act.start(2, order: order, 75, at: clinic.at("\(day) 11:05"), appointment: 1)
    }

    func leave(_ number: UInt64, _ time: String) -> PatientCommand {
        .dischargePatient(id(number), stable: true, at: clinic.at("\(day) \(time)"))
    }

    /// Given from 10:00 to 10:01.
    var tested: Story {
        var story = booked
        story.does(
            Act.start(1, 25, at: clinic.at("\(day) 10:00"), appointment: 1), at: "\(day) 10:00")
        story.does(
            .completeDose(Act.end(1, 25, at: clinic.at("\(day) 10:01"))), at: "\(day) 10:01")
        return story
    }

    var running: Story {
        var story = tested
        story.does(rest(), at: "\(day) 11:05")
        return story
    }

    /// The rest was given by 11:15.
    var given75: Story {
        var story = running
        story.does(
            .completeDose(Act.end(2, 75, at: clinic.at("\(day) 11:15"))), at: "\(day) 11:15")
        return story
    }

    @Test func `the rest of the day is begun in the visit of the test dose`() {
        let outcome = tested.when(rest(), at: "\(day) 11:05")
        outcome.accepted()
        #expect(outcome.after.doses(in: id(1)).map(\.id) == [id(1), id(2)])
        #expect(outcome.after.appointment(id(1))?.status == .attended(id(1)))
    }

    @Test func `the visit is its order's, and over with the discharge`() {
        tested.when(rest(order: 2), at: "\(day) 11:05").refused(field: "appointment")
        var story = tested
        story.does(leave(1, "11:01"), at: "\(day) 11:01")
        story.when(rest(), at: "\(day) 11:05")
            .refused(.appointmentNotOpen(id(1), status: "attended"))
    }

    @Test func `nobody is discharged from the test dose while the rest runs`() {
        running.when(leave(1, "11:10"), at: "\(day) 11:10").refused(.doseStillInProgress(id(2)))
        running.when(leave(2, "11:10"), at: "\(day) 11:10").refused(.doseStillInProgress(id(2)))
    }

    @Test(arguments: [1, 2] as [UInt64])
    func `nobody is discharged before the rest has been observed`(_ dose: UInt64) {
        given75.when(leave(dose, "11:44"), at: "\(day) 11:44")
            .refused(.observationTooShort(minutes: 29, required: 30))
    }

    @Test(arguments: [1, 2] as [UInt64])
    func `the patient leaves both doses at once`(_ dose: UInt64) {
        let outcome = given75.when(leave(dose, "11:45"), at: "\(day) 11:45")
        outcome.then([
            .patientDischarged(Discharge(dose: id(1), observedMinutes: 104, stable: true)),
            .patientDischarged(Discharge(dose: id(2), observedMinutes: 30, stable: true)),
        ])
        #expect(outcome.after.doses.map(\.status) == [.discharged, .discharged])
    }

    @Test func `both are left once, and by who is stable`() {
        given75.when(
            .dischargePatient(id(2), stable: false, at: clinic.at(left)), at: left
        ).refused(.notStable(id(2)))
        var story = given75
        story.does(leave(2, "11:45"), at: "\(day) 11:45")
        for dose in [1, 2] as [UInt64] {
            story.when(leave(dose, "12:15"), at: left)
                .refused(.doseNotInProgress(id(dose), status: "discharged"))
        }
    }

    @Test func `a severe reaction to the test dose keeps the patient after the rest too`() {
        var story = given75
        story.does(
            .logReaction(
                Act.reaction(1, .anaphylaxis, .ctcae(3)), at: clinic.at("\(day) 10:04")),
            at: "\(day) 11:20")
        let outcome = story.when(leave(2, "12:15"), at: left)
        guard case .observationTooShort(134, let required)? = outcome.refusal else {
            Issue.record("\(outcome)")
            return
        }
        #expect(required >= 24 * 60)
    }

    @Test func `a dose outside of the visit is left by itself`() {
        var story = tested
        story.does(
            Act.start(2, 75, at: clinic.at("\(day) 11:05")), at: "\(day) 11:05")
        story.when(leave(1, "11:10"), at: "\(day) 11:10").then([
            .patientDischarged(Discharge(dose: id(1), observedMinutes: 69, stable: true))
        ])
    }
}
