import Foundation
import Infusion
import Testing

@Suite struct `Lifting what stands in the way of iron` {
    let clinic = Clinic.newYork
    let now = "2026-03-02 10:15"
    /// A dose that runs since 10:00, and a second order.
    let running = given { story in
        story.patient(on: "2026-03-01")
        story.ordered(1, on: "2026-03-02")
        story.ordered(
            2, product: "venofer-us", row: "IS-US-NDD", prescribed: [200, 200, 200, 200, 200],
            on: "2026-03-02")
        story.does(
            Act.start(1, 750, at: story.clinic.at("2026-03-02 10:00")), at: "2026-03-02 10:00")
    }

    private func reacted(_ kind: ReactionKind, _ grade: ReactionGrade) -> Story {
        var story = running
        story.does(
            .logReaction(
                Act.reaction(1, kind, grade), at: clinic.at("2026-03-02 10:04")), at: now)
        return story
    }

    private func regrade(_ grade: Int, _ signOff: GivenSignOff? = nil) -> PatientCommand {
        .regradeReaction(id(1), to: .ctcae(grade), signOff: signOff)
    }

    private func signed(
        _ subject: SignOffSubject, _ lifted: StandingBlock?, by role: ClinicalRole = .prescriber,
        coSigner: String? = "Dr Verdi"
    ) -> PatientFact {
        .signedOff(
            SignOff(
                subject: subject, lifted: lifted, reason: .clinicianReview,
                justification: .present("reviewed with the allergist"), role: role,
                coSigner: coSigner))
    }

    /// What the gate says of the next dose, a week later.
    private func answer(_ gate: Gate, _ story: Story) throws -> Finding {
        let review = try GateReview(
            of: id(1), dose: nil, at: clinic.at("2026-03-09 12:00"), given: story.state,
            in: story.clinic.context(now: clinic.at(now)))
        return try #require(review.findings.first { $0.gate == gate })
    }

    /// What is too little, whatever it is to lift.
    static let tooLittle: [(GivenSignOff?, SignOffProblem)] = [
        (nil, .reasonMissing), (Act.signOff(by: .nurse), .prescriberRequired(.nurse)),
        (Act.signOff(by: .pharmacist), .prescriberRequired(.pharmacist)),
        (Act.signOff(by: .administrator), .prescriberRequired(.administrator)),
        (Act.signOff(coSigner: nil), .secondSignatureMissing),
        (Act.signOff(coSigner: "Dr Bianchi"), .secondSignatureOwn),
    ]

    // MARK: Grades

    @Test(arguments: tooLittle)
    func `a grade that blocks is not taken down by one person, nor without a prescriber`(
        _ signOff: GivenSignOff?, _ problem: SignOffProblem
    ) throws {
        var story = reacted(.bronchospasm, .ctcae(3))
        story.clinic.actor = "Dr Bianchi"
        for grade in [1, 2] {
            story.when(regrade(grade, signOff), at: now)
                .refused(.signOffNeeded(.seriousReaction, problem))
        }
        #expect(try answer(.anaphylaxisSameProduct, story).verdict == .blocked)
    }

    @Test func `two people take it down, and the moiety is open again`() throws {
        var story = reacted(.bronchospasm, .ctcae(3))
        story.when(regrade(1, Act.signOff()), at: now).then([
            .reactionRegraded(id(1), to: .ctcae(1)),
            signed(.reaction(id(1)), .seriousReaction),
        ])
        story.does(regrade(1, Act.signOff()), at: now)
        #expect(try answer(.anaphylaxisSameProduct, story).verdict == .passed)
    }

    @Test(arguments: [ReactionKind.bronchospasm, .angioedema, .hypotension])
    func `to grade for the first time what blocks ungraded is to take it down`(
        _ kind: ReactionKind
    ) {
        let story = reacted(kind, .ungraded)
        story.when(regrade(2), at: now).refused(.signOffNeeded(.seriousReaction, .reasonMissing))
        story.when(regrade(2, Act.signOff()), at: now).accepted()
        story.when(regrade(3), at: now).accepted()
    }

    /// What is serious is never restarted, though it may not block the moiety (facts §5.3).
    @Test func `nor is a serious reaction of another mechanism made a mild one alone`() {
        let story = reacted(.deviceOrRateError, .ctcae(3))
        story.when(regrade(1), at: now).refused(.signOffNeeded(.seriousReaction, .reasonMissing))
    }

    @Test func `a nurse grades up, and where no block is lifted down`() {
        let mild = reacted(.urticariaPruritus, .ctcae(2))
        mild.when(regrade(1), at: now).then([.reactionRegraded(id(1), to: .ctcae(1))])
        mild.when(regrade(4), at: now).accepted()
        let serious = reacted(.bronchospasm, .ctcae(4))
        serious.when(regrade(3), at: now).then([.reactionRegraded(id(1), to: .ctcae(3))])
        serious.when(regrade(5), at: now).accepted()
    }

    @Test func `what needs no signature is signed for all the same where somebody wants to`() {
        let story = reacted(.urticariaPruritus, .ctcae(2))
        story.when(regrade(1, Act.signOff(by: .nurse, coSigner: nil)), at: now).then([
            .reactionRegraded(id(1), to: .ctcae(1)),
            signed(.reaction(id(1)), nil, by: .nurse, coSigner: nil),
        ])
        var own = story
        own.clinic.actor = "Dr Verdi"
        own.when(regrade(1, Act.signOff()), at: now).refused(field: "coSigner")
        story.when(regrade(2, Act.signOff()), at: now).thenNothing()
    }

    @Test func `why is said in words, and by a name`() {
        let story = reacted(.bronchospasm, .ctcae(3))
        for text in ["because", String(repeating: "x", count: 2_001)] {
            story.when(regrade(1, Act.signOff(justification: text)), at: now)
                .refused(field: "justification")
        }
        story.when(regrade(1, Act.signOff(coSigner: " ")), at: now).refused(field: "coSigner")
    }

    // MARK: The review of a reaction

    @Test(
        arguments: [(ReactionKind.carpaModerate, 2), (.hypotension, 1), (.anaphylaxis, 4)],
        tooLittle)
    func `the review of a reaction is not ended by one person, nor without a prescriber`(
        _ reaction: (kind: ReactionKind, grade: Int),
        _ given: (signOff: GivenSignOff?, problem: SignOffProblem)
    ) {
        var story = reacted(reaction.kind, .ctcae(reaction.grade))
        story.clinic.actor = "Dr Bianchi"
        story.when(.releaseOrder(id(1), signOff: given.signOff), at: now)
            .refused(.signOffNeeded(.reactionReview, given.problem))
        #expect(story.state.order(id(1))?.status == .held)
    }

    @Test func `two people end it, other holds with it`() {
        var story = reacted(.carpaModerate, .ctcae(2))
        story.does(.holdOrder(id(1), reason: .awaitingLabs), at: now)
        let release = PatientCommand.releaseOrder(id(1), signOff: Act.signOff())
        story.when(release, at: now).then([
            .orderReleased(id(1)), signed(.order(id(1)), .reactionReview),
        ])
        story.does(release, at: now)
        #expect(story.state.order(id(1))?.status == .active)
        story.when(release, at: now).thenNothing()
    }

    @Test func `a review that a person asked for is ended the same way`() {
        var story = running
        story.does(.holdOrder(id(2), reason: .reactionReview), at: now)
        story.when(.releaseOrder(id(2)), at: now)
            .refused(.signOffNeeded(.reactionReview, .reasonMissing))
    }

    @Test(arguments: HoldReason.allCases.filter { $0 != .reactionReview })
    func `any other hold is lifted by one person`(_ reason: HoldReason) {
        var story = running
        story.does(.holdOrder(id(2), reason: reason), at: now)
        story.when(.releaseOrder(id(2)), at: now).then([.orderReleased(id(2))])
    }

    // MARK: What was stated

    private func told(
        _ facts: [ClinicalFact], at time: String, _ signOff: GivenSignOff? = nil
    ) -> PatientCommand {
        .setClinicalContext([.general], facts: facts, at: clinic.at(time), signOff: signOff)
    }

    @Test(arguments: tooLittle)
    func `known overload is not taken back by one person, nor without a prescriber`(
        _ signOff: GivenSignOff?, _ problem: SignOffProblem
    ) throws {
        var story = running
        story.does(told([.knownIronOverload(true)], at: "2026-03-02 10:10"), at: now)
        story.clinic.actor = "Dr Bianchi"
        // With whatever else is told, and at the very moment.
        for time in ["2026-03-02 10:10", "2026-03-02 10:15"] {
            story.when(
                told([.infection(active: false), .knownIronOverload(false)], at: time, signOff),
                at: now
            ).refused(.signOffNeeded(.knownIronOverload, problem))
        }
        #expect(try answer(.overload, story).severity == .absolute)
    }

    @Test func `two people take it back`() throws {
        var story = running
        story.does(told([.knownIronOverload(true)], at: "2026-03-02 10:10"), at: now)
        let back = told([.knownIronOverload(false)], at: "2026-03-02 10:12", Act.signOff())
        story.when(back, at: now).then([
            .clinicalContextSet([.general]), .clinicalFactRecorded(.knownIronOverload(false)),
            signed(.clinicalContext, .knownIronOverload),
        ])
        story.does(back, at: now)
        story.when(back, at: now).thenNothing()
        #expect(try answer(.overload, story).severity == .hard)
    }

    @Test func `nobody signs where none was known, nor to say that there is one`() throws {
        var story = running
        story.when(told([.knownIronOverload(false)], at: "2026-03-02 10:10"), at: now).accepted()
        story.does(told([.knownIronOverload(true)], at: "2026-03-02 10:10"), at: now)
        // Of a time before it was: it takes nothing back.
        story.does(told([.knownIronOverload(false)], at: "2026-03-02 10:05"), at: now)
        #expect(try answer(.overload, story).severity == .absolute)
    }

    /// Another is added to it, and the block stands.
    @Test func `a stated allergy is taken back by nobody`() throws {
        var story = running
        let serious = IronAllergy(moiety: .ferricCarboxymaltose, serious: true)
        let light = IronAllergy(moiety: .ferricCarboxymaltose, serious: false)
        story.does(told([.ironAllergy(serious)], at: "2026-03-02 10:10"), at: now)
        story.does(
            told([.ironAllergy(light)], at: "2026-03-02 10:12", Act.signOff()), at: now)
        #expect(try answer(.anaphylaxisSameProduct, story).verdict == .blocked)
    }
}
