import Testing

@testable import ChairPlanning

/// Days of the public generator, as they are asked for and as they change at noon.
@Suite("Generated days")
struct GeneratedDayTests {
    private static let noon = 720

    @Test(arguments: 0..<10 as Range<UInt64>)
    func `a plan is never worse than first come, first served, and keeps every rule`(
        seed: UInt64
    ) async throws {
        let instance = try generated(seed)
        let answer = await Clinic.solved(instance, steps: 1_000)
        try expectSound(answer, instance)
    }

    @Test(arguments: 0..<10 as Range<UInt64>)
    func `so is one that goes around what has started, with a nurse and a chair fewer`(
        seed: UInt64
    ) async throws {
        let asked = try generated(seed)
        let morning = await Clinic.solved(asked, steps: 500)
        let instance = try changed(asked, morning.plan, movable: seed % 2 == 0 ? 60 : 0)
        let answer = await Clinic.solved(instance, steps: 1_000)
        try expectSound(answer, instance)
        for (visit, booking) in zip(instance.visits, answer.plan.bookings) {
            guard case .started(let start, let chair) = visit.timing else {
                if let booking { #expect(booking.start >= Self.noon) }
                continue
            }
            #expect(booking?.start == start)
            #expect(booking.map { instance.chairs[$0.chair].id } == chair)
        }
        let report = PlanReport(answer.plan, of: instance)
        if seed % 2 == 1 { #expect(report.movedPromises.isEmpty) }
    }

    @Test
    func `two hundred visits on forty chairs have such a plan too`() async throws {
        let instance = try InstanceGenerator(
            visits: 200, chairs: 40, loadPercent: 110, seed: 9
        ).instance()
        let answer = await Clinic.solved(instance, steps: 300)
        try expectSound(answer, instance)
    }

    /// 20 or 30 visits on 8 to 12 chairs at 60 to 110 %.
    private func generated(_ seed: UInt64) throws -> PlanInstance {
        let isLarger = seed % 3 == 0
        return try InstanceGenerator(
            visits: isLarger ? 30 : 20, chairs: isLarger ? 12 : 8,
            loadPercent: 60 + Int(seed % 6) * 10, seed: seed
        ).instance()
    }

    /// Noon: who has begun stays, the others have been told their times, the last nurse goes home, and the
    /// first chair breaks.
    private func changed(
        _ asked: PlanInstance, _ plan: ChairPlan, movable: Int
    ) throws -> PlanInstance {
        let noon = Self.noon
        let visits = zip(asked.visits, plan.bookings).map { visit, booking in
            guard let booking else { return visit }
            let timing: VisitTiming =
                booking.start < noon
                ? .started(start: booking.start, chair: asked.chairs[booking.chair].id)
                : .promised(start: booking.start, earlier: 0, later: movable)
            return PlannedVisit(
                id: visit.id, patient: visit.patient, urgency: visit.urgency, phases: visit.phases,
                turnoverMinutes: visit.turnoverMinutes, needs: visit.needs, timing: timing,
                uses: visit.uses)
        }
        func untilNoon(_ intervals: [Range<Int>]) -> [Range<Int>] {
            intervals.map { $0.clamped(to: 0..<noon) }.filter { !$0.isEmpty }
        }
        let broken = asked.chairs[0]
        let sick = try #require(asked.nurses.last)
        return try PlanInstance(
            days: asked.days, now: noon,
            chairs: [
                Chair(id: broken.id, tags: broken.tags, available: untilNoon(broken.available))
            ] + asked.chairs.dropFirst(),
            nurses: asked.nurses.dropLast() + [
                NurseOnShift(id: sick.id, shifts: untilNoon(sick.shifts))
            ],
            visits: visits)
    }

    private func expectSound(_ answer: PlanAnswer, _ instance: PlanInstance) throws {
        let checker = PlanChecker(instance)
        let violations = checker.violations(of: answer.plan)
        #expect(violations.isEmpty)
        #expect(checker.objective(of: answer.plan) == answer.objective)
        let firstCome = checker.objective(of: PlanBaseline.firstComeFirstServed.plan(instance))
        #expect(answer.objective <= firstCome)
        #expect(answer.bound <= answer.objective)
    }
}
