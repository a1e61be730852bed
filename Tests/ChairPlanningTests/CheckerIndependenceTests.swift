import ChairPlanning
import Testing

/// The checker finds an error of the solver only if it does not make the same one.
@Suite("Checker against a second judge")
struct CheckerIndependenceTests {
    private func instance(_ seed: UInt64) throws -> PlanInstance {
        var random = RandomInstance(seed: seed)
        return try random.instance(
            visits: 4 + Int(seed % 13), chairs: 2 + Int(seed % 3), open: 120 + Int(seed % 4) * 60)
    }

    /// A plan that keeps every rule, with a few of its bookings thrown away, moved, or put elsewhere.
    private func disturbed(
        _ plan: ChairPlan, of instance: PlanInstance, _ random: inout PlanningRandom
    ) -> ChairPlan {
        var bookings = plan.bookings
        for _ in 0..<Int.random(in: 0...3, using: &random) {
            let place = Int.random(in: bookings.indices, using: &random)
            let chair = Int.random(in: instance.chairs.indices, using: &random)
            let start = bookings[place]?.start ?? instance.days[0].opens
            switch Int.random(in: 0..<4, using: &random) {
            case 0: bookings[place] = nil
            case 1: bookings[place] = Booking(chair: chair, start: start)
            case 2:
                let minutes = Int.random(in: -12...12, using: &random) * 5
                bookings[place] = Booking(chair: chair, start: start + minutes)
            default:
                let minutes = Int.random(in: -7...7, using: &random)
                bookings[place] = Booking(
                    chair: bookings[place]?.chair ?? chair, start: start + minutes)
            }
        }
        return ChairPlan(bookings: bookings)
    }

    @Test
    func `of whatever plan, the two say the same of every visit and every minute`() throws {
        var broken: Set<PlanViolation.Rule> = []
        var sound = 0
        for seed in 0..<80 as Range<UInt64> {
            let instance = try instance(seed)
            let checker = PlanChecker(instance)
            let kept = PlanBaseline.firstComeFirstServed.plan(instance)
            var random = PlanningRandom(seed: seed &+ 1_000)
            for _ in 0..<8 {
                let plan = disturbed(kept, of: instance, &random)
                let violations = checker.violations(of: plan)
                let judge = MinuteJudge(instance, plan)
                let found = Set(violations.flatMap(\.findings))
                #expect(found == judge.findings, "instance \(seed)")
                #expect(checker.objective(of: plan) == judge.objective, "instance \(seed)")
                broken.formUnion(violations.map(\.rule))
                sound += violations.isEmpty ? 1 : 0
            }
        }
        // Both kinds of plan were there, and every rule but that of plans of another instance was broken.
        #expect(sound > 0)
        #expect(broken == Set(PlanViolation.Rule.allCases).subtracting([.shape]))
    }

    @Test(arguments: 200..<220 as Range<UInt64>)
    func `the second judge has nothing against the solver's plans, and counts as it does`(
        seed: UInt64
    ) async throws {
        let instance = try instance(seed)
        let answer = await Clinic.solved(instance, steps: 1_000)
        let judge = MinuteJudge(instance, answer.plan)
        #expect(judge.findings.isEmpty)
        #expect(judge.objective == answer.objective)
    }
}
