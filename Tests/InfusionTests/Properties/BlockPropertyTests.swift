import Foundation
import Infusion
import Testing

@Suite struct `Blocks, whatever happens` {
    @Test func `no block goes away by itself, and no dose passes one`() {
        var seen: [Gate: Int] = [:]
        var tally = HistoryTally()
        for seed in Histories.seeds {
            var history = RandomHistory(seed: seed)
            var blocks = StandingBlocks()
            for step in 0..<Histories.steps {
                let attempt = history.attempt()
                tally.count(attempt)
                for event in attempt.events {
                    if case .doseStarted(let dose) = event.fact {
                        let order = attempt.before.order(dose.order)?.order
                        let gates = order.map { blocks.gates(for: $0, at: event.effectiveAt) }
                        #expect(gates == [], "seed \(seed), dose \(dose.id)")
                    }
                    blocks.add(event)
                }
                #expect(blocks.isSigned, "seed \(seed), step \(step)")
                let shut = check(blocks, after: attempt, step: step, seed: seed)
                for gate in shut { seen[gate, default: 0] += 1 }
            }
        }
        tally.expectDoses()
        expectDepth("standing blocks", seen, atLeast: HistoryDemands.standingBlocks)
    }

    /// One order of the patient's, asked about now and, every second time, years from now.
    private func check(
        _ blocks: StandingBlocks, after attempt: RandomHistory.Attempt, step: Int, seed: UInt64
    ) -> Set<Gate> {
        let orders = attempt.after.orders
        if orders.isEmpty { return [] }
        let order = orders[step % orders.count].order
        let now = attempt.context.now
        let at = step.isMultiple(of: 2) ? now : now.adding(hours: 3 * 365 * 24)
        let expected = blocks.gates(for: order, at: at)
        if expected.isEmpty { return [] }
        do throws(Refusal) {
            let review = try GateReview(
                of: order.id, dose: nil, at: at, given: attempt.after, in: attempt.context)
            let shut = Set(
                review.findings.filter { $0.verdict == .blocked && $0.severity == .absolute }
                    .map(\.gate))
            #expect(expected.subtracting(shut) == [], "seed \(seed), step \(step)")
            #expect(!review.isOpen, "seed \(seed), step \(step)")
        } catch {
            Issue.record("seed \(seed), step \(step): \(error)")
        }
        return expected
    }
}
