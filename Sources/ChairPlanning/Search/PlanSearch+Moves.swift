extension PlanSearch {
    // MARK: - Ruin and recreate

    /// Takes out visits that compete with the seed for the same time, and puts them back in another order.
    mutating func ruinAndRecreate(_ seed: Int) {
        let centre = former[seed]
        let wanted = occupancy.wantedUnit(seed)
        let count = 1 &+ random.below(SearchTuning.ruinedLargest)
        switch random.below(8) {
        case 0...3:
            // Those in the way between where it wants to be and where it is.
            let end = max(centre, wanted) &+ occupancy.hold[seed]
            takeOut(count, overlapping: min(centre, wanted)..<max(end, wanted &+ 1))
        case 4...6:
            let radius = 1 &+ random.below(24)
            takeOut(count, startingIn: (centre &- radius)..<(centre &+ radius &+ 1))
        case _:
            takeOut(count, startingIn: 0..<occupancy.unitCount)
        }
        addAbsent()
        let order = random.below(8)
        putBack(stays: false) { search, visit in
            switch order {
            case 0...2: search.random.below(1 << 16)
            case 3: search.occupancy.hold[visit] &* 64 &+ search.random.below(256)
            case 4: -search.occupancy.hold[visit] &* 64 &+ search.random.below(256)
            case 5: search.occupancy.ready[visit] &* 4 &+ search.random.below(64)
            case 6: -search.occupancy.weight[visit] &* 64 &+ search.random.below(64)
            case _:
                (search.occupancy.ready[visit] &+ search.occupancy.stayMinutes[visit]) &* 4
                    &+ search.random.below(64)
            }
        }
    }

    // MARK: - Closing up

    /// Takes out all that start in a stretch of the day, and puts them back in nearly the same order with
    /// one of them elsewhere in it, so that the gap it leaves is closed by those behind it.
    mutating func closeUp(_ seed: Int) {
        let centre = former[seed]
        let from = max(
            0,
            min(occupancy.wantedUnit(seed), centre) &- random.below(SearchTuning.closedBefore))
        let length = centre &- from &+ 1 &+ random.below(SearchTuning.closedAfter)
        takeOut(SearchTuning.closedLargest, startingIn: from..<(from &+ length))
        addAbsent()
        let choices = SearchTuning.disturbances
        let disturbance = choices[random.below(choices.count)]
        let moved = random.below(2) == 0 ? seed : tried[random.below(tried.count)]
        let place = (from &+ random.below(length)) &* 16
        putBack(stays: true) { search, visit in
            visit == moved ? place : search.former[visit] &* 16 &+ search.random.below(disturbance)
        }
    }

    // MARK: - Claiming a start

    /// Puts the seed where it may not fit yet; those in its way make room, and go where they can.
    mutating func claim(_ seed: Int) {
        let target = claimed(seed)
        var kind = openClass(seed, at: target)
        let end = target &+ occupancy.hold[seed]
        var place = random.below(movable.count)
        var left = movable.count
        while kind < 0, left > 0, ruined.count < SearchTuning.claimedLargest {
            let visit = movable[place]
            let start = occupancy.start[visit]
            if start >= 0, start < end, start &+ occupancy.hold[visit] > target {
                takeOut(visit)
                kind = openClass(seed, at: target)
            }
            place &+= 1
            if place == movable.count { place = 0 }
            left &-= 1
        }
        addAbsent()
        if kind >= 0 { occupancy.add(seed, at: target, in: kind) }
        // Who was taken out in vain goes back.
        for index in ruined.indices.reversed() {
            let (visit, unit, kind) = ruined[index]
            if visit != seed, occupancy.isOpen(visit, at: unit, in: kind) {
                occupancy.add(visit, at: unit, in: kind)
            }
        }
        let first = random.below(tried.count)
        for index in tried.indices {
            let visit = tried[(first &+ index) % tried.count]
            if occupancy.start[visit] < 0 { putBack(visit, stays: false) }
        }
    }

    /// A start on the way to where the visit wants to be, or near where it is.
    private mutating func claimed(_ visit: Int) -> Int {
        let centre = former[visit]
        let wanted = occupancy.wantedUnit(visit)
        var from: Int
        if random.below(2) == 0, centre > wanted {
            from = wanted &+ random.below(centre &- wanted &+ 1)
        } else {
            let reach = 1 &+ random.below(SearchTuning.claimReach)
            from = max(0, centre &- reach &+ random.below(2 &* reach &+ 1))
        }
        let target = occupancy.allowed[visit].first(from: from)
        return target >= 0 ? target : occupancy.allowed[visit].first(from: 0)
    }

    /// The first class with a free chair for a visit that is out, or -1.
    private func openClass(_ visit: Int, at unit: Int) -> Int {
        let open = occupancy.openStarts(visit)
        guard open.contains(unit) else { return -1 }
        for place in occupancy.firstClass[visit]..<occupancy.firstClass[visit &+ 1] {
            let kind = occupancy.classes[place]
            if occupancy.starts(visit, in: kind, of: open).contains(unit) { return kind }
        }
        return -1
    }
}
