import Foundation
import Infusion
import Testing

/// An infusion that is interrupted and goes on is one dose (facts §5.3, R-4).
@Suite struct `Paused doses` {
    let clinic = Clinic.newYork
    /// The first of two doses of 750 mg runs since 10:00.
    let running = given { story in
        story.patient(on: "2026-03-01")
        story.ordered(on: "2026-03-02")
        story.does(
            Act.start(1, 750, at: story.clinic.at("2026-03-02 10:00")), at: "2026-03-02 10:00")
    }

    func pause(_ reason: StopReason = .reaction, at time: String = "10:05") -> PatientCommand {
        .pauseDose(id(1), reason: reason, at: clinic.at("2026-03-02 \(time)"))
    }

    func resume(
        _ percent: Int = 50, resolved: Bool = true, by role: ClinicalRole = .prescriber,
        at time: String
    ) -> PatientCommand {
        .resumeDose(
            DoseResumed(id: id(1), ratePercent: percent, isResolved: resolved, role: role),
            at: clinic.at("2026-03-02 \(time)"))
    }

    /// Paused at 10:05 for what began in the fourth minute.
    func paused(for kind: ReactionKind, _ grade: ReactionGrade) -> Story {
        var story = running
        story.does(pause(), at: "2026-03-02 10:05")
        story.does(
            .logReaction(Act.reaction(1, kind, grade), at: clinic.at("2026-03-02 10:06")),
            at: "2026-03-02 10:06")
        return story
    }

    let later = "2026-03-02 12:00"

    @Test func `a mild reaction, watched for a quarter of an hour, lets the dose go on at half`() {
        let outcome = paused(for: .fishbane, .ctcae(1)).when(
            resume(by: .nurse, at: "10:20"), at: later)
        outcome.then([
            .doseResumed(
                DoseResumed(id: id(1), ratePercent: 50, isResolved: true, role: .nurse))
        ])
        let dose = outcome.after.dose(id(1))
        #expect(dose?.status == .inProgress)
        #expect(dose?.pauses.map(\.from) == [clinic.at("2026-03-02 10:05")])
        #expect(
            dose?.pauses.first?.resumption?.effectiveAt == clinic.at("2026-03-02 10:20"))
    }

    @Test func `watched for a minute less it is refused`() {
        paused(for: .fishbane, .ctcae(1)).when(resume(at: "10:19"), at: later).refused(
            .restartNotAllowed(id(1), .watchedTooShort(minutes: 14, required: 15)))
    }

    @Test func `what has not resolved is not restarted`() {
        paused(for: .fishbane, .ctcae(1)).when(resume(resolved: false, at: "11:00"), at: later)
            .refused(.restartNotAllowed(id(1), .notResolved))
    }

    @Test(arguments: [0, 51, 100])
    func `after a reaction half the rate is the most`(_ percent: Int) {
        paused(for: .fishbane, .ctcae(1)).when(resume(percent, at: "10:30"), at: later)
            .refused(field: "ratePercent")
    }

    @Test(arguments: [ReactionKind.carpaModerate, .hypotension])
    func `a moderate reaction waits for a prescriber's word`(_ kind: ReactionKind) {
        let story = paused(for: kind, .ctcae(2))
        story.when(resume(by: .nurse, at: "10:40"), at: later)
            .refused(.restartNotAllowed(id(1), .prescriberRequired))
        story.when(resume(by: .prescriber, at: "10:40"), at: later).accepted()
    }

    @Test(arguments: [
        (ReactionKind.anaphylaxis, ReactionGrade.ctcae(3)), (.anaphylaxis, .ungraded),
        (.bronchospasm, .ungraded), (.fishbane, .ctcae(3)), (.hypotension, .ungraded),
    ])
    func `never after a severe reaction`(_ kind: ReactionKind, _ grade: ReactionGrade) {
        paused(for: kind, grade).when(resume(10, at: "11:30"), at: later)
            .refused(.restartNotAllowed(id(1), .afterSevereReaction))
    }

    @Test func `graded severe on review while it is paused, it stays stopped`() {
        var story = paused(for: .fishbane, .ctcae(1))
        story.does(.regradeReaction(id(1), to: .ctcae(3)), at: "2026-03-02 10:10")
        story.when(resume(at: "10:30"), at: later)
            .refused(.restartNotAllowed(id(1), .afterSevereReaction))
    }

    @Test func `what nobody has graded is not called mild`() {
        paused(for: .fishbane, .ungraded).when(resume(at: "10:30"), at: later)
            .refused(.restartNotAllowed(id(1), .reactionNotGraded))
    }

    @Test func `a pause for a reaction that nobody told does not end`() {
        var story = running
        story.does(pause(), at: "2026-03-02 10:05")
        story.when(resume(at: "10:30"), at: later)
            .refused(.restartNotAllowed(id(1), .reactionNotLogged))
    }

    @Test func `a reaction that comes back stops the dose for good`() {
        var story = paused(for: .fishbane, .ctcae(1))
        story.does(resume(at: "10:20"), at: "2026-03-02 10:20")
        story.does(pause(at: "10:30"), at: "2026-03-02 10:30")
        let again = Reaction(
            id: id(2), dose: id(1), kind: .urticariaPruritus, grade: .ctcae(1), onsetMinute: 29,
            deliveredAtOnset: nil)
        story.does(
            .logReaction(again, at: clinic.at("2026-03-02 10:31")), at: "2026-03-02 10:31")
        story.when(resume(25, at: "11:00"), at: later)
            .refused(.restartNotAllowed(id(1), .afterRecurrence))
        story.when(
            .stopDose(Act.end(1, 300, at: clinic.at("2026-03-02 10:30")), reason: .reaction),
            at: later
        ).accepted()
    }

    @Test func `at another site it goes on at once, on a prescriber's word`() {
        var story = running
        story.does(pause(.extravasation), at: "2026-03-02 10:05")
        story.when(resume(at: "10:15"), at: later)
            .refused(.restartNotAllowed(id(1), .reactionNotLogged))
        story.does(
            .logReaction(
                Act.reaction(1, .extravasationStain, .ctcae(1)), at: clinic.at("2026-03-02 10:06")),
            at: "2026-03-02 10:06")
        story.when(resume(by: .nurse, at: "10:15"), at: later)
            .refused(.restartNotAllowed(id(1), .prescriberRequired))
        story.when(resume(at: "10:15"), at: later).accepted()
    }

    @Test func `a new cannula lets the dose go on at once`() {
        var story = running
        story.does(pause(.accessLost), at: "2026-03-02 10:05")
        story.when(resume(by: .nurse, at: "10:07"), at: later).accepted()
    }

    /// one dose is a pause and a restart at half the rate or less.
    @Test(arguments: [
        StopReason.accessLost, .patientRequest, .equipment, .clinicianDecision,
    ])
    func `half the rate is the most without a reaction too`(_ reason: StopReason) {
        var story = running
        story.does(pause(reason), at: "2026-03-02 10:05")
        for percent in [51, 100] {
            story.when(resume(percent, at: "10:07"), at: later).refused(field: "ratePercent")
        }
        story.when(resume(50, at: "10:07"), at: later).accepted()
    }

    @Test func `only what runs is paused, and only what is paused goes on`() {
        running.when(resume(at: "10:30"), at: later)
            .refused(.doseNotPaused(id(1), status: "in-progress"))
        var story = running
        story.does(pause(.equipment), at: "2026-03-02 10:05")
        story.when(pause(.equipment, at: "10:06"), at: later)
            .refused(.doseNotInProgress(id(1), status: "paused"))
        story.does(
            .stopDose(Act.end(1, 100, at: clinic.at("2026-03-02 10:05")), reason: .equipment),
            at: "2026-03-02 10:10")
        story.when(resume(at: "10:30"), at: later)
            .refused(.doseNotPaused(id(1), status: "stopped"))
    }

    @Test func `a pause lies within the infusion`() {
        running.when(pause(at: "10:00"), at: later).refused(field: "at")
        running.when(pause(at: "12:06"), at: later).refused(.inTheFuture(field: "at"))
        var story = running
        story.does(pause(.equipment), at: "2026-03-02 10:05")
        story.when(resume(at: "10:05"), at: later).refused(field: "at")
        story.when(
            .pauseDose(id(9), reason: .equipment, at: clinic.at("2026-03-02 10:06")), at: later
        ).refused(.doseNotFound(id(9)))
    }

    @Test func `a paused dose is completed or stopped, not before it was paused`() {
        var story = running
        story.does(pause(.patientRequest), at: "2026-03-02 10:05")
        story.when(
            .completeDose(Act.end(1, 200, at: clinic.at("2026-03-02 10:04"))), at: later
        ).refused(field: "at")
        story.when(
            .completeDose(Act.end(1, 200, at: clinic.at("2026-03-02 10:05"))), at: later
        ).accepted()
    }

    @Test func `another dose waits while one is paused, and it is observed from its end`() {
        var story = paused(for: .fishbane, .ctcae(1))
        story.when(
            Act.start(2, 750, at: clinic.at("2026-03-02 10:30")), at: later
        ).refused(.doseStillInProgress(id(1)))
        story.does(resume(at: "10:20"), at: "2026-03-02 10:20")
        story.does(
            .completeDose(Act.end(1, 750, at: clinic.at("2026-03-02 10:50"))),
            at: "2026-03-02 10:50")
        story.when(
            .dischargePatient(id(1), stable: true, at: clinic.at("2026-03-02 11:19")), at: later
        ).refused(.observationTooShort(minutes: 29, required: 30))
        story.when(
            .dischargePatient(id(1), stable: true, at: clinic.at("2026-03-02 11:20")), at: later
        ).then([
            .patientDischarged(Discharge(dose: id(1), observedMinutes: 30, stable: true))
        ])
        #expect(story.state.doses.count == 1)
        #expect(story.state.order(id(1))?.given == Milligrams(750))
    }
}
