/// What no plan of an instance can be better than, member by member: each is the least it can be when
/// the members before it are at theirs, so that the whole is a bound of the objective.
struct PlanBound {
    private let grid: PlanGrid

    init(_ grid: PlanGrid) { self.grid = grid }

    /// - Parameters:
    ///   - reached: What some plan has.
    ///   - work: Additions to be spent on each member, about.
    func objective(reached: PlanObjective, work: Int) -> PlanObjective {
        let unserved = level(.unserved, reached.unservedWeight, work)
        // Beyond the first member that is not reached the others say nothing about the gap.
        var bound = PlanObjective(
            unservedWeight: unserved, overtimeMinutes: grid.startedOvertime, waitingMinutes: 0,
            peakNurses: 0)
        let overtime = level(
            .overtime(unserved: unserved), reached.overtimeMinutes - grid.startedOvertime, work)
        bound.overtimeMinutes += overtime
        bound.waitingMinutes = level(
            .waiting(unserved: unserved, overtime: overtime), max(1, reached.waitingMinutes), work)
        bound.peakNurses = peak(bound)
        return bound
    }

    private func level(_ level: BoundLevel, _ reached: Int, _ work: Int) -> Int {
        var ascent = Ascent(Relaxation(grid, level))
        return ascent.bound(reached: reached, work: work)
    }

    /// Not everybody is served, and nobody knows who; if anybody is, one nurse is needed.
    private func peakOfSome(_ bound: PlanObjective) -> Int {
        let weight = grid.visits.reduce(0) { $0 + $1.weight }
        let isNurseNeeded =
            bound.unservedWeight < weight && !grid.visits.contains { $0.hands.isEmpty }
        return max(grid.handsTaken.max() ?? 0, isNurseNeeded ? 1 : 0)
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
