/// What the members of an objective can be at all: multiples of a step, up to a most.
struct ObjectiveSteps: Sendable {
    struct Step: Sendable {
        private(set) var size = 0

        /// Every value is a multiple of the step from now on, this one too.
        mutating func includes(_ value: Int) {
            var rest = value
            while rest != 0 { (size, rest) = (rest, size % rest) }
        }

        /// The least value there can be that is not below.
        func roundedUp(_ value: Int) -> Int {
            size == 0 ? value : (value + size - 1) / size * size
        }
    }

    private(set) var weight = Step()
    /// Of what has not started.
    private(set) var overtime = Step()
    private(set) var waiting = Step()
    private(set) var overtimeMost = 0
    private(set) var waitingMost = 0

    init(_ grid: PlanGrid) {
        for visit in grid.visits {
            weight.includes(visit.weight)
            var most = (overtime: 0, waiting: 0)
            for unit in visit.starts {
                let late = max(0, grid.minutes[unit] + visit.stayMinutes - grid.overtimeFrom[unit])
                let waited = max(0, grid.minutes[unit] - visit.readyMinute)
                overtime.includes(late)
                waiting.includes(waited)
                most = (max(most.overtime, late), max(most.waiting, waited))
            }
            overtimeMost += most.overtime
            waitingMost += most.waiting
        }
    }
}
