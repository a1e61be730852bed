import Foundation
import Infusion
import Testing

@Suite struct `Reactions` {
    let clinic = Clinic.newYork
    /// The first of two doses runs; a second order, of iron sucrose, waits, with a visit each.
    let running = given { story in
        story.patient(on: "2026-03-01")
        story.ordered(on: "2026-03-02")
        story.ordered(
            2, product: "venofer-us", row: "IS-US-NDD", prescribed: [200, 200, 200, 200, 200],
            on: "2026-03-02")
        story.does(
            .bookAppointment(id(1), order: id(1), slot: Act.slot(story.clinic.at("2026-03-12"))),
            at: "2026-03-02")
        story.does(
            .bookAppointment(id(2), order: id(2), slot: Act.slot(story.clinic.at("2026-05-12"))),
            at: "2026-03-02")
        story.does(
            Act.start(1, 750, at: story.clinic.at("2026-03-02 10:00")), at: "2026-03-02 10:00")
    }
    let now = "2026-03-02 10:10"

    func log(_ kind: ReactionKind, _ grade: ReactionGrade, _ number: UInt64 = 1) -> PatientCommand {
        .logReaction(Act.reaction(number, kind, grade), at: clinic.at("2026-03-02 10:04"))
    }

    @Test func `a mild reaction is recorded and holds nothing`() {
        running.when(log(.fishbane, .ctcae(1)), at: now)
            .then([.reactionLogged(Act.reaction(1, .fishbane, .ctcae(1)))])
    }

    @Test func `a moderate reaction holds its own order for review`() {
        running.when(log(.carpaModerate, .ctcae(2)), at: now).then([
            .reactionLogged(Act.reaction(1, .carpaModerate, .ctcae(2))),
            .orderHeld(id(1), reason: .reactionReview),
        ])
    }

    @Test
    func `a serious reaction holds every order of any iron and gives back the moiety's visits`() {
        running.when(log(.anaphylaxis, .ctcae(4)), at: now).then([
            .reactionLogged(Act.reaction(1, .anaphylaxis, .ctcae(4))),
            .orderHeld(id(1), reason: .reactionReview), .orderHeld(id(2), reason: .reactionReview),
            .appointmentCancelled(id(1), reason: .reaction),
        ])
    }

    @Test(arguments: [1, 2])
    func `an impossible grade is refused as a grade, and the reaction blocks ungraded`(_ grade: Int)
    {
        let outcome = running.when(log(.anaphylaxis, .ctcae(grade)), at: now)
        #expect(outcome.facts.first == .reactionLogged(Act.reaction(1, .anaphylaxis, .ungraded)))
        #expect(outcome.after.order(id(2))?.status == .held)
        var story = running
        story.does(log(.anaphylaxis, .ungraded), at: now)
        story.when(.regradeReaction(id(1), to: .ctcae(grade)), at: now).refused(field: "grade")
    }

    @Test(arguments: [0, 6, -1])
    func `a grade is on its scale`(_ grade: Int) {
        running.when(log(.fishbane, .ctcae(grade)), at: now).refused(field: "grade")
    }

    @Test func `a reaction belongs to a dose that had begun`() {
        running.when(
            .logReaction(
                Act.reaction(1, dose: 4, .fishbane, .ctcae(1)), at: clinic.at("2026-03-02 10:04")),
            at: now
        ).refused(.doseNotFound(id(4)))
        running.when(
            .logReaction(Act.reaction(1, .fishbane, .ctcae(1)), at: clinic.at("2026-03-02 09:59")),
            at: now
        ).refused(field: "at")
        running.when(
            .logReaction(Act.reaction(1, .fishbane, .ctcae(1)), at: clinic.at("2026-03-02 10:16")),
            at: now
        ).refused(.inTheFuture(field: "at"))
        func with(onset: Int?, delivered: Decimal?) -> PatientCommand {
            .logReaction(
                Reaction(
                    id: id(1), dose: id(1), kind: .fishbane, grade: .ctcae(1), onsetMinute: onset,
                    deliveredAtOnset: delivered.map { Milligrams($0) }),
                at: clinic.at("2026-03-02 10:04"))
        }
        running.when(with(onset: -1, delivered: nil), at: now).refused(field: "onsetMinute")
        running.when(with(onset: 20_161, delivered: nil), at: now).refused(field: "onsetMinute")
        running.when(with(onset: 4, delivered: 751), at: now).refused(field: "deliveredAtOnset")
        var story = running
        story.does(log(.fishbane, .ctcae(1)), at: now)
        story.when(log(.fishbane, .ctcae(1)), at: now).refused(.duplicateIdentifier(field: "id"))
    }

    @Test(arguments: [ReactionGrade.ctcae(2), .ctcae(4)])
    func `how fast it ran, what was done and how it ended are kept, whatever the grade`(
        _ grade: ReactionGrade
    ) {
        func log(_ rate: Decimal) -> PatientCommand {
            .logReaction(
                Reaction(
                    id: id(1), dose: id(1), kind: .anaphylaxis, grade: grade, onsetMinute: 4,
                    deliveredAtOnset: nil, course: course(rate)),
                at: clinic.at("2026-03-02 10:04"))
        }
        func course(_ rate: Decimal) -> ReactionCourse {
            ReactionCourse(
                rate: MillilitersPerHour(rate), gradeScale: .ctcae5,
                actions: [.stopped, .emergencyCall], outcome: .ongoing)
        }
        guard case .reactionLogged(let kept)? = running.when(log(180), at: now).facts.first else {
            Issue.record("not logged")
            return
        }
        #expect(kept.course == course(180))
        for rate: Decimal in [1, 6_000] { running.when(log(rate), at: now).accepted() }
        for rate: Decimal in [0, decimal("0.9"), decimal("6000.1")] {
            running.when(log(rate), at: now).refused(field: "rate")
        }
    }

    @Test func `an up-grade on review holds the orders then`() {
        var story = running
        story.does(log(.urticariaPruritus, .ctcae(1)), at: now)
        story.when(.regradeReaction(id(1), to: .ctcae(1)), at: now).thenNothing()
        story.when(.regradeReaction(id(1), to: .ctcae(3)), at: now).then([
            .reactionRegraded(id(1), to: .ctcae(3)), .orderHeld(id(1), reason: .reactionReview),
            .orderHeld(id(2), reason: .reactionReview),
            .appointmentCancelled(id(1), reason: .reaction),
        ])
        story.when(.regradeReaction(id(1), to: .ungraded), at: now).refused(field: "grade")
        story.when(.regradeReaction(id(8), to: .ctcae(3)), at: now).refused(
            .reactionNotFound(id(8)))
    }

    @Test func `a hold is lifted by a person, the block of the moiety by nobody`() {
        var story = running
        story.does(log(.anaphylaxis, .ctcae(3)), at: now)
        story.does(
            .stopDose(Act.end(1, 100, at: clinic.at("2026-03-02 10:05")), reason: .reaction),
            at: now)
        story.does(.releaseOrder(id(1), signOff: Act.signOff()), at: "2026-03-08")
        story.noInfection(on: "2026-03-09")
        let outcome = story.when(Act.start(2, 600, at: clinic.at("2026-03-09")), at: "2026-03-09")
        outcome.shut([.anaphylaxisSameProduct, .anaphylaxisAnyIron])
        story.when(
            Act.override(1, .anaphylaxisSameProduct, until: clinic.at("2026-03-10")),
            at: "2026-03-09"
        ).refused(
            .overrideNotAllowed(
                .anaphylaxisSameProduct, problem: "the gate is absolute and has no override"))
        story.when(
            Act.order(
                3, product: "ferric-carboxymaltose-sandoz", prescribed: [750],
                signed: clinic.at("2026-03-09")), at: "2026-03-09"
        ).shutAmongOthers([.anaphylaxisSameProduct, .anaphylaxisAnyIron, .interval])
    }
}

@Suite struct `Transfusions and rechecks closed by hand` {
    let patient = given { $0.register(on: "2026-03-01") }
    let clinic = Clinic.newYork

    @Test func `a transfusion is recorded once, of 1 to 20 units`() {
        func give(_ units: Int) -> PatientCommand {
            .recordTransfusion(Transfusion(id: id(1), units: units), at: clinic.at("2026-03-02"))
        }
        patient.when(give(2), at: "2026-03-02")
            .then([.transfusionRecorded(Transfusion(id: id(1), units: 2))])
        patient.when(give(0), at: "2026-03-02").refused(field: "units")
        patient.when(give(21), at: "2026-03-02").refused(field: "units")
        patient.when(give(2), at: "2026-03-01").refused(.inTheFuture(field: "at"))
        var story = patient
        story.does(give(2), at: "2026-03-02")
        story.when(give(3), at: "2026-03-02").refused(.duplicateIdentifier(field: "id"))
    }

    @Test func `a person closes a recheck, and it does not open again by itself`() {
        var story = given { story in
            story.patient(on: "2026-03-01")
            story.ordered(on: "2026-03-02")
            story.dose(1, 750, on: "2026-03-02")
        }
        guard let open = story.open(.ironStores) else {
            Issue.record("R4 is not open")
            return
        }
        let close = PatientCommand.closeRecheck(open.id, reason: .resultSeenElsewhere)
        story.when(close, at: "2026-03-20").then([])
        story.does(close, at: "2026-03-20")
        #expect(story.open(.ironStores) == nil)
        story.when(close, at: "2026-03-20").refused(.recheckNotOpen(open.id))
        story.lab(.hemoglobin, 10, on: "2026-03-21")
        #expect(story.open(.ironStores) == nil)
    }
}
