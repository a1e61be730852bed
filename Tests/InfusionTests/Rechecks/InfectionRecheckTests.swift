import Foundation
import Infusion
import InfusionKnowledge
import Testing

@Suite struct `RI1, an infection that holds iron` {
    private func infected(then: (inout Story) -> Void = { _ in }) -> Story {
        given { story in
            story.patient(on: "2026-03-01")
            story.ordered(on: "2026-03-02")
            story.has([.general], [.infection(active: true)], on: "2026-03-03")
            then(&story)
        }
    }

    @Test func `it is asked about again the next day, and within three days`() throws {
        let row = try #require(infected().open(.infection))
        #expect(row.earliest == date("2026-03-03"))
        #expect(row.due == date("2026-03-04"))
        #expect(row.overdueAfter == date("2026-03-06"))
        #expect(row.urgency == .soon)
        #expect(row.tests.isEmpty)
        let due = try #require(row.predicates.first { $0.name == "due" })
        #expect(due.threshold == "infection-told + 1 d")
        #expect(due.source == "facts §4 G-INFECT: re-check daily (ED H)")
    }

    @Test func `what is told next answers it, and where it goes on the next row counts from that`()
    {
        var story = infected()
        let facts = story.does(
            .setClinicalContext(
                [.general], facts: [.infection(active: true)],
                at: story.clinic.at("2026-03-04 09:00")), at: "2026-03-04 09:00")
        let closed = facts.compactMap { fact -> RecheckClosed? in
            if case .recheckClosed(let closed) = fact { closed } else { nil }
        }
        #expect(closed.map(\.id.rule) == [.infection])
        #expect(closed.map(\.reason) == [.satisfied])
        #expect(story.open(.infection)?.due == date("2026-03-05"))
    }

    @Test func `no day releases it, and a person's word does`() {
        var story = infected { $0.weighs(80, on: "2026-03-20") }
        #expect(story.open(.infection)?.overdueAfter == date("2026-03-06"))
        story.noInfection(on: "2026-03-21")
        #expect(story.open(.infection) == nil)
    }

    @Test func `a cancelled course waits for nothing`() {
        var story = infected()
        story.does(.cancelOrder(id(1), reason: .clinicianDecision), at: "2026-03-04")
        #expect(story.open(.infection) == nil)
    }
}
