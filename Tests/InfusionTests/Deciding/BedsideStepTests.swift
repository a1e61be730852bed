import Foundation
import Infusion
import Testing

/// What the algorithm asks for after a reaction, read from the facts (facts §5.3).
@Suite struct `Steps at the bedside` {
    let clinic = Clinic.newYork
    /// The first of two doses of 750 mg runs since 10:00; the visit of the second is booked.
    let running = given { story in
        story.patient(on: "2026-03-01")
        story.ordered(on: "2026-03-02")
        story.does(
            .bookAppointment(id(1), order: id(1), slot: Act.slot(story.clinic.at("2026-03-12"))),
            at: "2026-03-02")
        story.does(
            Act.start(1, 750, at: story.clinic.at("2026-03-02 10:00")), at: "2026-03-02 10:00")
    }

    func at(_ time: String) -> Instant { clinic.at("2026-03-02 \(time)") }

    /// Began in the fourth minute, told at 10:05.
    func reacted(_ kind: ReactionKind, _ grade: ReactionGrade) -> Story {
        var story = running
        story.does(
            .logReaction(Act.reaction(1, kind, grade), at: at("10:05")), at: "2026-03-02 10:05")
        return story
    }

    func steps(_ story: Story) throws -> [BedsideStep] {
        let reaction = try #require(story.state.reaction(id(1)))
        return try #require(BedsideSteps(reaction, in: story.state)).steps
    }

    func step(_ action: BedsideAction, _ story: Story) throws -> BedsideStep {
        try #require(try steps(story).first { $0.action == action })
    }

    @Test func `after a mild reaction: stop, watch, restart at half the rate`() throws {
        let story = reacted(.fishbane, .ctcae(1))
        #expect(
            try steps(story).map(\.action)
                == [.stopInfusion, .observe, .mayRestartAtHalfRate, .slowerNextDose])
        let watch = try step(.observe, story)
        #expect(watch.minutes == 15)
        #expect(watch.until == at("10:19"))
        #expect(watch.isDone == false)
    }

    @Test func `a step is done when a fact says so`() throws {
        var story = reacted(.fishbane, .ctcae(1))
        #expect(try step(.stopInfusion, story).isDone == false)
        story.does(
            .pauseDose(id(1), reason: .reaction, at: at("10:05")), at: "2026-03-02 10:06")
        #expect(try step(.stopInfusion, story).isDone == true)
        #expect(try step(.observe, story).until == at("10:20"))
        story.does(
            .resumeDose(
                DoseResumed(id: id(1), ratePercent: 50, isResolved: true, role: .nurse),
                at: at("10:20")), at: "2026-03-02 10:20")
        #expect(try step(.observe, story).isDone == true)
        story.does(
            .completeDose(Act.end(1, 750, at: at("10:50"))), at: "2026-03-02 10:50")
        #expect(try !steps(story).map(\.action).contains(.mayRestartAtHalfRate))
    }

    @Test func `after a moderate one a person reviews the order`() throws {
        var story = reacted(.carpaModerate, .ctcae(2))
        #expect(
            try steps(story).map(\.action)
                == [
                    .stopInfusion, .clinicianToBedside, .followLocalProtocol, .observe,
                    .restartOnPrescribersWord, .holdOrders, .reviewBeforeNextDose, .slowerNextDose,
                ])
        #expect(try step(.reviewBeforeNextDose, story).isDone == false)
        story.does(.releaseOrder(id(1), signOff: Act.signOff()), at: "2026-03-02 12:00")
        #expect(try step(.reviewBeforeNextDose, story).isDone == true)
    }

    @Test func `after a severe one: everything, and never a restart`() throws {
        let story = reacted(.anaphylaxis, .ctcae(4))
        #expect(
            try steps(story).map(\.action)
                == [
                    .stopInfusion, .emergencyCall, .followLocalProtocol, .doNotRestart, .observe,
                    .tryptase, .allergyReferral, .holdOrders, .reviewBeforeNextDose,
                    .cancelBookings, .blockMoiety, .regulatoryReport,
                ])
        #expect(try step(.observe, story).minutes == 1_440)
        #expect(try step(.observe, story).until == nil)
        #expect(try step(.cancelBookings, story).isDone == true)
        #expect(try step(.tryptase, story).isDone == nil)
    }

    @Test func `ungraded it is asked to be graded, and a serious kind is severe until then`() throws
    {
        let story = reacted(.anaphylaxis, .ungraded)
        #expect(try steps(story).map(\.action).contains(.doNotRestart))
        #expect(try steps(story).last?.action == .gradeReaction)
    }

    @Test func `graded up on review, it asks for more at once`() throws {
        var story = reacted(.urticariaPruritus, .ctcae(1))
        story.does(.regradeReaction(id(1), to: .ctcae(3)), at: "2026-03-02 10:10")
        #expect(try steps(story).map(\.action).contains(.blockMoiety))
        #expect(try !steps(story).map(\.action).contains(.mayRestartAtHalfRate))
    }

    @Test(arguments: [
        (ReactionKind.hypotension, BedsideAction.layPatientSupine),
        (.extravasationStain, .mayResumeAtAnotherSite),
        (.delayedArthralgiaMyalgiaFever, .telephoneTriage),
    ])
    func `each row of the algorithm has its own step`(
        _ kind: ReactionKind, _ action: BedsideAction
    ) throws {
        #expect(try steps(reacted(kind, .ctcae(2))).map(\.action).contains(action))
    }

    @Test(arguments: ReactionKind.allCases)
    func `what slows the next dose at the bedside slows it at its gate`(_ kind: ReactionKind) throws
    {
        for grade in [ReactionGrade.ungraded, .ctcae(1), .ctcae(2), .ctcae(3)] {
            var story = reacted(kind, grade)
            story.does(
                .stopDose(Act.end(1, 250, at: at("10:06")), reason: .reaction),
                at: "2026-03-02 10:06")
            if story.state.order(id(1))?.status == .held {
                story.does(.releaseOrder(id(1), signOff: Act.signOff()), at: "2026-03-03")
            }
            let isSlower = try steps(story).map(\.action).contains(.slowerNextDose)
            let gate = story.finding(.minorReaction, dose: 500, at: "2026-03-09 12:00")
            #expect(gate?.verdict == (isSlower ? .blocked : .passed), "\(kind) \(grade)")
        }
    }

    @Test func `what the laboratory finds asks for nothing at the bedside`() throws {
        #expect(try steps(reacted(.hypophosphatemia, .ctcae(3))).isEmpty)
    }

    @Test func `after a severe reaction nobody leaves within a day`() {
        var story = reacted(.anaphylaxis, .ctcae(3))
        story.does(
            .stopDose(Act.end(1, 100, at: at("10:05")), reason: .reaction), at: "2026-03-02 10:06")
        story.when(
            .dischargePatient(id(1), stable: true, at: clinic.at("2026-03-03 10:04")),
            at: "2026-03-03 10:04"
        ).refused(.observationTooShort(minutes: 1_439, required: 1_440))
        story.when(
            .dischargePatient(id(1), stable: true, at: clinic.at("2026-03-03 10:05")),
            at: "2026-03-03 10:05"
        ).accepted()
    }

    @Test func `a mild one after the end is watched for its quarter of an hour`() {
        var story = running
        story.does(.completeDose(Act.end(1, 750, at: at("10:20"))), at: "2026-03-02 10:20")
        let late = Reaction(
            id: id(1), dose: id(1), kind: .fishbane, grade: .ctcae(1), onsetMinute: 45,
            deliveredAtOnset: nil)
        story.does(.logReaction(late, at: at("10:46")), at: "2026-03-02 10:46")
        story.when(
            .dischargePatient(id(1), stable: true, at: at("10:55")), at: "2026-03-02 10:55"
        ).refused(.observationTooShort(minutes: 35, required: 40))
        story.when(
            .dischargePatient(id(1), stable: true, at: at("11:00")), at: "2026-03-02 11:00"
        ).accepted()
    }
}
