/// What no plan of an instance can be better than, member by member: each is the least it can be when
/// the members before it are at theirs, so that the whole is a bound of the objective.
struct PlanBound {
    private let grid: PlanGrid
    private let steps: ObjectiveSteps
    /// Additions that may still be spent.
    private var left = 0
    /// Whether the time for it is used up: what is proved by then is the bound.
    private let isOver: () -> Bool

    init(_ grid: PlanGrid, isOver: @escaping () -> Bool) {
        self.grid = grid
        self.isOver = isOver
        steps = ObjectiveSteps(grid)
    }

    /// - Parameters:
    ///   - reached: What some plan has.
    ///   - work: Additions to be spent on each member, about.
    mutating func objective(reached: PlanObjective, work: Int) -> PlanObjective {
        left = 3 * work
        let enough = work / 4
        var bound = PlanObjective(
            unservedWeight: 0, overtimeMinutes: grid.startedOvertime, waitingMinutes: 0,
            peakNurses: 0)
        bound.unservedWeight = steps.weight.roundedUp(
            level(.unserved, aim: reached.unservedWeight, work: left / 3))
        bound.overtimeMinutes += overtime(&bound, reached, enough)
        bound.waitingMinutes = waiting(&bound, reached, enough)
        bound.peakNurses = peak(bound)
        return bound
    }

    /// The least overtime of what has not started. Where it is more than there can be, nobody is served
    /// so well, and the member before it is raised.
    private mutating func overtime(
        _ bound: inout PlanObjective, _ reached: PlanObjective, _ enough: Int
    ) -> Int {
        while true {
            let isOpen = bound.unservedWeight < reached.unservedWeight
            let aim =
                isOpen ? steps.overtimeMost + 1 : reached.overtimeMinutes - grid.startedOvertime
            let least = level(.overtime(unserved: bound.unservedWeight), aim: aim, work: left / 2)
            guard isOpen, least > steps.overtimeMost else {
                return steps.overtime.roundedUp(least)
            }
            bound.unservedWeight += steps.weight.size
            guard left > 2 * enough else { return 0 }
        }
    }

    private mutating func waiting(
        _ bound: inout PlanObjective, _ reached: PlanObjective, _ enough: Int
    ) -> Int {
        while true {
            let overtime = bound.overtimeMinutes - grid.startedOvertime
            let isOpen =
                bound.unservedWeight == reached.unservedWeight
                && bound.overtimeMinutes < reached.overtimeMinutes
            let aim = isOpen ? steps.waitingMost + 1 : max(1, reached.waitingMinutes)
            let least = level(
                .waiting(unserved: bound.unservedWeight, overtime: overtime), aim: aim,
                work: isOpen ? left / 2 : left)
            guard isOpen, least > steps.waitingMost else { return steps.waiting.roundedUp(least) }
            bound.overtimeMinutes += steps.overtime.size
            guard left > enough else { return 0 }
        }
    }

    private mutating func level(_ level: BoundLevel, aim: Int, work: Int) -> Int {
        let relaxation = Relaxation(grid, level)
        var best = 0
        for smoothing in Ascent.smoothings where left > 0 && best < aim && !isOver() {
            var ascent = Ascent(relaxation, smoothing: smoothing)
            best = max(
                best,
                ascent.bound(
                    reached: aim, work: work / Ascent.smoothings.count, isOver: isOver))
            left -= ascent.rounds * relaxation.work
        }
        return best
    }

    /// Not everybody is served, and nobody knows who; if anybody is, one nurse is needed.
    private func peakOfSome(_ bound: PlanObjective) -> Int {
        let weight = grid.visits.reduce(0) { $0 + $1.weight }
        let isNurseNeeded =
            bound.unservedWeight < weight && !grid.visits.contains { $0.hands.isEmpty }
        return max(grid.startedPeak, isNurseNeeded ? 1 : 0)
    }

    private func peak(_ bound: PlanObjective) -> Int {
        guard bound.unservedWeight == 0 else { return peakOfSome(bound) }
        let isFree = bound.waitingMinutes == 0
        let avoidsOvertime = bound.overtimeMinutes == grid.startedOvertime
        let starts = grid.visits.enumerated().map { index, visit in
            (
                visit: index,
                starts: visit.starts.filter { unit in
                    let minute = grid.minutes[unit]
                    return (!isFree || minute <= visit.readyMinute)
                        && (!avoidsOvertime
                            || minute + visit.stayMinutes <= grid.overtimeFrom[unit])
                }
            )
        }
        return PeakBound.nurses(grid, starts)
    }
}
