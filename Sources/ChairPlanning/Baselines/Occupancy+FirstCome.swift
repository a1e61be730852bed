extension Occupancy {
    /// First come, first served: promises, then requests in the order of asking, each at the first start
    /// from ready on that is left, or else at the last one before.
    mutating func serveInOrder() {
        let promises = (0..<visitCount).filter { isPromised[$0] }
        let requests = (0..<visitCount).filter { !isPromised[$0] }
        for visit in promises + requests {
            serve(visit, from: ready[visit])
        }
    }

    /// Gives a visit that is out the first start from `minute` on, or else the last one before, in the
    /// class with the least equipment.
    mutating func serve(_ visit: Int, from minute: Int) {
        let open = openStarts(visit)
        var later: (unit: Int, kind: Int)?
        var earlier: (unit: Int, kind: Int)?
        for place in firstClass[visit]..<firstClass[visit + 1] {
            let kind = classes[place]
            let free = starts(visit, in: kind, of: open)
            var unit = free.first(from: 0)
            while unit >= 0, minutes[unit] < minute {
                if earlier.map({ $0.unit < unit }) ?? true { earlier = (unit, kind) }
                unit = free.first(from: unit + 1)
            }
            if unit >= 0, later.map({ unit < $0.unit }) ?? true { later = (unit, kind) }
        }
        if let chosen = later ?? earlier { add(visit, at: chosen.unit, in: chosen.kind) }
    }
}
