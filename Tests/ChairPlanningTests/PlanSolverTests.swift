import Synchronization
import Testing

@testable import ChairPlanning

@Suite("Plan solver")
struct PlanSolverTests {
    private func random(_ seed: UInt64) throws -> PlanInstance {
        var random = RandomInstance(seed: seed)
        return try random.instance(
            visits: 4 + Int(seed % 25), chairs: 2 + Int(seed % 4), open: 120 + Int(seed % 5) * 60)
    }

    @Test(arguments: 0..<24 as Range<UInt64>)
    func `a plan keeps every rule, costs what it says, and is between its bound and first come`(
        seed: UInt64
    ) async throws {
        let instance = try random(seed)
        let checker = PlanChecker(instance)
        let answer = await Clinic.solved(instance, steps: 3_000)
        #expect(checker.violations(of: answer.plan).isEmpty)
        #expect(checker.objective(of: answer.plan) == answer.objective)
        #expect(answer.bound <= answer.objective)
        for baseline in PlanBaseline.allCases {
            let plan = baseline.plan(instance)
            #expect(checker.violations(of: plan).isEmpty, "\(baseline)")
            #expect(answer.bound <= checker.objective(of: plan))
        }
        let first = PlanBaseline.firstComeFirstServed.plan(instance)
        #expect(answer.objective <= checker.objective(of: first))
    }

    @Test(arguments: 100..<140 as Range<UInt64>)
    func `on small instances it finds what trying everything finds, and its bound is below`(
        seed: UInt64
    ) async throws {
        var random = RandomInstance(seed: seed)
        let instance = try random.instance(visits: 4, chairs: 2, open: 90)
        let best = try #require(EveryPlan(instance).best())
        let answer = await Clinic.solved(instance, steps: 20_000)
        #expect(answer.objective == best)
        #expect(answer.bound <= best)
    }

    @Test(arguments: 100..<120 as Range<UInt64>)
    func `a bound whose time is over ends there, and is one all the same`(seed: UInt64) throws {
        var random = RandomInstance(seed: seed)
        let instance = try random.instance(visits: 4, chairs: 2, open: 90)
        let best = try #require(EveryPlan(instance).best())
        var asked = 0
        var proof = PlanBound(PlanGrid(instance)) {
            asked += 1
            return asked > 1
        }
        let bound = proof.objective(reached: best, work: .max / 8)
        #expect(bound <= best)
        // Once after an evaluation, and before each of what is left out.
        #expect(asked <= 8)
    }

    @Test
    func `the same seed and steps give the same plan`() async throws {
        let instance = try random(17)
        let solver = PlanSolver(instance, seed: 5, searches: 2)
        let once = await solver.solve { Double($0) / 2_000 }
        let again = await solver.solve { Double($0) / 2_000 }
        #expect(once == again)
    }

    @Test
    func `the first plan is told at once, and each that follows is better and keeps the rules`()
        async throws
    {
        let instance = try random(23)
        let told = Told()
        let answer = await PlanSolver(instance, seed: 1).solve(
            used: { Double($0) / 5_000 }, improved: { told.add($0) })
        let improvements = told.all
        #expect(!improvements.isEmpty)
        for (before, after) in zip(improvements, improvements.dropFirst()) {
            #expect(after.objective < before.objective)
        }
        for improvement in improvements {
            #expect(PlanChecker(instance).violations(of: improvement.plan).isEmpty)
            #expect(PlanChecker(instance).objective(of: improvement.plan) == improvement.objective)
        }
        #expect(improvements.last?.objective == answer.objective)
    }

    @Test
    func `it stops by itself where the best is proved`() async throws {
        let instance = try Clinic.instance(visits: [Clinic.visit("a")])
        let answer = await PlanSolver(instance, seed: 1).solve { _ in 0 }
        #expect(answer.isProvedBest)
        #expect(answer.gap == nil)
    }

    @Test
    func `the more urgent visit is served where there is room for one`() async throws {
        let only = VisitTiming.requested(earliest: 480, ready: 480, latest: 480)
        let instance = try Clinic.instance(
            chairs: Clinic.chairs(1),
            visits: [
                Clinic.visit("routine", only), Clinic.visit("urgent", urgency: .urgent, only),
            ])
        let answer = await Clinic.solved(instance)
        #expect(answer.plan.bookings[0] == nil)
        #expect(answer.plan.bookings[1] != nil)
        #expect(answer.isProvedBest)
    }

    @Test
    func `an instance without visits or without nurses has a plan`() async throws {
        let empty = await Clinic.solved(try Clinic.instance(visits: []), steps: 100)
        #expect(empty.isProvedBest)
        let alone = try Clinic.instance(nurses: [], visits: [Clinic.visit("a")])
        let answer = await Clinic.solved(alone, steps: 1_000)
        #expect(answer.plan.bookings == [nil])
    }
}

/// Improvements in the order in which they were told.
private final class Told: Sendable {
    private let improvements = Mutex<[PlanImprovement]>([])

    var all: [PlanImprovement] { improvements.withLock { $0 } }

    func add(_ improvement: PlanImprovement) { improvements.withLock { $0.append(improvement) } }
}

/// The best of all plans there are, by trying each with the checker.
private struct EveryPlan {
    private let instance: PlanInstance
    private let checker: PlanChecker

    init(_ instance: PlanInstance) {
        self.instance = instance
        checker = PlanChecker(instance)
    }

    func best() -> PlanObjective? {
        var bookings = [Booking?](repeating: nil, count: instance.visits.count)
        for (index, visit) in instance.visits.enumerated() {
            guard case .started(let start, let chair) = visit.timing else { continue }
            bookings[index] = instance.chairs.firstIndex { $0.id == chair }
                .map { Booking(chair: $0, start: start) }
        }
        var best: PlanObjective?
        extend(bookings, from: 0, &best)
        return best
    }

    /// A plan with fewer bookings breaks no more rules, so that what is broken needs no more trying.
    private func extend(_ bookings: [Booking?], from index: Int, _ best: inout PlanObjective?) {
        let plan = ChairPlan(bookings: bookings)
        guard checker.violations(of: plan).isEmpty else { return }
        guard index < bookings.count else {
            let objective = checker.objective(of: plan)
            best = min(best ?? objective, objective)
            return
        }
        extend(bookings, from: index + 1, &best)
        for start in starts(instance.visits[index].timing) {
            for chair in instance.chairs.indices {
                var longer = bookings
                longer[index] = Booking(chair: chair, start: start)
                extend(longer, from: index + 1, &best)
            }
        }
    }

    private func starts(_ timing: VisitTiming) -> [Int] {
        let onGrid = { (range: ClosedRange<Int>) in
            range.filter { $0 % instance.startGridMinutes == 0 }
        }
        return switch timing {
        case .requested(let earliest, _, let latest): onGrid(earliest...latest)
        case .promised(let start, let earlier, let later):
            Set(onGrid((start - earlier)...(start + later)) + [start]).sorted()
        case .started: []
        }
    }
}
