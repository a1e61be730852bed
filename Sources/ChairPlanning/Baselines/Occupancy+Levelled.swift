extension Occupancy {
    /// Level-loading by duration: the visits of each length get slots spread evenly over the starts that
    /// lie in their windows, the more urgent the earlier slot; a slot that is taken gives way to the next.
    mutating func serveLevelled(_ grid: PlanGrid) {
        for visit in (0..<visitCount).filter({ isPromised[$0] }) {
            serve(visit, from: ready[visit])
        }
        // The longest first: they have the fewest starts.
        for length in VisitLength.allCases.reversed() {
            let mine = (0..<visitCount).filter {
                !isPromised[$0] && VisitLength(minutes: stayMinutes[$0]) == length
            }
            let slots = LevelledSlots(
                count: mine.count, starts: mine.flatMap { grid.visits[$0].starts }, grid.minutes)
            var left = slots.minutes
            for visit in mine.sorted(by: {
                (-weight[$0], ready[$0], $0) < (-weight[$1], ready[$1], $1)
            }) {
                let place = left.firstIndex { $0 >= ready[visit] } ?? left.count - 1
                serve(visit, from: max(ready[visit], left.remove(at: place)))
            }
        }
    }
}

/// Classes of visits that a levelled template counts apart.
enum VisitLength: CaseIterable {
    case short, medium, long

    /// Facts §9.1: single-dose iron is booked for 75 to 90 minutes, slower products for up to 180.
    init(minutes: Int) {
        self = minutes <= 90 ? .short : minutes <= 180 ? .medium : .long
    }
}

/// Starts spread evenly over the time in which a length may start.
struct LevelledSlots {
    let minutes: [Int]

    init(count: Int, starts: [Int], _ minutes: [Int]) {
        guard count > 0 else {
            self.minutes = []
            return
        }
        let first = starts.min().map { minutes[$0] } ?? 0
        let last = starts.max().map { minutes[$0] } ?? 0
        self.minutes = (0..<count).map { first + (last - first) * $0 / max(1, count - 1) }
    }
}
