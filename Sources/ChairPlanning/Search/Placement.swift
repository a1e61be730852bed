/// Where each visit of a grid is: the unit it starts at, or -1, and its class of chairs.
struct Placement: Hashable, Sendable {
    var start: [Int]
    var chairClass: [Int]
    var objective: PlanObjective

    init<let words: Int>(_ occupancy: Occupancy<words>) {
        start = occupancy.start
        chairClass = occupancy.chairClass
        objective = occupancy.objective
    }

    /// The plan, with each visit in a chair of its own. Visits are dealt out in the order of their
    /// starts, which never runs out of chairs.
    func plan(of grid: PlanGrid) -> ChairPlan {
        var bookings = [Booking?](repeating: nil, count: grid.instance.visits.count)
        let chairIndex = Dictionary(
            uniqueKeysWithValues: grid.instance.chairs.enumerated().map { ($1.id, $0) })
        for (index, visit) in grid.instance.visits.enumerated() {
            guard case .started(let start, let chair) = visit.timing else { continue }
            bookings[index] = chairIndex[chair].map { Booking(chair: $0, start: start) }
        }
        for (number, chairs) in grid.chairClasses.enumerated() {
            var freeFrom = [Int](repeating: 0, count: chairs.chairs.count)
            let mine = start.indices.filter { start[$0] >= 0 && chairClass[$0] == number }
                .sorted { (start[$0], $0) < (start[$1], $1) }
            for visit in mine {
                guard let place = freeFrom.firstIndex(where: { $0 <= start[visit] }) else {
                    preconditionFailure("no more visits at once than chairs")
                }
                freeFrom[place] = start[visit] + grid.visits[visit].holdUnits
                bookings[grid.visits[visit].index] = Booking(
                    chair: chairs.chairs[place], start: grid.minutes[start[visit]])
            }
        }
        return ChairPlan(bookings: bookings)
    }
}

extension Occupancy {
    /// Takes a placement over as it is. It must fit.
    mutating func take(_ placement: Placement) {
        for visit in 0..<visitCount where start[visit] >= 0 { remove(visit) }
        for visit in 0..<visitCount where placement.start[visit] >= 0 {
            add(visit, at: placement.start[visit], in: placement.chairClass[visit])
        }
    }

    /// Takes over what fits of a placement, in the visits' order.
    mutating func takeWhatFits(_ placement: Placement) {
        for visit in 0..<visitCount where placement.start[visit] >= 0 {
            let (unit, kind) = (placement.start[visit], placement.chairClass[visit])
            if isOpen(visit, at: unit, in: kind) { add(visit, at: unit, in: kind) }
        }
    }
}
