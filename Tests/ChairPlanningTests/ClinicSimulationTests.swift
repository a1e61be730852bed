import Testing

@testable import ChairPlanning

@Suite("Clinic simulation")
struct ClinicSimulationTests {
    private func instance(_ seed: UInt64) throws -> PlanInstance {
        try InstanceGenerator(visits: 30, chairs: 6, loadPercent: 95, seed: seed).instance()
    }

    private var nothingHappens: SimulationRates { runningOver(0) }

    /// Nothing else happens.
    private func runningOver(_ share: Double) -> SimulationRates {
        let never = SimulationRates.Rate(name: "never", share: 0, source: "test")
        return SimulationRates(
            noShow: never, sameDayCancel: never, late: never,
            overRun: SimulationRates.Rate(name: "runs over", share: share, source: "test"),
            mildReaction: never, moderateReaction: never)
    }

    @Test(arguments: PlanBaseline.allCases)
    func `where nothing happens, every day goes as it was planned`(baseline: PlanBaseline) throws {
        let instance = try instance(4)
        let plan = baseline.plan(instance)
        let summary = ClinicSimulation(instance, rates: nothingHappens, repetitions: 2, seed: 1)
            .run(plan)
        let booked = plan.bookings.count { $0 != nil }
        #expect(summary.meanServed == Double(booked))
        #expect(summary.notBooked == instance.visits.count - booked)
        #expect(summary.meanWait == 0)
        #expect(summary.meanTurnedAway == 0)
        let overtime = PlanChecker(instance).objective(of: plan).overtimeMinutes
        #expect(summary.meanOvertime == Double(overtime))
    }

    @Test
    func `the same seed gives the same days, another seed others`() throws {
        let instance = try instance(5)
        let plan = PlanBaseline.levelled.plan(instance)
        let run = { (seed: UInt64) in
            ClinicSimulation(instance, repetitions: 20, seed: seed).run(plan)
        }
        #expect(run(1) == run(1))
        #expect(run(1) != run(2))
    }

    @Test
    func `no-shows come as often as their rates say`() throws {
        let instance = try instance(6)
        var rates = nothingHappens
        rates = SimulationRates(
            noShow: SimulationRates.standard.noShow,
            sameDayCancel: SimulationRates.standard.sameDayCancel, late: rates.late,
            overRun: rates.overRun, mildReaction: rates.mildReaction,
            moderateReaction: rates.moderateReaction)
        let plan = PlanBaseline.firstComeFirstServed.plan(instance)
        let booked = Double(plan.bookings.count { $0 != nil })
        let served = ClinicSimulation(instance, rates: rates, repetitions: 400, seed: 9).run(plan)
            .meanServed
        // 1 - 0.91 · 0.95 stay away; 400 days of 30 visits have a standard error of 0.3 %.
        #expect(abs(1 - served / booked - (1 - 0.91 * 0.95)) < 0.015)
    }

    @Test
    func `whoever runs over the last shift is seen to by those who were on it`() throws {
        // The last shift ends with the visit, a quarter of an hour before closing.
        let instance = try Clinic.instance(
            nurses: [NurseOnShift(id: "n", shifts: [480..<1_005])],
            visits: [Clinic.visit("a", .promised(start: 945, earlier: 0, later: 0))])
        let plan = ChairPlan(bookings: [Booking(chair: 0, start: 945)])
        #expect(PlanChecker(instance).violations(of: plan).isEmpty)
        let summary = ClinicSimulation(
            instance, rates: runningOver(1), repetitions: 20, seed: 3
        ).run(plan)
        // 45 minutes as planned, and 5 to 30 more.
        #expect((50...75).contains(summary.meanOvertime), "\(summary.meanOvertime)")
    }

    @Test
    func `whoever is under way leaves, also with no nurse on shift and in a chair without a bed`()
        throws
    {
        let instance = try Clinic.instance(
            nurses: [],
            visits: [Clinic.visit("a", needs: ["bed"], .started(start: 900, chair: "c1"))])
        let plan = ChairPlan(bookings: [Booking(chair: 0, start: 900)])
        let summary = ClinicSimulation(
            instance, rates: nothingHappens, repetitions: 1, seed: 3
        ).run(plan)
        #expect(summary.meanServed == 1)
        #expect(summary.meanOvertime == 0)
    }

    @Test
    func `a reaction stops the infusion and makes the visit longer`() {
        let visit = Clinic.visit("a")
        let always = SimulationRates.Rate(name: "always", share: 1, source: "test")
        let never = SimulationRates.Rate(name: "never", share: 0, source: "test")
        let rates = SimulationRates(
            noShow: never, sameDayCancel: never, late: never, overRun: never, mildReaction: always,
            moderateReaction: never)
        var random = PlanningRandom(seed: 2)
        for _ in 0..<50 {
            let fate = VisitFate(visit, rates, &random)
            #expect(fate.phases.count == visit.phases.count + 2)
            let minutes = fate.phases.reduce(0) { $0 + $1.minutes }
            #expect(minutes >= visit.chairMinutes + SimulationRates.watchMinutes)
        }
    }
}
