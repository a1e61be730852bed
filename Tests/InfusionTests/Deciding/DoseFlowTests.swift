import Foundation
import Infusion
import Testing

@Suite struct `Giving a dose` {
    /// Ordered two doses of 750 mg on 2 March 2026, a Monday.
    let ordered = given { story in
        story.patient(on: "2026-03-01")
        story.ordered(on: "2026-03-02")
    }
    let clinic = Clinic.newYork

    func start(_ number: UInt64 = 1, _ planned: Decimal = 750, _ time: String = "10:00")
        -> PatientCommand
    {
        Act.start(number, planned, at: clinic.at("2026-03-02 \(time)"))
    }

    var running: Story {
        var story = ordered
        story.does(start(), at: "2026-03-02 10:00")
        return story
    }

    func end(
        _ given: Decimal = 750, _ time: String = "10:20", lot: String = "LOT-7",
        expiry: String = "2026-03-02"
    ) -> EndDose {
        Act.end(1, given, at: clinic.at("2026-03-02 \(time)"), lot: lot, expiry: expiry)
    }

    @Test func `a dose is started, completed and the patient discharged`() {
        var story = ordered
        let started = story.does(start(), at: "2026-03-02 10:00")
        guard case .doseStarted(let dose)? = started.first else {
            Issue.record("not started: \(started)")
            return
        }
        #expect(dose.localDate == date("2026-03-02"))
        #expect(dose.moiety == .ferricCarboxymaltose)
        #expect(dose.findings.map(\.gate) == Gate.allCases)
        #expect(dose.findings.allSatisfy { !$0.refusesDose })
        story.when(.completeDose(end()), at: "2026-03-02 10:20").then([
            .doseCompleted(
                DoseGiven(
                    id: id(1), given: mg(750), lot: LotNumber("LOT-7"), expiry: date("2026-03-02"),
                    localDate: date("2026-03-02")))
        ])
        story.does(.completeDose(end()), at: "2026-03-02 10:20")
        #expect(story.state.order(id(1))?.remaining == mg(750))
        story.when(
            .dischargePatient(id(1), stable: true, at: story.clinic.at("2026-03-02 10:50")),
            at: "2026-03-02 10:50"
        ).then([.patientDischarged(Discharge(dose: id(1), observedMinutes: 30, stable: true))])
    }

    @Test func `one dose at a time, under an order that has enough left`() {
        running.when(start(2, 750, "10:05"), at: "2026-03-02 10:05")
            .refused(.doseStillInProgress(id(1)))
        running.when(start(1, 750, "10:05"), at: "2026-03-02 10:05")
            .refused(.duplicateIdentifier(field: "id"))
        ordered.when(start(1, 1501), at: "2026-03-02 10:00").refused(field: "planned")
        ordered.when(start(1, 0), at: "2026-03-02 10:00").refused(field: "planned")
        ordered.when(start(1, 751), at: "2026-03-02 10:00").shut([.weightAndAge])
        ordered.when(start(1, 750, "08:59"), at: "2026-03-02 10:00").refused(field: "at")
        ordered.when(start(1, 750, "10:06"), at: "2026-03-02 10:00")
            .refused(.inTheFuture(field: "at"))
        ordered.when(
            Act.start(1, order: 4, 750, at: clinic.at("2026-03-02 10:00")), at: "2026-03-02"
        )
        .refused(.orderNotFound(id(4)))
    }

    @Test func `a dose told late does not overlap another`() {
        var story = running
        story.does(.completeDose(end()), at: "2026-03-02 10:20")
        story.when(start(2, 750, "10:10"), at: "2026-03-02 12:00").refused(
            .doseStillInProgress(id(1)))
    }

    @Test func `never more than planned, never nothing when completed`() {
        running.when(.completeDose(end(751)), at: "2026-03-02 10:20").refused(field: "given")
        running.when(.completeDose(end(0)), at: "2026-03-02 10:20").refused(field: "given")
        running.when(.completeDose(end(-1)), at: "2026-03-02 10:20").refused(field: "given")
        running.when(.stopDose(end(0), reason: .accessLost), at: "2026-03-02 10:20").accepted()
        running.when(.completeDose(end(749)), at: "2026-03-02 10:20").accepted()
    }

    @Test func `the end follows the start, within a day, and is not to come`() {
        running.when(.completeDose(end(750, "10:00")), at: "2026-03-02 10:20").refused(field: "at")
        running.when(.completeDose(end(750, "10:30")), at: "2026-03-02 10:20")
            .refused(.inTheFuture(field: "at"))
        running.when(
            .completeDose(Act.end(1, 750, at: clinic.at("2026-03-03 10:01"))),
            at: "2026-03-03 11:00"
        ).refused(field: "at")
    }

    @Test func `an expired vial and a nameless lot are refused`() {
        running.when(.completeDose(end(expiry: "2026-03-01")), at: "2026-03-02 10:20")
            .refused(field: "expiry")
        running.when(.completeDose(end(lot: "")), at: "2026-03-02 10:20").refused(field: "lot")
        running.when(.completeDose(end(lot: "  ")), at: "2026-03-02 10:20").refused(field: "lot")
        running.when(.completeDose(end(lot: "A\n7")), at: "2026-03-02 10:20").refused(field: "lot")
        running.when(
            .completeDose(end(lot: String(repeating: "7", count: 41))), at: "2026-03-02 10:20"
        ).refused(field: "lot")
    }

    @Test func `a stopped dose is final, credited, and the rest is a new dose after the interval`()
    {
        var story = running
        story.does(.stopDose(end(300), reason: .extravasation), at: "2026-03-02 10:20")
        #expect(story.state.dose(id(1))?.status == .stopped)
        #expect(story.state.order(id(1))?.remaining == mg(1200))
        story.when(.completeDose(end()), at: "2026-03-02 10:30")
            .refused(.doseNotInProgress(id(1), status: "stopped"))
        story.when(start(2, 450, "11:00"), at: "2026-03-02 11:00").shut([.interval])
        story.noInfection(on: "2026-03-09")
        let later = clinic.at("2026-03-09 10:00")
        story.when(Act.start(2, 750, at: later), at: "2026-03-09 10:00").accepted()
    }

    @Test func `what is not there cannot be ended`() {
        ordered.when(.completeDose(end()), at: "2026-03-02 10:20").refused(.doseNotFound(id(1)))
        ordered.when(
            .dischargePatient(id(1), stable: true, at: clinic.at("2026-03-02")), at: "2026-03-02"
        )
        .refused(.doseNotFound(id(1)))
    }

    @Test func `nobody leaves unobserved or unstable`() {
        func leave(_ time: String, stable: Bool = true) -> PatientCommand {
            .dischargePatient(id(1), stable: stable, at: clinic.at("2026-03-02 \(time)"))
        }
        running.when(leave("11:00"), at: "2026-03-02 11:00").refused(.doseStillInProgress(id(1)))
        var story = running
        story.does(.completeDose(end()), at: "2026-03-02 10:20")
        story.when(leave("10:49"), at: "2026-03-02 11:00")
            .refused(.observationTooShort(minutes: 29, required: 30))
        story.when(leave("10:50", stable: false), at: "2026-03-02 11:00").refused(.notStable(id(1)))
        story.does(leave("10:50"), at: "2026-03-02 10:50")
        story.when(leave("10:55"), at: "2026-03-02 11:00")
            .refused(.doseNotInProgress(id(1), status: "discharged"))
    }
}
