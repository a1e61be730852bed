import Foundation
import Infusion
import Testing

/// A visit for red cells has its chair from the patient's sitting down until they leave (facts §9.1, §9.2).
@Suite struct `A visit for red cells` {
    let clinic = Clinic.newYork
    /// Visit 5 from 10:00 to 12:00 on 3 March.
    let booked = given { story in
        story.patient(
            .male, [.metastaticBreastCancer], hemoglobin: decimal("7.6"), on: "2026-03-01")
        story.does(
            .orderTransfusion(
                OrderTransfusion(
                    id: id(9), units: 1, indication: .metastaticBreastCancer,
                    signature: Signature(
                        prescriber: "Dr Bianchi", signedAt: story.clinic.at("2026-03-02 09:00")))),
            at: "2026-03-02 09:00")
        story.does(
            .bookAppointment(
                id(5), order: id(9),
                slot: Act.slot(story.clinic.at("2026-03-03 10:00"), minutes: 120)),
            at: "2026-03-02 10:00")
    }

    func begin(_ time: String) -> PatientCommand { .beginVisit(id(5), at: clinic.at(time)) }
    func leave(_ time: String, stable: Bool = true) -> PatientCommand {
        .leaveVisit(id(5), stable: stable, at: clinic.at(time))
    }
    func give(_ time: String) -> PatientCommand {
        .recordTransfusion(Transfusion(id: id(77), units: 1), at: clinic.at(time))
    }

    var begun: Story {
        var story = booked
        story.does(begin("2026-03-03 10:05"), at: "2026-03-03 10:05")
        return story
    }

    var transfused: Story {
        var story = begun
        story.does(give("2026-03-03 11:40"), at: "2026-03-03 11:40")
        return story
    }

    @Test func `begins when the patient sits down, once`() {
        let outcome = booked.when(begin("2026-03-03 10:05"), at: "2026-03-03 10:06")
        outcome.then([.visitBegun(id(5))])
        #expect(outcome.after.appointment(id(5))?.status == .begun)
        begun.when(begin("2026-03-03 10:10"), at: "2026-03-03 10:10")
            .refused(.appointmentNotOpen(id(5), status: "begun"))
        begun.when(.cancelAppointment(id(5), reason: .patientRequest), at: "2026-03-03 10:10")
            .refused(.appointmentNotOpen(id(5), status: "begun"))
        begun.when(.recordNoShow(id(5)), at: "2026-03-03 10:10")
            .refused(.appointmentNotOpen(id(5), status: "begun"))
    }

    @Test func `begins near its time, and not before it happens`() {
        booked.when(begin("2026-03-02 21:59"), at: "2026-03-02 22:00").refused(field: "at")
        booked.when(begin("2026-03-03 10:05"), at: "2026-03-03 09:30")
            .refused(.inTheFuture(field: "at"))
        booked.when(.beginVisit(id(6), at: clinic.at("2026-03-03 10:05")), at: "2026-03-03 10:05")
            .refused(.appointmentNotFound(id(6)))
    }

    @Test func `is not how iron begins or ends`() {
        var story = given { story in
            story.patient(on: "2026-03-01")
            story.ordered(on: "2026-03-02")
        }
        story.does(
            .bookAppointment(
                id(5), order: id(1), slot: Act.slot(clinic.at("2026-03-03 10:00"))),
            at: "2026-03-02 10:00")
        story.when(begin("2026-03-03 10:05"), at: "2026-03-03 10:05")
            .refused(field: "appointment")
        story.when(leave("2026-03-03 10:05"), at: "2026-03-03 10:05")
            .refused(field: "appointment")
    }

    @Test func `has its patient while the red cells run and when they were recorded`() {
        let outcome = begun.when(give("2026-03-03 11:40"), at: "2026-03-03 11:40")
        outcome.then([
            .transfusionRecorded(Transfusion(id: id(77), units: 1)),
            .transfusionOrderFilled(
                TransfusionOrderFilled(order: id(9), transfusion: id(77), appointment: id(5))),
        ])
        for story in [begun, transfused] {
            #expect(story.state.appointment(id(5)).map(story.state.isUnderWay) == true)
        }
    }

    @Test func `is left after the observation, stable, once`() {
        begun.when(leave("2026-03-03 10:30"), at: "2026-03-03 10:30")
            .refused(.appointmentNotOpen(id(5), status: "begun"))
        transfused.when(leave("2026-03-03 12:09"), at: "2026-03-03 12:09")
            .refused(.observationTooShort(minutes: 29, required: 30))
        transfused.when(leave("2026-03-03 12:10", stable: false), at: "2026-03-03 12:10")
            .refused(field: "stable")
        transfused.when(leave("2026-03-03 12:10"), at: "2026-03-03 12:00")
            .refused(.inTheFuture(field: "at"))
        let outcome = transfused.when(leave("2026-03-03 12:10"), at: "2026-03-03 12:10")
        outcome.then([
            .visitLeft(VisitLeft(appointment: id(5), observedMinutes: 30, stable: true))
        ])
        #expect(outcome.after.appointment(id(5)).map(outcome.after.isUnderWay) == false)
        var story = transfused
        story.does(leave("2026-03-03 12:10"), at: "2026-03-03 12:10")
        story.when(leave("2026-03-03 12:20"), at: "2026-03-03 12:20")
            .refused(.appointmentNotOpen(id(5), status: "attended"))
    }

    @Test func `who was given none leaves when the order is cancelled`() {
        var story = begun
        story.does(.cancelOrder(id(9), reason: .patientRequest), at: "2026-03-03 10:20")
        #expect(story.state.appointment(id(5))?.status == .begun)
        story.when(leave("2026-03-03 10:04"), at: "2026-03-03 10:25").refused(field: "at")
        story.when(leave("2026-03-03 10:25"), at: "2026-03-03 10:25").then([
            .visitLeft(VisitLeft(appointment: id(5), observedMinutes: nil, stable: true))
        ])
    }

    @Test func `begins with its red cells where nobody said so before`() {
        let outcome = booked.when(give("2026-03-03 11:40"), at: "2026-03-03 11:40")
        outcome.then([
            .transfusionRecorded(Transfusion(id: id(77), units: 1)), .visitBegun(id(5)),
            .transfusionOrderFilled(
                TransfusionOrderFilled(order: id(9), transfusion: id(77), appointment: id(5))),
        ])
        #expect(outcome.after.appointment(id(5)).map(outcome.after.isUnderWay) == true)
    }

    @Test func `takes its red cells after midnight too`() {
        var story = begun
        story.does(give("2026-03-04 00:10"), at: "2026-03-04 00:10")
        #expect(story.state.appointment(id(5))?.status == .transfused(id(77)))
    }

    @Test func `is in the way of another visit of the patient until it is left`() {
        var story = transfused
        story.lab(.hemoglobin, 8, on: "2026-03-03 11:50")
        story.does(
            .orderTransfusion(
                OrderTransfusion(
                    id: id(10), units: 1, indication: .metastaticBreastCancer,
                    signature: Signature(
                        prescriber: "Dr Bianchi", signedAt: clinic.at("2026-03-03 11:55")))),
            at: "2026-03-03 11:55")
        let next = PatientCommand.bookAppointment(
            id(6), order: id(10), slot: Act.slot(clinic.at("2026-03-03 12:10"), minutes: 120))
        story.when(next, at: "2026-03-03 12:05").refused(.patientElsewhere(id(5)))
        story.does(leave("2026-03-03 12:10"), at: "2026-03-03 12:10")
        story.when(next, at: "2026-03-03 12:11").accepted()
    }
}
