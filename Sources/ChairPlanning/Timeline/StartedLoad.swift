/// What the visits take that have started, also on the days after those on which they did.
struct StartedLoad {
    private(set) var hands: [Int]
    /// The most hands at once, also where the centre is closed.
    private(set) var peak = 0
    private(set) var present: [Int]
    /// By quarter of the clock, from the first midnight on.
    private(set) var starts: [Int: Int] = [:]
    /// By chair.
    private(set) var held: [String: [Range<Int>]] = [:]
    private(set) var overtime = 0

    init(_ instance: PlanInstance, _ axis: TimeAxis) {
        hands = Array(repeating: 0, count: axis.minutes.count)
        present = hands
        var handsByMinute: [Int: Int] = [:]
        for visit in instance.visits {
            guard case .started(let start, let chair) = visit.timing else { continue }
            starts[start / PlanningLimits.quarterMinutes, default: 0] += 1
            overtime += VisitCosts.overtime(of: visit, at: start, instance.days)
            held[chair, default: []] += axis.units(in: start..<(start + visit.holdMinutes))
            let stay = start..<(start + visit.chairMinutes)
            for unit in axis.units(in: stay).joined() { present[unit] += 1 }
            var begins = start
            for phase in visit.phases {
                let minutes = begins..<(begins + phase.minutes)
                if phase.needsNurse {
                    for unit in axis.units(in: minutes).joined() { hands[unit] += 1 }
                    for minute in minutes { handsByMinute[minute, default: 0] += 1 }
                }
                begins = minutes.upperBound
            }
        }
        peak = handsByMinute.values.max() ?? 0
    }
}
