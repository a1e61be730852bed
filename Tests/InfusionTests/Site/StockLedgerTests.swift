import Testing

@testable import Infusion

/// Whether vials of one size go round.
@Suite("Vials that go round") struct StockLedgerTests {
    private static let day = Instant.utc("2026-03-01T00:00")

    private func at(_ days: Int64) -> Instant { Self.day.adding(hours: days * 24) }

    /// - Parameters:
    ///   - supplies: How many, from which day on, and the day on which they are expired.
    ///   - demands: On which day, and how many.
    private func ledger(
        _ supplies: [(vials: Int, from: Int64, until: Int64?)],
        _ demands: [(day: Int64, vials: Int)]
    ) -> StockLedger {
        StockLedger(
            since: at(0),
            supplies: supplies.map { supply in
                StockLedger.Supply(
                    vials: supply.vials, from: at(supply.from), until: supply.until.map { at($0) })
            }, demands: demands.map { StockLedger.Demand(start: at($0.day), vials: $0.vials) })
    }

    private func bears(_ ledger: StockLedger, on day: Int64, _ vials: Int) -> Bool {
        ledger.bears(StockLedger.Demand(start: at(day), vials: vials))
    }

    @Test func `what is there is given to as many as it reaches`() {
        let ledger = ledger([(3, 0, nil)], [(1, 1), (5, 1)])
        #expect(bears(ledger, on: 3, 1))
        #expect(!bears(ledger, on: 3, 2))
        #expect(bears(self.ledger([(3, 0, nil)], []), on: 9, 3))
        #expect(!bears(self.ledger([], []), on: 9, 1))
    }

    @Test func `an earlier visit takes nothing that a later one counts on`() {
        // Two now, one more on the fourth day.
        let ledger = ledger([(2, 0, nil), (1, 4, nil)], [(2, 1), (6, 2)])
        #expect(!bears(ledger, on: 1, 1))
        #expect(!bears(ledger, on: 7, 1))
        let more = self.ledger([(2, 0, nil), (2, 4, nil)], [(2, 1), (6, 2)])
        #expect(bears(more, on: 1, 1))
        #expect(!bears(more, on: 1, 2))
    }

    @Test func `a delivery is counted on from its day, and not before`() {
        let ledger = ledger([(1, 4, nil)], [])
        #expect(!bears(ledger, on: 3, 1))
        #expect(bears(ledger, on: 4, 1))
    }

    @Test func `what expires first is used first, and not after it has expired`() {
        let ledger = ledger([(2, 0, nil), (2, 0, 10)], [(3, 2)])
        // The visit of the third day leaves the two that last.
        #expect(bears(ledger, on: 20, 2))
        #expect(!bears(ledger, on: 20, 3))
        #expect(bears(self.ledger([(2, 0, 10)], []), on: 9, 2))
        #expect(!bears(self.ledger([(2, 0, 10)], []), on: 10, 1))
    }

    @Test func `what is left is what nobody counts on`() {
        // Two now, three more on the fourth day; one is wanted on the second, two on the sixth.
        let ledger = ledger([(2, 0, nil), (3, 4, nil)], [(2, 1), (6, 2)])
        #expect(ledger.left(at: at(1)) == 1)
        #expect(ledger.left(at: at(3)) == 1)
        #expect(ledger.left(at: at(4)) == 2)
        #expect(ledger.left(at: at(7)) == 2)
        #expect(self.ledger([], []).left(at: at(1)) == 0)
        #expect(self.ledger([(5, 0, 10)], []).left(at: at(10)) == 0)
        for day in 0...9 as ClosedRange<Int64> {
            let left = ledger.left(at: at(day))
            #expect(bears(ledger, on: day, left) && !bears(ledger, on: day, left + 1))
        }
    }

    @Test func `who is short already is no reason against others`() {
        let ledger = ledger([(5, 4, nil)], [(1, 2), (6, 3)])
        #expect(ledger.shortfall == 2)
        #expect(bears(ledger, on: 7, 2))
        #expect(!bears(ledger, on: 7, 3))
    }

    @Test func `a visit before the account began is none of it`() {
        let ledger = ledger([(1, 0, nil)], [(-1, 5)])
        #expect(ledger.demands.isEmpty)
        #expect(bears(ledger, on: -1, 9))
        #expect(bears(ledger, on: 1, 1))
    }

    /// Against every way to give the vials out.
    @Test(arguments: 1...200 as ClosedRange<UInt64>)
    func `no other way of giving them out serves more`(seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        let supplies = (0..<generator.number(1...4)).map { _ in
            let from = Int64(generator.number(0...6))
            let until = generator.chance(2) ? from + Int64(generator.number(1...6)) : nil
            return (vials: 1, from: from, until: until)
        }
        let demands = (0..<generator.number(1...5)).map { _ in
            (day: Int64(generator.number(0...9)), vials: 1)
        }
        let least = demands.count - most(demands.map { $0.day }, supplies)
        #expect(ledger(supplies, demands).shortfall == least)
    }

    /// How many of the visits find a vial at the most, tried in every order.
    private func most(
        _ days: [Int64], _ supplies: [(vials: Int, from: Int64, until: Int64?)]
    ) -> Int {
        guard let day = days.first else { return 0 }
        let rest = Array(days.dropFirst())
        var best = most(rest, supplies)
        for (index, supply) in supplies.enumerated()
        where supply.from <= day && supply.until.map({ day < $0 }) ?? true {
            var left = supplies
            left.remove(at: index)
            best = max(best, 1 + most(rest, left))
        }
        return best
    }
}
