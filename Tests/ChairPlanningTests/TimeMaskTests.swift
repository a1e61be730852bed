import Testing

@testable import ChairPlanning

@Suite("Time mask")
struct TimeMaskTests {
    private func compare<let words: Int>(_ empty: TimeMask<words>, seed: UInt64) {
        var random = PlanningRandom(seed: seed)
        for _ in 0..<60 {
            var mask = empty
            var members: Set<Int> = []
            for _ in 0..<random.below(words * 12) {
                let unit = random.below(words * 64)
                mask.insert(unit)
                members.insert(unit)
            }
            let offset = random.below(70)
            let length = 1 + random.below(words * 40)
            let met = mask.meeting(offset: offset, length: length)
            for start in 0..<(words * 64) {
                let expected = members.contains {
                    $0 >= start + offset && $0 < start + offset + length
                }
                #expect(met.contains(start) == expected, "\(words) \(offset) \(length) \(start)")
            }
            #expect(mask.isEmpty == members.isEmpty)
            let from = random.below(words * 64)
            #expect(mask.first(from: from) == members.filter { $0 >= from }.min() ?? -1)
            mask.subtract(met)
            for unit in members {
                #expect(mask.contains(unit) == !met.contains(unit))
                mask.remove(unit)
            }
            #expect(mask.isEmpty)
        }
    }

    @Test
    func `starts that meet a member are found as by looking at each`() {
        compare(TimeMask<2>(), seed: 1)
        compare(TimeMask<4>(), seed: 2)
        compare(TimeMask<10>(), seed: 3)
    }
}
