import ChairPlanning

/// Small instances for tests, and parts of them.
enum Clinic {
    static let day = DayHours(opens: 480, overtimeFrom: 960, closes: 1_020)

    static let phases = [
        VisitPhase(minutes: 20, needsNurse: true), VisitPhase(minutes: 30, needsNurse: false),
        VisitPhase(minutes: 10, needsNurse: true),
    ]

    static func chairs(_ count: Int, tags: Set<String> = []) -> [Chair] {
        (1...count).map { Chair(id: "c\($0)", tags: tags, available: [480..<1_020]) }
    }

    static func nurses(_ count: Int) -> [NurseOnShift] {
        (0..<count).map { NurseOnShift(id: "n\($0 + 1)", shifts: [480..<1_020]) }
    }

    /// An hour in the chair, asked for at any time of the day.
    static func visit(
        _ id: String, patient: String? = nil, urgency: VisitUrgency = .routine,
        phases: [VisitPhase] = phases, needs: Set<String> = [],
        _ timing: VisitTiming = .requested(earliest: 480, ready: 480, latest: 1_020),
        uses: ProductUse? = nil
    ) -> PlannedVisit {
        PlannedVisit(
            id: id, patient: patient ?? "patient of \(id)", urgency: urgency, phases: phases,
            turnoverMinutes: 10, needs: needs, timing: timing, uses: uses)
    }

    static func instance(
        chairs: [Chair] = chairs(2), nurses: [NurseOnShift] = nurses(2),
        cover: [Range<Int>]? = nil, stock: [String: Int] = [:], now: Int? = nil,
        visits: [PlannedVisit]
    ) throws -> PlanInstance {
        try PlanInstance(
            days: [day], now: now, chairs: chairs, nurses: nurses, cover: cover, stock: stock,
            visits: visits)
    }

    /// As the solver plans it, always in the same way.
    static func solved(_ instance: PlanInstance, steps: Int = 20_000) async -> PlanAnswer {
        await PlanSolver(instance, seed: 7).solve(boundWork: 3_000_000) {
            Double($0) / Double(steps)
        }
    }
}
