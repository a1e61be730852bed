import Foundation
import Infusion
import Testing

/// Two random histories that turn out to be one patient's, and then perhaps not.
@Suite struct `Merges, whatever happened before` {
    private static let pair = PatientMerge(survivor: id(1), merged: id(2))

    /// A second record of the same clinic, with ids of its own, and nothing left open.
    private func other(than seed: UInt64) -> RandomHistory {
        var other = RandomHistory(
            seed: seed + 1_000 * UInt64(RandomHistory.clinics.count), patient: id(2),
            firstID: 1_000_000)
        for _ in 0..<Histories.steps { _ = other.attempt() }
        other.settle()
        return other
    }

    @Test func `no block goes away by a merge, nor by taking it back`() {
        var depth: [String: Int] = [:]
        for seed in Histories.seeds {
            var survivor = RandomHistory(seed: seed)
            for _ in 0..<Histories.steps / 2 { _ = survivor.attempt() }
            var other = other(than: seed)
            if seed.isMultiple(of: 2) { other.meetTheWorst() } else { survivor.meetTheWorst() }
            if seed.isMultiple(of: 3) { other.tellOverload() }
            if seed.isMultiple(of: 5) { survivor.tellOverload() }
            var union = [blocks(survivor), blocks(other)]
            let merged = survivor.join(.mergePatients(Self.pair), with: &other)
            #expect(merged.refusal == nil, "seed \(seed)")
            check(survivor, union, "merged, seed \(seed)", &depth)
            #expect(other.story.state.mergedInto?.value == id(1))

            for _ in 0..<Histories.steps { _ = survivor.attempt() }
            // Only what a person says takes a block away: a regrade, a release, no overload.
            union = [blocks(survivor)]
            check(survivor, union, "later, seed \(seed)", &depth)

            let command = PatientCommand.unmergePatients(Self.pair, reason: .differentPersons)
            let unmerged = survivor.join(command, with: &other)
            #expect(unmerged.refusal == nil, "seed \(seed)")
            #expect(survivor.story.state.carried.isEmpty)
            check(survivor, union, "unmerged, seed \(seed)", &depth)
            check(other, union, "the other, seed \(seed)", &depth)
            for history in [survivor, other] {
                let (events, state) = (history.story.events, history.story.state)
                #expect(PatientState.fold(events) == state)
                // Whatever the order, and whatever of it is there: the fold is total.
                var random = SplitMix64(seed: seed)
                let part = events.shuffled(using: &random).prefix(events.count * 2 / 3)
                #expect(PatientState.fold(part).version == EventVersion(Int64(part.count)))
                _ = DecisionReview.open(
                    of: state, in: history.story.clinic.context(now: history.now))
            }
        }
        expectDepth(
            "orders asked about", depth,
            atLeast: [
                "merged G-ANAPH-SAME": 15, "later G-ANAPH-SAME": 15, "unmerged G-ANAPH-SAME": 5,
                "the other G-ANAPH-SAME": 10, "merged G-ANAPH-ANY": 15, "later G-ANAPH-ANY": 15,
                "merged G-ORDER": 15, "the other G-ORDER": 10, "merged G-OVERLOAD": 10,
            ])
    }

    @Test func `caps and intervals count the iron of both`() {
        var carried = 0
        var given = 0
        for seed in Histories.seeds {
            var survivor = RandomHistory(seed: seed)
            _ = survivor.attempt()
            var other = other(than: seed)
            var ledger = IronLedger(survivor.story.clinic.zone)
            for event in survivor.story.events { ledger.add(event) }
            let merged = survivor.join(.mergePatients(Self.pair), with: &other)
            #expect(merged.refusal == nil, "seed \(seed)")
            for event in merged.events { ledger.add(event) }
            let before = survivor.story.state.doses.count
            carried += before
            for _ in 0..<Histories.steps {
                for event in survivor.attempt().events { ledger.add(event) }
            }
            given += survivor.story.state.doses.count - before
            #expect(ledger.breaches == [], "seed \(seed)")
        }
        #expect(carried > 50 && given > 50, "\(carried) doses carried over, \(given) given later")
    }

    /// What the record's own events shut for good.
    private func blocks(_ history: RandomHistory) -> StandingBlocks {
        var blocks = StandingBlocks()
        for event in history.story.events { blocks.add(event) }
        return blocks
    }

    /// Every order that something stands against, by any of the histories, whatever else does.
    private func check(
        _ history: RandomHistory, _ blocks: [StandingBlocks], _ when: String,
        _ depth: inout [String: Int]
    ) {
        let context = history.story.clinic.context(now: history.now)
        let phase = String(when.prefix { $0 != "," })
        for order in history.story.state.orders {
            let expected = blocks.reduce(into: Set<Gate>()) {
                $0.formUnion($1.standing(for: order.order, at: history.now))
            }
            if expected.isEmpty { continue }
            do throws(Refusal) {
                let review = try GateReview(
                    of: order.id, dose: nil, at: history.now, given: history.story.state,
                    in: context)
                // Overridden for a dose, it stands for the next.
                let shut = Set(
                    review.findings.filter { [.blocked, .overridden].contains($0.verdict) }
                        .map(\.gate))
                #expect(expected.subtracting(shut) == [], "\(when), order \(order.id)")
                for gate in expected { depth["\(phase) \(gate.rawValue)", default: 0] += 1 }
            } catch {
                Issue.record("\(when): \(error)")
            }
        }
    }
}
