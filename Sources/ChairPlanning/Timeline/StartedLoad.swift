/// What the visits take that have started.
struct StartedLoad {
    private(set) var hands: [Int]
    private(set) var present: [Int]
    /// By quarter of the clock, from the first midnight on.
    private(set) var starts: [Int: Int] = [:]
    /// By chair.
    private(set) var held: [String: [Range<Int>]] = [:]
    private(set) var overtime = 0

    init(_ instance: PlanInstance, _ axis: TimeAxis) {
        hands = Array(repeating: 0, count: axis.minutes.count)
        present = hands
        for visit in instance.visits {
            guard case .started(let start, let chair) = visit.timing else { continue }
            starts[start / PlanningLimits.quarterMinutes, default: 0] += 1
            overtime += VisitCosts.overtime(of: visit, at: start, instance.days)
            held[chair, default: []].append(axis.units(from: start, visit.holdMinutes))
            let stay = axis.units(from: start, visit.chairMinutes)
            for unit in stay { present[unit] += 1 }
            var unit = stay.lowerBound
            for phase in visit.phases {
                let units = unit..<(unit + phase.minutes / axis.unitMinutes)
                if phase.needsNurse { for busy in units.clamped(to: stay) { hands[busy] += 1 } }
                unit = units.upperBound
            }
        }
    }
}
