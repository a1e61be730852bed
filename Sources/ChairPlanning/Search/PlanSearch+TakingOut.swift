extension PlanSearch {
    /// Takes out the visit that a step is about: at random, more often one that waits or has no booking.
    mutating func takeOutSeed() -> Int {
        let seed = chosen()
        if occupancy.start[seed] >= 0 {
            takeOut(seed)
        } else {
            tried.append(seed)
            former[seed] = occupancy.wantedUnit(seed)
        }
        return seed
    }

    private mutating func chosen() -> Int {
        var chosen = movable[random.below(movable.count)]
        guard random.below(2) == 0 else { return chosen }
        var worst = badness(chosen)
        for _ in 0..<3 {
            let other = movable[random.below(movable.count)]
            let cost = badness(other)
            if cost > worst { (chosen, worst) = (other, cost) }
        }
        return chosen
    }

    private func badness(_ visit: Int) -> Int {
        let unit = occupancy.start[visit]
        guard unit >= 0 else { return .max }
        return occupancy.waiting(of: visit, at: unit)
            &+ occupancy.overtime(of: visit, at: unit) &* weights.overtimeMinute
    }

    mutating func takeOut(_ visit: Int) {
        ruined.append((visit, occupancy.start[visit], occupancy.chairClass[visit]))
        former[visit] = occupancy.start[visit]
        tried.append(visit)
        occupancy.remove(visit)
    }

    /// Takes visits out, from a random one on, until `count` besides the seed are out; each of those in a
    /// chair in the stretch with a probability of a half.
    mutating func takeOut(_ count: Int, overlapping units: Range<Int>) {
        var place = random.below(movable.count)
        for _ in 0..<movable.count {
            guard ruined.count <= count else { return }
            let visit = movable[place]
            let unit = occupancy.start[visit]
            if unit >= 0, unit < units.upperBound,
                unit &+ occupancy.hold[visit] > units.lowerBound, random.below(2) == 0
            {
                takeOut(visit)
            }
            place &+= 1
            if place == movable.count { place = 0 }
        }
    }

    mutating func takeOut(_ count: Int, startingIn units: Range<Int>) {
        var place = random.below(movable.count)
        for _ in 0..<movable.count {
            guard ruined.count <= count else { return }
            let visit = movable[place]
            let unit = occupancy.start[visit]
            if unit >= units.lowerBound, unit < units.upperBound, unit >= 0 { takeOut(visit) }
            place &+= 1
            if place == movable.count { place = 0 }
        }
    }

    /// Some of those that have no booking try again.
    mutating func addAbsent() {
        guard occupancy.unservedWeight > 0 else { return }
        var left = SearchTuning.absentTried
        var place = random.below(movable.count)
        for _ in 0..<movable.count {
            let visit = movable[place]
            if occupancy.start[visit] < 0, !tried.contains(visit) {
                tried.append(visit)
                former[visit] = occupancy.wantedUnit(visit)
                left &-= 1
                if left == 0 { return }
            }
            place &+= 1
            if place == movable.count { place = 0 }
        }
    }
}
