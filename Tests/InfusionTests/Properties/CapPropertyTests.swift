import Infusion
import InfusionKnowledge
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
        tally.expectDoses()
        expectDepth("covered by an override", covered, atLeast: HistoryDemands.covered)
        expectDepth(
            "hard refusals", tally.hardRefusals,
            atLeast: HistoryDemands.hardRefusals.filter {
                HistoryDemands.covered.keys.contains($0.key)
            })
    }

    /// One row each, with the patients it is for.
    @Test(arguments: RandomHistory.rarePlans.map(\.row))
    func `nor does one of a row that is ordered seldom`(_ row: String) throws {
        let plan = try #require(RandomHistory.rarePlans.first { $0.row == row })
        var tally = HistoryTally()
        for seed in Histories.seedsOfOneRow {
            var history = RandomHistory(seed: seed, only: plan)
            var ledger = IronLedger(history.story.clinic.zone)
            for _ in 0..<Histories.steps {
                let attempt = history.attempt()
                tally.count(attempt)
                for event in attempt.events { ledger.add(event) }
            }
            #expect(ledger.breaches == [], "seed \(seed)")
        }
        expectDepth("doses by row", tally.rows, atLeast: [row: HistoryDemands.dosesOfOneRow])
    }

    @Test func `every row of the formulary has its numbers and its histories here`() {
        let rows = Set(Formulary.standard.rows.map(\.id.name))
        #expect(Set(LabelLimits.byRow.keys) == rows)
        #expect(Set(RandomHistory.allPlans.map(\.row)) == rows)
        #expect(RandomHistory.allPlans.count == rows.count)
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
        expectDepth("happenings", tally.happenings, atLeast: HistoryDemands.happenings)
        expectDepth("hard refusals", tally.hardRefusals, atLeast: HistoryDemands.hardRefusals)
        expectDepth("soft refusals", tally.softRefusals, atLeast: HistoryDemands.softRefusals)
        expectDepth("doses by row", tally.rows, atLeast: HistoryDemands.rows)
        #expect(courses >= HistoryDemands.courses)
    }
}
