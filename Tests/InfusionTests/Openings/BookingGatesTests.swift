import Foundation
import Testing

@testable import Infusion

/// The gates that a booking is asked about, against all of them.
@Suite("Gates of a booking, in short") struct BookingGatesTests {
    @Test func `what refuses a booking is what the short list finds`() throws {
        let stories: [Story] = [
            given { story in
                story.patient(on: "2026-03-01")
                story.ordered(on: "2026-03-02")
            },
            given { story in
                story.patient(on: "2026-03-01")
                story.ordered(on: "2026-03-02")
                story.has(
                    [.general], [.knownIronOverload(true)], on: "2026-03-02")
            },
            given { story in
                story.patient(on: "2026-03-01")
                story.ordered(on: "2026-03-02")
                story.dose(1, 750, on: "2026-03-02")
                story.does(
                    .logReaction(
                        Act.reaction(1, .anaphylaxis, .ctcae(4)),
                        at: story.clinic.at("2026-03-02 10:31")), at: "2026-03-02 11:00")
            },
        ]
        for story in stories {
            let at = story.clinic.at("2026-03-12 10:00")
            let context = story.clinic.context(now: story.clinic.at("2026-03-02 12:00"))
            let decision = Decision(state: story.state, context: context)
            let terms = try decision.requireTerms(of: try decision.requireOrder(id(1)))
            let question = GateQuestion(
                picture: ClinicalPicture(state: story.state, context: context, at: at),
                terms: terms, date: decision.localDate(at), occasion: .booking)
            let all = Overrides.applied(to: Gates.evaluate(question), question: question)
            #expect(
                Set(BookingGates.shut(question))
                    == Set(
                        all.filter { $0.refusesBooking && $0.gate != .interval }.map(\.gate)))
        }
    }
}
