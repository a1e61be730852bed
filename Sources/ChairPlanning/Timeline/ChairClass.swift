/// Chairs that are the same for every visit: as much equipment as anybody asks for, and the same times.
/// Which of them a visit gets can be said afterwards, since visits that overlap no more often than there
/// are chairs can always be dealt out.
struct ChairClass: Sendable {
    /// Indices into the instance's chairs.
    private(set) var chairs: [Int]
    let tags: Set<String>
    /// By unit, whether its chairs can be used and hold nobody who has started.
    let isFree: [Bool]

    private struct Key: Hashable {
        let tags: Set<String>
        let isFree: [Bool]
    }

    /// Those with the least equipment first, so that the rest is spared.
    static func classes(
        of instance: PlanInstance, _ axis: TimeAxis, _ started: StartedLoad
    ) -> [ChairClass] {
        let asked = instance.visits.reduce(into: Set<String>()) { $0.formUnion($1.needs) }
        var places: [Key: Int] = [:]
        var classes: [ChairClass] = []
        for (index, chair) in instance.chairs.enumerated() {
            var isFree = axis.minutes.map { minute in
                chair.available.contains { $0.contains(minute) }
            }
            for unit in started.held[chair.id, default: []].joined() { isFree[unit] = false }
            guard isFree.contains(true) else { continue }
            let key = Key(tags: chair.tags.intersection(asked), isFree: isFree)
            if let place = places[key] {
                classes[place].chairs.append(index)
            } else {
                places[key] = classes.count
                classes.append(ChairClass(chairs: [index], tags: key.tags, isFree: isFree))
            }
        }
        return classes.enumerated()
            .sorted { ($0.element.tags.count, $0.offset) < ($1.element.tags.count, $1.offset) }
            .map(\.element)
    }
}
