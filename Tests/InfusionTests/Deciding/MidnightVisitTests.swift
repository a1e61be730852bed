import Foundation
import Testing

@testable import Infusion

/// A visit near midnight is carried out like any other: what happens in it is held against its slot by instants.
@Suite struct `A visit near midnight` {
    let clinic = Clinic.newYork
    let ordered = given { story in
        story.patient(on: "2026-03-01")
        story.ordered(on: "2026-03-02")
    }

    /// Visit 1, an hour and a half long.
    func booked(_ time: String) -> Story {
        var story = ordered
        story.does(
            .bookAppointment(id(1), order: id(1), slot: Act.slot(clinic.at(time))),
            at: "2026-03-02 12:00")
        return story
    }

    func arrive(_ time: String) -> PatientCommand { .recordArrival(id(1), at: clinic.at(time)) }
    func start(_ time: String) -> PatientCommand {
        Act.start(1, 750, at: clinic.at(time), appointment: 1)
    }

    /// What comes of it where nobody looks at the patient meanwhile.
    func refusal(of command: PatientCommand, _ story: Story, at time: String) -> Refusal? {
        do throws(Refusal) {
            _ = try PatientDecider().decide(
                command, given: story.state, in: clinic.context(now: clinic.at(time)))
            return nil
        } catch {
            return error
        }
    }

    @Test func `who comes at ten to midnight for ten past is here`() {
        booked("2026-03-05 00:10").when(arrive("2026-03-04 23:50"), at: "2026-03-04 23:50")
            .then([.patientArrived(id(1))])
    }

    @Test(arguments: [
        ("2026-03-04 12:09", false), ("2026-03-04 12:10", true), ("2026-03-05 13:40", true),
        ("2026-03-05 13:41", false),
    ])
    func `an arrival is at most twelve hours from its visit`(time: String, isAccepted: Bool) {
        let outcome = booked("2026-03-05 00:10").when(arrive(time), at: "2026-03-05 14:00")
        if isAccepted { outcome.accepted() } else { outcome.refused(field: "at") }
    }

    @Test func `an infusion begins after midnight in the visit of the evening`() throws {
        let outcome = booked("2026-03-04 23:45").when(
            start("2026-03-05 00:05"), at: "2026-03-05 00:05")
        outcome.accepted()
        // A dose has the date on which it began.
        #expect(outcome.after.doses.first?.started.localDate == date("2026-03-05"))
        #expect(outcome.after.appointment(id(1))?.status == .attended(id(1)))
    }

    @Test func `an infusion is of no visit that is more than twelve hours away`() {
        let story = booked("2026-03-04 23:45")
        story.when(start("2026-03-04 11:44"), at: "2026-03-04 11:44").refused(
            .doseOutsideOrder(
                field: "at", problem: "is on 2026-03-04, the appointment on 2026-03-04",
                accepted: "at most 12 h before the appointment begins or after it ends"))
        story.when(start("2026-03-04 11:45"), at: "2026-03-04 11:45").accepted()
        story.when(start("2026-03-05 13:16"), at: "2026-03-05 13:16").refused(field: "at")
    }

    @Test func `vital signs of before midnight are the dose's, for four hours`() {
        var story = booked("2026-03-04 23:45")
        story.does(
            .recordChairsideCheck(Act.check, at: clinic.at("2026-03-04 23:50")),
            at: "2026-03-04 23:50")
        #expect(refusal(of: start("2026-03-05 00:05"), story, at: "2026-03-05 00:05") == nil)
        #expect(refusal(of: start("2026-03-05 03:50"), story, at: "2026-03-05 03:50") == nil)
        guard
            case .gatesShut(let findings)? = refusal(
                of: start("2026-03-05 03:51"), story, at: "2026-03-05 03:51")
        else {
            Issue.record("vital signs of long ago were taken")
            return
        }
        #expect(findings.first { $0.gate == .vitals }?.verdict == .indeterminate)
        #expect(findings.first { $0.gate == .staff }?.verdict == .indeterminate)
    }

    @Test func `who has arrived waits past midnight, and not until the next day`() {
        var story = booked("2026-03-04 23:45")
        story.does(arrive("2026-03-04 23:40"), at: "2026-03-04 23:40")
        func move(_ time: String) -> PatientCommand {
            .moveAppointment(id(1), to: Act.slot(clinic.at(time)))
        }
        story.when(move("2026-03-05 00:30"), at: "2026-03-04 23:41").accepted()
        story.when(move("2026-03-05 13:16"), at: "2026-03-04 23:41").refused(field: "slot.start")
    }

    @Test func `what is offered to who has arrived is what a move may take`() throws {
        var story = booked("2026-03-04 23:00")
        story.does(arrive("2026-03-04 22:50"), at: "2026-03-04 22:50")
        let site = try SiteStory.open("00:00-24:00", in: "America/New_York")
        let calendar = try #require(SiteCalendar(of: site.state, visits: []))
        let now = "2026-03-04 22:55"
        let found = try OpeningsTests.ask(
            .order(id(1), moving: id(1)), story, from: date("2026-03-04"), days: 3,
            in: calendar, at: now)
        #expect(found.openings.contains { $0.slot.start == clinic.at("2026-03-05 00:00") })
        #expect(
            found.openings.map(\.slot.start).max() == clinic.at("2026-03-05 11:00"))
        for opening in found.openings {
            story.when(.moveAppointment(id(1), to: opening.slot), at: now).accepted()
        }
    }
}
