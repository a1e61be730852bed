/// The fewest nurses whose hands can suffice: in every stretch of time, the hands that no start avoids,
/// spread evenly over it.
struct PeakBound {
    /// Visits looked at, a stretch each, at most: a bound must not take the time that is for the search.
    private static let mostWork = 10_000_000

    /// - Parameter starts: By visit that must be served, all its starts that are still possible.
    static func nurses(_ grid: PlanGrid, _ starts: [(visit: Int, starts: [Int])]) -> Int {
        var least = grid.startedPeak
        let units = grid.unitCount
        let taken = grid.handsTaken.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1) }
        // Longer stretches than the hands of one visit repeat what shorter ones say, but for the whole.
        let lengths = [units] + Array(1...min(units, 36))
        var left = mostWork
        for length in lengths where left > 0 {
            left -= (units - length + 1) * starts.count
            for first in 0...(units - length) {
                let stretch = first..<(first + length)
                var hands = taken[stretch.upperBound] - taken[first]
                for (visit, possible) in starts {
                    hands += unavoidable(grid.visits[visit], possible, stretch)
                }
                least = max(least, (hands + length - 1) / length)
            }
        }
        return least
    }

    private static func unavoidable(
        _ visit: GridVisit, _ starts: [Int], _ stretch: Range<Int>
    ) -> Int {
        guard let first = starts.first, let last = starts.last,
            last < stretch.upperBound, first + visit.stayUnits > stretch.lowerBound
        else { return 0 }
        var least = Int.max
        for start in starts {
            var inside = 0
            for range in visit.hands {
                let from = max(start + range.lowerBound, stretch.lowerBound)
                inside += max(0, min(start + range.upperBound, stretch.upperBound) - from)
            }
            least = min(least, inside)
            if least == 0 { return 0 }
        }
        return least
    }
}
