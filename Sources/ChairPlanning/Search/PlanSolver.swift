/// Plans a day or a week: a feasible plan at once, better ones until the budget is used, and a bound
/// that no plan can beat.
public struct PlanSolver: Sendable {
    /// How much of a search's budget is used, from 0 to 1, after so many steps of it. A clock makes
    /// plans as good as the time allows; a count of steps makes the same plan every time.
    public typealias UsedShare = @Sendable (_ steps: Int) -> Double

    private let grid: PlanGrid
    private let seed: UInt64
    private let searches: Int

    /// - Parameters:
    ///   - seed: The same seed searches the same way.
    ///   - searches: Independent searches, each with a processor of its own if there is one; 1 to 64.
    public init(_ instance: PlanInstance, seed: UInt64 = 1, searches: Int = 1) {
        grid = PlanGrid(instance)
        self.seed = seed
        self.searches = min(64, max(1, searches))
    }

    /// The best plan that was found.
    /// - Parameters:
    ///   - boundWork: Additions spent on each member of the bound, about.
    ///   - improved: Told of the first plan and of each that is better than all before it in its search.
    public func solve(
        boundWork: Int = 20_000_000, used: @escaping UsedShare,
        improved: @escaping @Sendable (PlanImprovement) -> Void = { _ in }
    ) async -> PlanAnswer {
        let grid = grid
        let seed = seed
        let inOrder = WithWords.of(grid, FirstPlansTask())
        improved(PlanImprovement(inOrder, grid))
        // A short search shows which members of the bound are worth work.
        let nothing = PlanObjective(
            unservedWeight: 0, overtimeMinutes: 0, waitingMinutes: 0, peakNurses: 0)
        let short = SearchTask(
            number: 0, first: inOrder, bound: nothing, seed: seed,
            used: {
                max(
                    Double($0) / Double(SearchTuning.shortSteps), used($0) / SearchTuning.shortShare
                )
            },
            found: { improved(PlanImprovement($0, grid)) })
        let first = WithWords.of(grid, short).placement
        var proof = PlanBound(grid) { used(0) > SearchTuning.boundShare }
        let bound = proof.objective(reached: first.objective, work: boundWork)
        let found = await withTaskGroup(of: (Int, SearchTask.Answer).self) { group in
            for number in 0..<searches {
                group.addTask {
                    let task = SearchTask(
                        number: number, first: first, bound: bound,
                        seed: seed &+ UInt64(number) &* 7_919,
                        used: used, found: { improved(PlanImprovement($0, grid)) })
                    return (number, WithWords.of(grid, task))
                }
            }
            return await group.reduce(into: []) { $0.append($1) }.sorted { $0.0 < $1.0 }
        }
        let answers = found.map(\.1)
        var best = first
        for answer in answers where answer.placement.objective < best.objective {
            best = answer.placement
        }
        return PlanAnswer(
            plan: best.plan(of: grid), objective: best.objective, bound: min(bound, best.objective),
            steps: answers.reduce(0) { $0 + $1.steps })
    }
}

/// A plan that is better than those before it; made into bookings only when it is asked for.
public struct PlanImprovement: Sendable {
    public let objective: PlanObjective
    private let placement: Placement
    private let grid: PlanGrid

    init(_ placement: Placement, _ grid: PlanGrid) {
        objective = placement.objective
        self.placement = placement
        self.grid = grid
    }

    public var plan: ChairPlan { placement.plan(of: grid) }
}

/// Plans made visit by visit in several orders; the best of them is where every search begins, so that
/// none ends worse than first come, first served.
struct FirstPlansTask: WordsTask {
    func run<let words: Int>(_ empty: Occupancy<words>) -> Placement {
        var occupancy = empty
        occupancy.serveInOrder()
        var best = Placement(occupancy)
        let orders: [(Int) -> (Int, Int, Int)] = [
            { (-empty.weight[$0], empty.ready[$0], $0) },
            { (-empty.weight[$0] * 4_096 / max(1, empty.hold[$0]), empty.ready[$0], $0) },
            { (-empty.weight[$0], empty.hold[$0], $0) },
            { (-empty.weight[$0], empty.ready[$0] + empty.stayMinutes[$0], $0) },
        ]
        for order in orders {
            occupancy = empty
            for visit in (0..<empty.visitCount).sorted(by: { order($0) < order($1) }) {
                occupancy.serve(visit, from: occupancy.ready[visit])
            }
            let objective = occupancy.objective
            if objective < best.objective { best = Placement(occupancy) }
        }
        return best
    }
}

/// One search from beginning to end.
struct SearchTask: WordsTask {
    struct Answer: Sendable {
        let placement: Placement
        let steps: Int
    }

    /// Of the searches side by side, from 0 on.
    let number: Int
    let first: Placement
    let bound: PlanObjective
    let seed: UInt64
    let used: PlanSolver.UsedShare
    let found: (Placement) -> Void

    func run<let words: Int>(_ empty: Occupancy<words>) -> Answer {
        var search = PlanSearch(empty, from: first, bound: bound, seed: seed, found: found)
        let begin = used(0)
        let path = SearchTuning.paths[number % SearchTuning.paths.count]
        func stretch(_ from: Double, _ until: Double) -> (Int) -> Double {
            { (used($0) - from) / max(1e-9, until - from) }
        }
        search.anneal(
            from: path.first, to: path.last, cooling: SearchTuning.cooling,
            used: stretch(begin, SearchTuning.strictFrom))
        search.goBackToBest()
        search.anneal(
            from: SearchTuning.strict, to: SearchTuning.strict, cooling: SearchTuning.strictCooling,
            used: stretch(max(begin, SearchTuning.strictFrom), SearchTuning.peakFrom))
        search.lowerPeak(used: stretch(SearchTuning.peakFrom, 1))
        return Answer(placement: search.best, steps: search.steps)
    }
}
