import ChairPlanning

/// Instances that mean nothing, with everything an instance can have: two days, promises, visits under
/// way, a present, part-time chairs, breaks, cover that ends early, scarce stock, patients who come twice.
struct RandomInstance {
    private var random: PlanningRandom

    init(seed: UInt64) { random = PlanningRandom(seed: seed) }

    private mutating func number(_ range: ClosedRange<Int>) -> Int {
        Int.random(in: range, using: &random)
    }

    private mutating func happens(oneIn count: Int) -> Bool { number(1...count) == 1 }

    /// - Parameter opens: Minutes that each day is open.
    mutating func instance(visits count: Int, chairs: Int, open: Int) throws -> PlanInstance {
        let grid = [5, 5, 10, 15][number(0...3)]
        let dayCount = happens(oneIn: 4) ? 2 : 1
        let days = (0..<dayCount).map { day in
            let opens = day * 1_440 + 480
            return DayHours(opens: opens, overtimeFrom: opens + open - 30, closes: opens + open)
        }
        var visits: [PlannedVisit] = []
        for index in 0..<count { visits.append(visit(index, days, chairs, grid)) }
        var chairList: [Chair] = []
        for index in 0..<chairs { chairList.append(chair(index, days)) }
        var nurses: [NurseOnShift] = []
        for index in 0..<max(1, chairs / 2) { nurses.append(nurse(index, days)) }
        let cover = happens(oneIn: 4) ? days.map { $0.opens..<($0.closes - 20) } : nil
        let rules = StaffingRules(
            startsPerNurse: number(1...2), patientsPerNurse: number(2...4), bufferMinutes: 5)
        let stock = ["scarce": number(0...3)]
        // Nobody has started later than three minutes after opening.
        let now = happens(oneIn: 3) ? days[0].opens + number(3...60) : nil
        return try PlanInstance(
            days: days, now: now, startGridMinutes: grid, rules: rules, chairs: chairList,
            nurses: nurses, cover: cover, stock: stock, visits: visits)
    }

    private mutating func chair(_ index: Int, _ days: [DayHours]) -> Chair {
        var available = days.map { $0.opens..<$0.closes }
        if happens(oneIn: 4) {
            let first = available[0]
            let middle = first.lowerBound + first.count / 2 / 5 * 5
            available[0] = happens(oneIn: 2) ? first.lowerBound..<middle : middle..<first.upperBound
        }
        return Chair(
            id: "c\(index)", tags: happens(oneIn: 3) ? ["bed"] : [], available: available)
    }

    private mutating func nurse(_ index: Int, _ days: [DayHours]) -> NurseOnShift {
        var shifts: [Range<Int>] = []
        for day in days {
            let pause = day.opens + number(1...4) * 10
            if happens(oneIn: 2), pause + 10 < day.closes {
                shifts += [day.opens..<pause, (pause + 10)..<day.closes]
            } else {
                shifts.append(day.opens..<day.closes)
            }
        }
        return NurseOnShift(id: "n\(index)", shifts: shifts)
    }

    private mutating func visit(
        _ index: Int, _ days: [DayHours], _ chairs: Int, _ grid: Int
    ) -> PlannedVisit {
        let day = days[number(0...(days.count - 1))]
        let phases = [
            VisitPhase(minutes: number(1...2) * 5, needsNurse: true),
            VisitPhase(minutes: number(1...4) * 5, needsNurse: false),
            VisitPhase(minutes: 5, needsNurse: happens(oneIn: 2)),
        ]
        let earliest = day.opens + number(0...6) * grid
        let ready = earliest + number(0...2) * grid
        var timing = VisitTiming.requested(
            earliest: earliest, ready: ready, latest: ready + number(0...8) * grid)
        // One chair each, so that those under way do not contradict each other.
        if index < chairs, happens(oneIn: 6) {
            timing = .started(start: days[0].opens + number(0...3), chair: "c\(index)")
        } else if happens(oneIn: 6) {
            timing = .promised(
                start: day.opens + number(0...10) * grid, earlier: number(0...1) * grid,
                later: number(0...2) * grid)
        }
        let isSecond = index > 0 && happens(oneIn: 8)
        let hasStarted = if case .started = timing { true } else { false }
        return PlannedVisit(
            id: "v\(index)", patient: "p\(isSecond && !hasStarted ? index - 1 : index)",
            urgency: VisitUrgency.allCases[number(0...3)], phases: phases,
            turnoverMinutes: number(0...2) * 5, needs: happens(oneIn: 5) ? ["bed"] : [],
            timing: timing,
            uses: happens(oneIn: 4) ? ProductUse(product: "scarce", units: number(1...2)) : nil)
    }
}
