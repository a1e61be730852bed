extension Occupancy {
    /// Level-loading by duration: the visits of each length get slots spread evenly over the starts that
    /// they may have, the more urgent the earlier slot; a slot that is taken gives way to the next.
    mutating func serveLevelled(_ grid: PlanGrid) {
        for visit in (0..<visitCount).filter({ isPromised[$0] }) {
            serve(visit, from: ready[visit])
        }
        // The longest first: they have the fewest starts.
        for length in VisitLength.allCases.reversed() {
            let mine = (0..<visitCount).filter {
                !isPromised[$0] && VisitLength(minutes: stayMinutes[$0]) == length
            }
            let starts = Set(mine.flatMap { grid.visits[$0].starts }).sorted()
            let slots = LevelledSlots(
                count: mine.count, starts: starts.map { grid.minutes[$0] },
                every: grid.instance.startGridMinutes)
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

/// Slots spread evenly over the starts that a length may have. What counts is how many starts lie between
/// two slots, not how many minutes: a night, a day that is closed or an hour without cover takes no slot.
struct LevelledSlots {
    let minutes: [Int]

    /// - Parameters:
    ///   - starts: Each once, ascending; minutes.
    ///   - grid: Minutes from one start to the next. A slot lies between two of them as its share says.
    init(count: Int, starts: [Int], every grid: Int) {
        guard !starts.isEmpty else {
            minutes = Array(repeating: 0, count: count)
            return
        }
        let gaps = max(1, count - 1)
        minutes = (0..<count).map { slot in
            let (place, rest) = ((starts.count - 1) * slot).quotientAndRemainder(dividingBy: gaps)
            return starts[place] + grid * rest / gaps
        }
    }
}
