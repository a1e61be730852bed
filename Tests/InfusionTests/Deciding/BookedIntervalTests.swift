import Foundation
import Infusion
import Testing

/// A visit for iron beside the others that are booked, whose doses have not begun.
@Suite("Bookings and the visits beside them") struct BookedIntervalTests {
    private let now = "2026-03-02 11:00"
    private let ordered = given { story in
        story.patient(on: "2026-03-01")
        story.ordered(on: "2026-03-02")
    }

    private func book(_ number: UInt64, _ time: String) -> PatientCommand {
        .bookAppointment(id(number), order: id(1), slot: slot(time))
    }

    private func slot(_ time: String) -> AppointmentSlot {
        Act.slot(ordered.clinic.at(time), minutes: 90)
    }

    private func booked(_ time: String) -> Story {
        var story = ordered
        story.does(book(1, time), at: now)
        return story
    }

    private func interval(of outcome: Outcome) -> Finding? {
        guard case .gatesShut(let findings)? = outcome.refusal else { return nil }
        return findings.first { $0.gate == .interval }
    }

    @Test func `six days after a visit that is booked are too few, before it too`() {
        let story = booked("2026-03-10 10:00")
        let after = story.when(book(2, "2026-03-16 10:00"), at: now)
        after.shutAmongOthers([.interval])
        #expect(interval(of: after)?.passesFrom == date("2026-03-17"))
        story.when(book(2, "2026-03-17 10:00"), at: now).accepted()
        story.when(book(2, "2026-03-04 10:00"), at: now).shutAmongOthers([.interval])
        story.when(book(2, "2026-03-03 10:00"), at: now).accepted()
    }

    @Test func `what it rests on is the event that booked the other visit`() throws {
        let story = booked("2026-03-10 10:00")
        let version = try #require(story.state.appointment(id(1))?.version)
        let finding = try #require(
            interval(of: story.when(book(2, "2026-03-11 10:00"), at: now)))
        #expect(finding.predicates.first?.name == "days-between-doses")
        #expect(finding.predicates.first?.value == "1")
        #expect(finding.predicates.first?.evidence == [version])
    }

    @Test func `a visit that was cancelled, missed or not kept stands in nobody's way`() {
        var cancelled = booked("2026-03-10 10:00")
        cancelled.does(.cancelAppointment(id(1), reason: .patientRequest), at: now)
        cancelled.when(book(2, "2026-03-11 10:00"), at: now).accepted()
        var held = ordered
        held.does(
            .holdAppointment(id(1), order: id(1), slot: slot("2026-03-10 10:00"), minutes: 30),
            at: now)
        held.when(book(2, "2026-03-11 10:00"), at: "2026-03-02 11:29")
            .shutAmongOthers([.interval])
        held.when(book(2, "2026-03-11 10:00"), at: "2026-03-02 11:31").accepted()
    }

    @Test func `a visit is moved beside the others, and not beside itself`() {
        var story = booked("2026-03-10 10:00")
        story.when(.moveAppointment(id(1), to: slot("2026-03-11 10:00")), at: now).accepted()
        story.does(book(2, "2026-03-17 10:00"), at: now)
        story.when(.moveAppointment(id(1), to: slot("2026-03-11 10:00")), at: now)
            .shutAmongOthers([.interval])
        story.when(.moveAppointment(id(2), to: slot("2026-03-18 10:00")), at: now).accepted()
    }

    @Test func `visits of another order count as doses of another course do`() {
        var story = booked("2026-03-10 10:00")
        story.ordered(2, on: "2026-03-02")
        let other = PatientCommand.bookAppointment(
            id(2), order: id(2), slot: slot("2026-04-06 10:00"))
        story.when(other, at: now).shutAmongOthers([.interval])
        story.when(
            .bookAppointment(id(2), order: id(2), slot: slot("2026-04-07 10:00")), at: now
        ).accepted()
    }

    @Test func `both ends of a window are kept beside a visit that is booked`() {
        // FMX-US: three to eight days after the first dose (facts §1.2).
        var story = given { story in
            story.patient(on: "2026-03-01")
            story.ordered(
                product: "feraheme", row: "FMX-US", prescribed: [510, 510], on: "2026-03-02")
        }
        story.does(book(1, "2026-03-20 10:00"), at: now)
        for (day, isFree) in [(2, false), (3, true), (8, true), (9, false)] {
            for direction in [1, -1] {
                let time = "\(date("2026-03-20").adding(days: direction * day)) 10:00"
                let outcome = story.when(book(2, time), at: now)
                if isFree { outcome.accepted() } else { outcome.shutAmongOthers([.interval]) }
            }
        }
    }

    @Test func `an override of the gate lets the visit be booked`() {
        var story = booked("2026-03-10 10:00")
        story.when(book(2, "2026-03-14 10:00"), at: now).shutAmongOthers([.interval])
        story.does(
            Act.override(
                1, .interval, at: story.clinic.at("2026-03-14 10:00"),
                until: story.clinic.at("2026-03-15 10:00")), at: now)
        story.when(book(2, "2026-03-14 10:00"), at: now).accepted()
    }
}
