import Foundation
import Infusion
import Testing

/// The limit of any seven dates (facts §1.2), which visits keep beside those that are booked and doses that have begun.
@Suite("Bookings and the limit of a week") struct BookedWeekTests {
    private let now = "2026-03-02 11:00"

    /// Ferinject: at most 1,000 mg in any seven dates, and one day between doses.
    private func ordered(_ prescribed: [Decimal]) -> Story {
        given(.rome) { story in
            story.patient(on: "2026-03-01")
            story.ordered(
                product: "ferinject", row: "FCM-EU-inf", prescribed: prescribed,
                method: .simplifiedTable, on: "2026-03-02")
        }
    }

    private func slot(_ day: String) -> AppointmentSlot {
        Act.slot(Clinic.rome.at("\(day) 10:00"), minutes: 90)
    }

    private func book(_ number: UInt64, _ day: String) -> PatientCommand {
        .bookAppointment(id(number), order: id(1), slot: slot(day))
    }

    private func week(of outcome: Outcome) -> Finding? {
        guard case .gatesShut(let findings)? = outcome.refusal else { return nil }
        return findings.first { $0.gate == .cumulativeDose && $0.verdict == .blocked }
    }

    private func refused(
        _ outcome: Outcome, milligrams: String, sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let told = week(of: outcome)?.predicates.first { $0.name == "iron-in-7-dates" }
        #expect(told?.value == milligrams, sourceLocation: sourceLocation)
    }

    @Test func `two visits of the whole limit lie seven dates apart, in either order`() throws {
        var story = ordered([1000, 1000])
        story.does(book(1, "2026-03-10"), at: now)
        let early = story.when(book(2, "2026-03-16"), at: now)
        refused(early, milligrams: "2000")
        let finding = try #require(week(of: early))
        #expect(finding.severity == .hard)
        #expect(finding.passesFrom == date("2026-03-17"))
        let version = try #require(story.state.appointment(id(1))?.version)
        #expect(finding.predicates.contains { $0.evidence.contains(version) })
        story.when(book(2, "2026-03-17"), at: now).accepted()
        refused(story.when(book(2, "2026-03-04"), at: now), milligrams: "2000")
        story.when(book(2, "2026-03-03"), at: now).accepted()
    }

    @Test func `each visit counts with the dose whose turn it is`() {
        var story = ordered([500, 1000, 500])
        story.does(book(1, "2026-03-10"), at: now)
        refused(story.when(book(2, "2026-03-14"), at: now), milligrams: "1500")
        story.does(book(2, "2026-03-24"), at: now)
        // The first 500 mg: what was the first visit is then of 1,000 mg.
        refused(story.when(book(3, "2026-03-06"), at: now), milligrams: "1500")
        story.when(book(3, "2026-03-03"), at: now).accepted()
        // Between them the second dose, and before the third.
        refused(story.when(book(3, "2026-03-18"), at: now), milligrams: "1500")
        story.when(book(3, "2026-03-17"), at: now).accepted()
    }

    @Test func `smaller doses share a week`() {
        var story = ordered([500, 500, 500])
        story.does(book(1, "2026-03-10"), at: now)
        story.does(book(2, "2026-03-13"), at: now)
        refused(story.when(book(3, "2026-03-16"), at: now), milligrams: "1500")
        story.when(book(3, "2026-03-17"), at: now).accepted()
    }

    @Test func `what was given counts with what was given of it`() {
        var story = ordered([1000, 1000])
        story.dose(1, 1000, on: "2026-03-02")
        refused(story.when(book(1, "2026-03-08"), at: "2026-03-02 12:00"), milligrams: "2000")
        story.when(book(1, "2026-03-09"), at: "2026-03-02 12:00").accepted()
        // Of a dose that was stopped the rest is left, in another one.
        var stopped = ordered([1000, 500])
        stopped.noInfection(on: "2026-03-02")
        stopped.does(
            Act.start(1, 1000, at: stopped.clinic.at("2026-03-02 10:00")), at: "2026-03-02 10:00")
        stopped.does(
            .stopDose(
                Act.end(1, 500, at: stopped.clinic.at("2026-03-02 10:10")),
                reason: .clinicianDecision), at: "2026-03-02 10:10")
        stopped.when(book(1, "2026-03-08"), at: "2026-03-02 12:00").accepted()
    }

    @Test func `a limit by weight goes by the last known weight`() {
        // Monofer by bolus: 20 mg/kg in seven dates, 1,200 mg at 60 kg. In April the weight of March is too old for a
        // dose, which asks for another.
        func ordered(_ last: Decimal) -> Story {
            given(.rome) { story in
                story.patient(weight: 60, on: "2026-03-01")
                story.ordered(
                    product: "monofer", row: "FDI-EU-bolus", prescribed: [500, 500, last],
                    method: .simplifiedTable, on: "2026-03-02")
                story.does(book(1, "2026-04-13"), at: now)
                story.does(book(2, "2026-04-15"), at: now)
            }
        }
        refused(ordered(201).when(book(3, "2026-04-17"), at: now), milligrams: "1201")
        ordered(201).when(book(3, "2026-04-20"), at: now).accepted()
        ordered(200).when(book(3, "2026-04-17"), at: now).accepted()
    }

    @Test func `a visit is moved, held and confirmed within it`() {
        var story = ordered([1000, 1000])
        story.does(book(1, "2026-03-10"), at: now)
        story.does(book(2, "2026-03-17"), at: now)
        refused(
            story.when(.moveAppointment(id(1), to: slot("2026-03-11")), at: now),
            milligrams: "2000")
        story.when(.moveAppointment(id(1), to: slot("2026-03-09")), at: now).accepted()
        var held = ordered([1000, 1000])
        held.does(book(1, "2026-03-10"), at: now)
        refused(
            held.when(
                .holdAppointment(id(2), order: id(1), slot: slot("2026-03-12"), minutes: 30),
                at: now), milligrams: "2000")
    }

    @Test func `an override of the gate lets the visit be booked`() {
        var story = ordered([1000, 1000])
        story.does(book(1, "2026-03-05"), at: now)
        refused(story.when(book(2, "2026-03-08"), at: now), milligrams: "2000")
        story.does(
            Act.override(1, .cumulativeDose, until: story.clinic.at("2026-03-09 10:00")), at: now)
        story.when(book(2, "2026-03-08"), at: now).accepted()
    }
}
