import Foundation
import Testing

@testable import Infusion

/// The gates that a booking is asked about, against all of them.
@Suite("Gates of a booking, in short") struct BookingGatesTests {
    private static let now = "2026-03-04 12:00"

    private func question(
        _ story: Story, raised: RaisedGates = .none
    ) throws -> GateQuestion {
        let plain = story.clinic.context(now: story.clinic.at(Self.now))
        let context = DecisionContext(
            now: plain.now,
            site: SiteSettings(
                site: plain.site.site, timeZone: plain.site.timeZone, region: plain.site.region,
                policy: plain.site.policy, raisedGates: raised),
            formulary: plain.formulary)
        let decision = Decision(state: story.state, context: context)
        return try decision.bookingQuestion(
            of: try decision.requireOrder(id(1)), at: story.clinic.at("2026-03-12 10:00"),
            besides: id(99))
    }

    private func expectShut(
        _ gates: [Gate], _ question: GateQuestion, sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let all = Overrides.applied(to: Gates.evaluate(question), question: question)
        let dates: Set<Gate> = [.interval, .cumulativeDose]
        let shut = BookingGates.shut(question)
        #expect(shut == gates, sourceLocation: sourceLocation)
        #expect(shut == all.filter(\.refusesBooking).map(\.gate), sourceLocation: sourceLocation)
        #expect(
            BookingGates.shutOnAnyDate(question) == shut.filter { !dates.contains($0) },
            sourceLocation: sourceLocation)
        let problem: OpeningConstraint? =
            shut.contains(.interval)
            ? .interval : shut.contains(.cumulativeDose) ? .weeklyLimit : nil
        #expect(question.dateProblem == problem, sourceLocation: sourceLocation)
    }

    private let ordered = given { story in
        story.patient(on: "2026-03-01")
        story.ordered(on: "2026-03-02")
    }

    @Test func `what refuses a booking is what the short list finds`() throws {
        expectShut([], try question(ordered))
        var overloaded = ordered
        overloaded.has([.general], [.knownIronOverload(true)], on: "2026-03-02")
        expectShut([.overload], try question(overloaded))
        var reacted = ordered
        reacted.dose(1, 750, on: "2026-03-02")
        reacted.does(
            .logReaction(
                Act.reaction(1, .anaphylaxis, .ctcae(4)), at: reacted.clinic.at("2026-03-02 10:31")),
            at: "2026-03-02 11:00")
        expectShut([.order, .anaphylaxisSameProduct], try question(reacted))
    }

    @Test func `so it is beside the other visits`() throws {
        var near = ordered
        near.does(
            .bookAppointment(
                id(1), order: id(1), slot: Act.slot(near.clinic.at("2026-03-10 10:00"))),
            at: "2026-03-03 12:00")
        expectShut([.interval], try question(near))
        var heavy = given(.rome) { story in
            story.patient(on: "2026-03-01")
            story.ordered(
                product: "ferinject", row: "FCM-EU-inf", prescribed: [1000, 1000],
                method: .simplifiedTable, on: "2026-03-02")
        }
        heavy.does(
            .bookAppointment(
                id(1), order: id(1), slot: Act.slot(heavy.clinic.at("2026-03-10 10:00"))),
            at: "2026-03-03 12:00")
        expectShut([.cumulativeDose], try question(heavy))
    }

    @Test func `an overload that results suggest refuses it where the site has raised the gate`()
        throws
    {
        var story = ordered
        story.lab(.ferritin, 1_500, on: "2026-03-03")
        expectShut([], try question(story))
        expectShut(
            [.overload], try question(story, raised: try RaisedGates([.overload: .absolute])))
    }
}
