import ChairPlanning
import Testing

/// Days that follow each other without a gap, and visits that outlast theirs.
@Suite("Days around the clock")
struct MidnightTests {
    /// From 20:00 to midnight, and from midnight to 6:00.
    private let days = [
        DayHours(opens: 1_200, overtimeFrom: 1_440, closes: 1_440),
        DayHours(opens: 1_440, overtimeFrom: 1_800, closes: 1_800),
    ]

    private func instance(
        days: [DayHours]? = nil, chairs: Int = 1, nurses: Int = 2, visits: [PlannedVisit]
    ) throws -> PlanInstance {
        let days = days ?? self.days
        return try PlanInstance(
            days: days,
            rules: StaffingRules(startsPerNurse: 2, patientsPerNurse: 4, bufferMinutes: 0),
            chairs: (1...chairs).map { number in
                Chair(id: "c\(number)", available: days.map { $0.opens..<$0.closes })
            },
            nurses: (0..<nurses).map { NurseOnShift(id: "n\($0)", shifts: [1_200..<1_800]) },
            visits: visits)
    }

    private func expectSound(_ answer: PlanAnswer, _ instance: PlanInstance) {
        let checker = PlanChecker(instance)
        #expect(checker.violations(of: answer.plan).isEmpty)
        #expect(checker.objective(of: answer.plan) == answer.objective)
        #expect(answer.bound <= answer.objective)
    }

    @Test
    func `who is under way at midnight keeps the chair and the nurse on the next day`() async throws
    {
        let instance = try instance(visits: [
            Clinic.visit("begun", .started(start: 1_410, chair: "c1")),
            Clinic.visit("next", .requested(earliest: 1_440, ready: 1_440, latest: 1_600)),
        ])
        let answer = await Clinic.solved(instance)
        // In the chair to 0:30, turnover to 0:40.
        #expect(answer.plan.bookings.map { $0?.start } == [1_410, 1_480])
        expectSound(answer, instance)
        for baseline in PlanBaseline.allCases {
            let plan = baseline.plan(instance)
            #expect(PlanChecker(instance).violations(of: plan).isEmpty, "\(baseline)")
        }
    }

    @Test
    func `two days with a short night: who is under way has left before the second, or not`()
        async throws
    {
        let apart = [
            DayHours(opens: 1_200, overtimeFrom: 1_440, closes: 1_440),
            DayHours(opens: 1_460, overtimeFrom: 1_800, closes: 1_800),
        ]
        let instance = try instance(
            days: apart,
            visits: [
                Clinic.visit("begun", .started(start: 1_420, chair: "c1")),
                Clinic.visit("next", .requested(earliest: 1_440, ready: 1_440, latest: 1_600)),
            ])
        let answer = await Clinic.solved(instance)
        #expect(answer.plan.bookings.map { $0?.start } == [1_420, 1_490])
        expectSound(answer, instance)
    }

    @Test
    func `a turnover goes on past midnight where the next day follows at once`() async throws {
        let visits = [
            Clinic.visit("last", .promised(start: 1_380, earlier: 0, later: 0)),
            Clinic.visit("next", .requested(earliest: 1_440, ready: 1_440, latest: 1_600)),
        ]
        let instance = try instance(visits: visits)
        let answer = await Clinic.solved(instance)
        #expect(answer.plan.bookings.map { $0?.start } == [1_380, 1_450])
        expectSound(answer, instance)
        let only = DayHours(opens: 1_200, overtimeFrom: 1_440, closes: 1_440)
        let closing = try self.instance(days: [only], visits: visits)
        let none = await Clinic.solved(closing)
        #expect(none.plan.bookings == [nil, nil])
        expectSound(none, closing)
    }

    @Test
    func `hands that are needed after closing count for the peak`() async throws {
        let phases = [
            VisitPhase(minutes: 60, needsNurse: false), VisitPhase(minutes: 30, needsNurse: true),
        ]
        let instance = try instance(
            chairs: 2,
            visits: (1...2).map {
                Clinic.visit("v\($0)", phases: phases, .started(start: 1_780, chair: "c\($0)"))
            })
        let answer = await Clinic.solved(instance, steps: 500)
        #expect(answer.objective.peakNurses == 2)
        #expect(answer.isProvedBest)
        expectSound(answer, instance)
    }
}
