import Foundation
import Infusion
import Testing

@Suite struct `Erasing a patient` {
    let patient = given { $0.patient(on: "2026-03-01") }

    @Test func `who the patient was is gone, what happened stays`() {
        let erased = patient.when(.erasePatient(.legalObligation), at: "2026-03-02")
        erased.then([.patientErased(.legalObligation)])
        #expect(erased.after.registration?.identity == .erased)
        #expect(erased.after.weights == patient.state.weights)
        #expect(erased.after.labs == patient.state.labs)
    }

    @Test func `nothing is asked of the patient any more, and erasing again is no news`() {
        var story = patient
        story.does(.erasePatient(.patientRequest), at: "2026-03-02")
        story.when(.erasePatient(.legalObligation), at: "2026-03-03").thenNothing()
        story.when(.recordLabs([]), at: "2026-03-03").refused(.patientErased)
        story.when(Act.register(), at: "2026-03-03").refused(.patientErased)
        story.when(.correctIdentity(Act.person, .male), at: "2026-03-03").refused(.patientErased)
        story.when(Act.order(signed: story.clinic.at("2026-03-03")), at: "2026-03-03")
            .refused(.patientErased)
    }

    @Test func `care ends before the identity does`() {
        var story = given { story in
            story.patient(on: "2026-03-01")
            story.ordered(on: "2026-03-02")
        }
        story.does(
            .bookAppointment(id(9), order: id(1), slot: Act.slot(story.clinic.at("2026-03-10"))),
            at: "2026-03-02")
        let appointment: AppointmentID = id(9)
        let order: OrderID = id(1)
        let erase = PatientCommand.erasePatient(.patientRequest)
        story.when(erase, at: "2026-03-03")
            .refused(.careNotEnded(open: "appointment \(appointment)"))
        story.does(.cancelAppointment(id(9), reason: .patientRequest), at: "2026-03-03")
        story.when(erase, at: "2026-03-03").refused(.careNotEnded(open: "order \(order)"))
        story.noInfection(on: "2026-03-04")
        story.does(
            Act.start(1, 750, at: story.clinic.at("2026-03-04 10:00")), at: "2026-03-04 10:00")
        let dose: DoseID = id(1)
        story.when(erase, at: "2026-03-04 10:10").refused(.careNotEnded(open: "dose \(dose)"))
        // A course that nobody has touched for long is closed by itself.
        given { story in
            story.patient(on: "2026-03-01")
            story.ordered(on: "2026-03-02")
            story.dose(1, 750, on: "2026-03-02")
        }.when(erase, at: "2028-03-04").accepted()
    }

    @Test func `what is due stops`() {
        let story = given { story in
            story.patient(on: "2026-03-01")
            story.ordered(on: "2026-03-02")
            story.dose(1, 750, on: "2026-03-02")
        }
        var cancelled = story
        cancelled.does(.cancelOrder(id(1), reason: .patientRequest), at: "2026-03-03")
        #expect(!cancelled.state.openRechecks.isEmpty)
        let erased = cancelled.when(.erasePatient(.patientRequest), at: "2026-03-04")
        erased.accepted()
        #expect(Set(erased.closed.map(\.reason)) == [.noLongerNeeded])
        #expect(erased.after.openRechecks.isEmpty)
    }
}
