/// Ways to plan without searching, which the solver is held against.
public enum PlanBaseline: String, Hashable, Sendable, CaseIterable {
    /// Each request, in the order of asking, gets the first start from ready on that is left.
    case firstComeFirstServed = "fcfs"
    /// Starts of each length are spread evenly over the day; requests take the next slot of theirs.
    case levelled

    /// The plan this way makes; it breaks no rule.
    public func plan(_ instance: PlanInstance) -> ChairPlan {
        let grid = PlanGrid(instance)
        return grid.plan(WithWords.of(grid, BaselineTask(baseline: self, grid: grid)))
    }
}

extension PlanGrid {
    func plan(_ placement: Placement) -> ChairPlan { placement.plan(of: self) }
}

struct BaselineTask: WordsTask {
    let baseline: PlanBaseline
    let grid: PlanGrid

    func run<let words: Int>(_ empty: Occupancy<words>) -> Placement {
        var occupancy = empty
        switch baseline {
        case .firstComeFirstServed: occupancy.serveInOrder()
        case .levelled: occupancy.serveLevelled(grid)
        }
        return Placement(occupancy)
    }
}
