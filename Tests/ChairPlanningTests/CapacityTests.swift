import Testing

@testable import ChairPlanning

@Suite("Capacity")
struct CapacityTests {
    @Test(arguments: 0..<20 as Range<UInt64>)
    func `it counts as a list of numbers counts`(seed: UInt64) {
        var random = PlanningRandom(seed: seed)
        var rows = (0..<3).map { _ in (0..<180).map { _ in random.below(9) } }
        var capacity = Capacity<3>(rows, most: 8)
        var taken: [(row: Int, units: Range<Int>)] = []
        for _ in 0..<400 {
            let row = random.below(3)
            let first = random.below(170)
            let units = first..<min(180, first + 1 + random.below(100))
            if rows[row][units].allSatisfy({ $0 > 0 }) {
                for unit in units { rows[row][unit] -= 1 }
                capacity.take(row, from: units.lowerBound, length: units.count)
                taken.append((row, units))
            } else if !taken.isEmpty {
                let (row, units) = taken.remove(at: random.below(taken.count))
                for unit in units { rows[row][unit] += 1 }
                capacity.giveBack(row, from: units.lowerBound, length: units.count)
            }
            for (row, counts) in rows.enumerated() {
                #expect(counts == counts.indices.map { capacity.left(row, $0) })
                #expect(counts.map { $0 == 0 } == counts.indices.map(capacity.none(row).contains))
            }
        }
    }

    @Test
    func `what can never be used up is not counted beyond what is taken at most`() {
        var capacity = Capacity<1>([[1_000, 2, 0]], most: 2)
        capacity.take(0, from: 0, length: 2)
        capacity.take(0, from: 0, length: 2)
        #expect((0..<3).map(capacity.none(0).contains) == [false, true, true])
    }

    @Test
    func `a copy is what was copied`() {
        let begun = Capacity<1>([[3, 3, 3], [1, 1, 1]], most: 3)
        var changed = begun
        changed.take(1, from: 0, length: 2)
        #expect(!changed.none(1).isEmpty)
        changed.copy(begun)
        #expect(changed.none(1).isEmpty)
        #expect((0..<3).map { changed.left(1, $0) } == [1, 1, 1])
    }
}
