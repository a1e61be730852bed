import Foundation
import Infusion
import Testing

@Suite struct `Booking a visit` {
    let ordered = given { story in
        story.patient(on: "2026-03-01")
        story.ordered(on: "2026-03-02")
    }
    let now = "2026-03-02 11:00"

    func book(_ number: UInt64, _ time: String, order: UInt64 = 1, minutes: Int64 = 90)
        -> PatientCommand
    {
        .bookAppointment(
            id(number), order: id(order),
            slot: Act.slot(ordered.clinic.at(time), minutes: minutes))
    }

    @Test func `a visit is booked with every gate as it stands for its date`() {
        let outcome = ordered.when(book(1, "2026-03-04"), at: now)
        guard case .appointmentBooked(let booked)? = outcome.facts.first else {
            Issue.record("not booked: \(outcome.result)")
            return
        }
        #expect(booked.findings.map(\.gate) == Gate.allCases)
        #expect(outcome.after.appointment(id(1))?.status == .booked)
    }

    @Test func `a slot is a time to come of possible length, in which the patient is free`() {
        ordered.when(book(1, "2026-03-02 08:00"), at: now).refused(field: "slot.start")
        ordered.when(book(1, "2028-04-01"), at: now).refused(field: "slot.start")
        ordered.when(book(1, "2026-03-04", minutes: 4), at: now).refused(field: "slot.end")
        ordered.when(book(1, "2026-03-04", minutes: 721), at: now).refused(field: "slot.end")
        var story = ordered
        story.does(book(1, "2026-03-04 10:00"), at: now)
        story.when(book(2, "2026-03-04 11:29"), at: now).refused(.patientElsewhere(id(1)))
        story.when(book(2, "2026-03-11 11:30"), at: now).accepted()
        story.when(book(1, "2026-03-05"), at: now).refused(.duplicateIdentifier(field: "id"))
        story.when(book(2, "2026-03-05", order: 9), at: now).refused(.orderNotFound(id(9)))
    }

    @Test func `no more visits are booked than doses are left`() {
        var story = ordered
        story.does(book(1, "2026-03-04 10:00"), at: now)
        story.does(book(2, "2026-03-12 10:00"), at: now)
        let third = book(3, "2026-03-20 10:00")
        story.when(third, at: now).refused(.orderFullyBooked(id(1), booked: 2, dosesLeft: 2))
        for command: PatientCommand in [
            .cancelAppointment(id(2), reason: .patientRequest), .recordNoShow(id(2)),
        ] {
            var after = story
            after.does(command, at: "2026-03-12 11:00")
            after.when(third, at: "2026-03-12 11:00").accepted()
        }
    }

    @Test func `an order of one dose takes one visit, and none while the dose runs`() {
        var story = given { story in
            story.patient(on: "2026-03-01")
            story.ordered(row: "FCM-US-1", prescribed: [1000], on: "2026-03-02")
        }
        story.does(book(1, "2026-03-02 13:00"), at: now)
        let next = book(2, "2026-03-20 10:00")
        story.when(next, at: now).refused(.orderFullyBooked(id(1), booked: 1, dosesLeft: 1))
        story.does(
            Act.start(1, 1000, at: story.clinic.at("2026-03-02 13:00"), appointment: 1),
            at: "2026-03-02 13:00")
        story.when(next, at: "2026-03-02 13:05")
            .refused(.orderFullyBooked(id(1), booked: 0, dosesLeft: 0))
        // Stopped early: what is left is a dose of its own.
        story.does(
            .stopDose(
                Act.end(1, 300, at: story.clinic.at("2026-03-02 13:10")), reason: .accessLost),
            at: "2026-03-02 13:10")
        story.when(next, at: "2026-03-02 14:00").accepted()
    }

    @Test func `a stopped dose leaves as many visits as the rest needs`() {
        var story = ordered
        story.noInfection(on: "2026-03-02")
        story.does(
            Act.start(1, 750, at: story.clinic.at("2026-03-02 12:00")), at: "2026-03-02 12:00")
        story.does(
            .stopDose(
                Act.end(1, 300, at: story.clinic.at("2026-03-02 12:10")), reason: .accessLost),
            at: "2026-03-02 12:10")
        story.does(book(1, "2026-03-10 10:00"), at: "2026-03-02 13:00")
        story.does(book(2, "2026-03-20 10:00"), at: "2026-03-02 13:00")
        story.when(book(3, "2026-03-30 10:00"), at: "2026-03-02 13:00")
            .refused(.orderFullyBooked(id(1), booked: 2, dosesLeft: 2))
    }

    @Test func `no visit is booked for a held order`() {
        var story = ordered
        story.does(.holdOrder(id(1), reason: .infection), at: now)
        story.when(book(1, "2026-03-04"), at: now).refused(.orderNotActive(id(1), status: "held"))
    }

    @Test func `no visit is booked inside an interval, and the finding says from when`() {
        var story = ordered
        story.dose(1, 750, on: "2026-03-02")
        let outcome = story.when(book(1, "2026-03-08"), at: now)
        outcome.shut([.interval])
        guard case .gatesShut(let findings)? = outcome.refusal else { return }
        #expect(findings.first { $0.gate == .interval }?.passesFrom == date("2026-03-09"))
        story.when(book(1, "2026-03-09"), at: now).accepted()
    }

    @Test func `a visit is where its product is licensed, as far as the site's region is told`() {
        func at(_ region: LabelRegion?, _ story: Story) -> Story {
            var story = story
            story.clinic.visitPlace = VisitPlace(timeZone: story.clinic.zone, region: region)
            return story
        }
        let hold = PatientCommand.holdAppointment(
            id(1), order: id(1), slot: Act.slot(ordered.clinic.at("2026-03-04")), minutes: 30)
        for command in [book(1, "2026-03-04"), hold] {
            at(.us, ordered).when(command, at: now).accepted()
            at(nil, ordered).when(command, at: now).accepted()
            at(.eu, ordered).when(command, at: now).refused(field: "product")
        }
        var booked = ordered
        booked.does(book(1, "2026-03-04"), at: now)
        let move = PatientCommand.moveAppointment(
            id(1), to: Act.slot(ordered.clinic.at("2026-03-05")))
        at(.us, booked).when(move, at: now).accepted()
        at(.eu, booked).when(move, at: now).refused(field: "product")
        var held = ordered
        held.does(hold, at: now)
        at(.eu, held).when(.confirmAppointment(id(1)), at: now).refused(field: "product")
    }

    @Test func `missing labs are a finding of the booking, not a refusal`() {
        let story = given { story in
            story.register(on: "2026-03-01")
            story.weighs(80, on: "2026-03-01")
            story.ordered(on: "2026-03-02")
        }
        story.when(book(1, "2026-03-04"), at: now).accepted()
    }

    @Test func `a visit is moved, and to the same slot is no news`() {
        var story = ordered
        story.does(book(1, "2026-03-04"), at: now)
        let slot = Act.slot(story.clinic.at("2026-03-05"))
        story.when(.moveAppointment(id(1), to: slot), at: now)
            .then([.appointmentMoved(id(1), to: slot)])
        story.when(
            .moveAppointment(id(1), to: Act.slot(story.clinic.at("2026-03-04"))), at: now
        ).thenNothing()
        story.when(.moveAppointment(id(2), to: slot), at: now).refused(.appointmentNotFound(id(2)))
    }

    @Test func `a cancelled or missed visit is over`() {
        var story = ordered
        story.does(book(1, "2026-03-04 10:00"), at: now)
        story.when(.cancelAppointment(id(1), reason: .patientRequest), at: now)
            .then([.appointmentCancelled(id(1), reason: .patientRequest)])
        story.when(.recordNoShow(id(1)), at: "2026-03-04 09:54")
            .refused(.inTheFuture(field: "slot.start"))
        // No clock but ours says when it begins, so nothing is allowed for another.
        story.when(.recordNoShow(id(1)), at: "2026-03-04 09:59")
            .refused(.inTheFuture(field: "slot.start"))
        story.when(.recordNoShow(id(1)), at: "2026-03-04 10:00").then([.appointmentMissed(id(1))])
        story.when(.recordNoShow(id(1)), at: "2026-03-04 10:30").then([.appointmentMissed(id(1))])
        story.does(.recordNoShow(id(1)), at: "2026-03-04 10:30")
        story.when(.cancelAppointment(id(1), reason: .patientRequest), at: "2026-03-04 11:00")
            .refused(.appointmentNotOpen(id(1), status: "missed"))
        story.when(.recordNoShow(id(3)), at: now).refused(.appointmentNotFound(id(3)))
    }

    @Test func `a dose attends its visit`() {
        var story = ordered
        story.does(book(1, "2026-03-04 10:00"), at: now)
        let start = story.clinic.at("2026-03-04 10:10")
        story.when(
            Act.start(1, 750, at: story.clinic.at("2026-03-03"), appointment: 1), at: "2026-03-03"
        )
        .refused(field: "at")
        story.when(Act.start(1, 750, at: start, appointment: 2), at: "2026-03-04 10:10")
            .refused(.appointmentNotFound(id(2)))
        story.does(Act.start(1, 750, at: start, appointment: 1), at: "2026-03-04 10:10")
        #expect(story.state.appointment(id(1))?.status == .attended(id(1)))
        story.when(.cancelAppointment(id(1), reason: .patientRequest), at: "2026-03-04 11:00")
            .refused(.appointmentNotOpen(id(1), status: "attended"))
    }
}
