extension PlanSearch {
    /// Puts back what is out, in the order of a key.
    mutating func putBack(stays: Bool, by key: (inout Self, Int) -> Int) {
        keys.removeAll(keepingCapacity: true)
        for index in tried.indices { keys.append(key(&self, tried[index])) }
        sortTried()
        for index in tried.indices { putBack(tried[index], stays: stays) }
    }

    /// By their keys; there are few.
    private mutating func sortTried() {
        var end = 1
        while end < tried.count {
            let (visit, key) = (tried[end], keys[end])
            var place = end
            while place > 0, keys[place &- 1] > key {
                keys[place] = keys[place &- 1]
                tried[place] = tried[place &- 1]
                place &-= 1
            }
            keys[place] = key
            tried[place] = visit
            end &+= 1
        }
    }

    /// Puts a visit where it costs least, now and then where it costs the next to least.
    /// - Parameter stays: Whether it mostly goes where it was before, if that costs nothing.
    mutating func putBack(_ visit: Int, stays: Bool) {
        let open = occupancy.openStarts(visit)
        guard !open.isEmpty else { return }
        let lastFree = occupancy.lastFree[visit]
        var (unit, kind, least) = (-1, -1, Int.max)
        for place in occupancy.firstClass[visit]..<occupancy.firstClass[visit &+ 1] {
            let free = occupancy.starts(visit, in: occupancy.classes[place], of: open)
            var candidate = free.first(from: 0)
            if candidate < 0 { continue }
            if candidate < lastFree {
                // All up to `lastFree` cost the same.
                if stays, former[visit] <= lastFree, free.contains(former[visit]),
                    random.below(4) > 0
                {
                    candidate = former[visit]
                } else {
                    let other = free.first(
                        from: candidate &+ random.below(lastFree &- candidate &+ 1))
                    if other >= 0, other <= lastFree { candidate = other }
                }
            } else {
                while random.below(256) < passedOver {
                    let next = free.first(from: candidate &+ 1)
                    if next < 0 { break }
                    candidate = next
                }
            }
            let cost = candidate <= lastFree ? 0 : occupancy.minutes[candidate]
            if cost < least { (unit, kind, least) = (candidate, occupancy.classes[place], cost) }
        }
        if unit >= 0 { occupancy.add(visit, at: unit, in: kind) }
    }
}

extension Occupancy {
    /// The first unit at which a visit would wait for nothing.
    func wantedUnit(_ visit: Int) -> Int {
        lastFree[visit] >= 0 ? lastFree[visit] : max(0, allowed[visit].first(from: 0))
    }
}
