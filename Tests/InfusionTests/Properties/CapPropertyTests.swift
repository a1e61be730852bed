import Infusion
import Testing

/// Judged by the ledger, which knows the labels' numbers and the accepted events, and no gate.
@Suite struct `Caps and intervals, whatever happens` {
    @Test func `no dose exceeds a cap or comes too soon without an override of its own`() {
        var tally = HistoryTally()
        var covered: [Gate: Int] = [:]
        for seed in Histories.seeds {
            var history = RandomHistory(seed: seed)
            var ledger = IronLedger(history.story.clinic.zone)
            for _ in 0..<Histories.steps {
                let attempt = history.attempt()
                tally.count(attempt)
                for event in attempt.events { ledger.add(event) }
            }
            #expect(ledger.breaches == [], "seed \(seed)")
            covered.merge(ledger.covered, uniquingKeysWith: +)
        }
        for gate: Gate in [.interval, .weightAndAge, .cumulativeDose] {
            #expect(covered[gate, default: 0] > 0, "\(gate.rawValue)")
            #expect(tally.refusals[gate, default: 0] > 0, "\(gate.rawValue)")
        }
    }

    @Test func `the histories reach deep enough to mean something`() {
        var tally = HistoryTally()
        var courses = 0
        for seed in Histories.seeds {
            var history = RandomHistory(seed: seed)
            for _ in 0..<Histories.steps { tally.count(history.attempt()) }
            let state = history.story.state
            courses = max(courses, Set(state.administered.map(\.order)).count)
        }
        #expect(tally.completed > 15, "\(tally)")
        #expect(tally.stopped > 5)
        #expect(tally.reactions > 10)
        #expect(tally.transfusions > 5)
        #expect(tally.corrections > 5)
        #expect(tally.retractions > 5)
        #expect(tally.overridden.values.reduce(0, +) > 20)
        #expect(tally.products.count > 4)
        #expect(courses > 1)
        let refusing: [Gate] = [
            .diagnosis, .infection, .phosphate, .cumulativeDose, .interval, .weightAndAge,
            .anaphylaxisAnyIron, .vitals, .staff, .consent,
        ]
        for gate in refusing {
            #expect(tally.refusals[gate, default: 0] > 0, "\(gate.rawValue)")
        }
    }
}
