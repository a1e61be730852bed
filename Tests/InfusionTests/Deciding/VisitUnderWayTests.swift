import Foundation
import Testing

@testable import Infusion

/// A visit that has begun has its patient until the discharge: nothing else is booked or offered for then.
@Suite struct `A visit under way` {
    let clinic = Clinic.newYork
    /// Visit 1 from 10:00 to 11:30 on 4 March, visit 2 on the 12th.
    let begun = given { story in
        story.patient(on: "2026-03-01")
        story.ordered(on: "2026-03-02")
        for (number, time) in [(1, "2026-03-04 10:00"), (2, "2026-03-12 10:00")]
            as [(UInt64, String)]
        {
            story.does(
                .bookAppointment(id(number), order: id(1), slot: Act.slot(story.clinic.at(time))),
                at: "2026-03-02 12:00")
        }
        story.noInfection(on: "2026-03-04")
        story.does(
            Act.start(1, 750, at: story.clinic.at("2026-03-04 10:05"), appointment: 1),
            at: "2026-03-04 10:05")
        story.does(
            .completeDose(Act.end(1, 750, at: story.clinic.at("2026-03-04 10:25"))),
            at: "2026-03-04 10:25")
    }

    var left: Story {
        var story = begun
        story.does(
            .dischargePatient(id(1), stable: true, at: clinic.at("2026-03-04 10:55")),
            at: "2026-03-04 10:55")
        return story
    }

    func move(_ time: String) -> PatientCommand {
        .moveAppointment(id(2), to: Act.slot(clinic.at(time)))
    }

    func busy(_ story: Story, at now: String) throws -> [TimeSpan] {
        try OrderedVisit(
            of: id(1), moving: id(2), given: story.state, at: nil,
            in: clinic.context(now: clinic.at(now))
        ).busy
    }

    func span(_ from: String, _ until: String) -> TimeSpan? {
        TimeSpan(from: clinic.at("2026-03-04 \(from)"), until: clinic.at("2026-03-04 \(until)"))
    }

    @Test func `no other visit of the patient is in its time`() {
        begun.when(move("2026-03-04 11:00"), at: "2026-03-04 10:30")
            .refused(.patientElsewhere(id(1)))
        // The dose of the morning is against the date, and the visit no more.
        let after = begun.when(move("2026-03-04 11:30"), at: "2026-03-04 10:30")
        #expect(after.refusal?.code == "gates-shut")
        let discharged = left.when(move("2026-03-04 11:00"), at: "2026-03-04 10:56")
        #expect(discharged.refusal?.code == "gates-shut")
    }

    @Test func `beyond its end it has the patient until now`() {
        begun.when(move("2026-03-04 11:40"), at: "2026-03-04 11:40")
            .refused(.patientElsewhere(id(1)))
        let later = begun.when(move("2026-03-04 11:45"), at: "2026-03-04 11:40")
        #expect(later.refusal?.code == "gates-shut")
        let forgotten = begun.when(move("2026-03-05 10:00"), at: "2026-03-05 10:00")
        #expect(forgotten.refusal?.code == "gates-shut")
    }

    @Test func `nothing is offered for its time`() throws {
        let whole = try #require(span("10:00", "11:30"))
        let late = try #require(span("10:00", "11:45"))
        #expect(try busy(begun, at: "2026-03-04 10:30") == [whole])
        #expect(try busy(begun, at: "2026-03-04 11:40") == [late])
        #expect(try busy(left, at: "2026-03-04 10:56") == [])
    }
}
