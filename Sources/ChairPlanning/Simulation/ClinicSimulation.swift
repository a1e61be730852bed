/// Plays a plan through many clinic days. The same seed gives the same patients whatever the plan.
public struct ClinicSimulation: Sendable {
    /// Simulated repetitions of an instance.
    public static let repetitions = 1...10_000

    private let instance: PlanInstance
    private let rates: SimulationRates
    private let repetitions: Int
    private let seed: UInt64

    public init(
        _ instance: PlanInstance, rates: SimulationRates = .standard, repetitions: Int, seed: UInt64
    ) {
        self.instance = instance
        self.rates = rates
        self.repetitions = min(max(repetitions, 1), Self.repetitions.upperBound)
        self.seed = seed
    }

    /// What the plan comes to, over all repetitions.
    public func run(_ plan: ChairPlan) -> SimulationSummary {
        let nurses = instance.days.map { day in
            day.open.map { minute in
                instance.nurses.count { $0.shifts.contains { $0.contains(minute) } }
            }
        }
        var outcomes: [DayOutcome] = []
        for repetition in 0..<repetitions {
            var fates: [VisitFate] = []
            for (index, visit) in instance.visits.enumerated() {
                var random = PlanningRandom(
                    seed: seed ^ (UInt64(repetition) << 32 | UInt64(index)) &* 0xD134_2543_DE82_EF95
                )
                fates.append(VisitFate(visit, rates, &random))
            }
            for (place, day) in instance.days.enumerated() {
                var simulated = SimulatedDay(
                    instance, plan, day: day, nurses: nurses[place], fates: fates)
                simulated.run()
                outcomes.append(simulated.outcome)
            }
        }
        let unbooked = zip(instance.visits, plan.bookings).count { $0.1 == nil }
        return SimulationSummary(outcomes, repetitions: repetitions, notBooked: unbooked)
    }
}

/// What a plan came to over many simulated days.
public struct SimulationSummary: Hashable, Sendable {
    /// Minutes from arrival or the appointed start, whichever is later, to sitting down.
    public let meanWait: Double
    public let wait90: Int
    /// Patients' minutes in chairs after regular hours, each time the plan was played.
    public let meanOvertime: Double
    /// Of the chairs' regular minutes, with a patient; 0 to 1.
    public let utilization: Double
    /// Patients who came and could not be served any more, each time the plan was played.
    public let meanTurnedAway: Double
    /// Requests that got no booking at all.
    public let notBooked: Int
    public let meanServed: Double

    init(_ outcomes: [DayOutcome], repetitions: Int, notBooked: Int) {
        let waits = outcomes.flatMap(\.waits).sorted()
        let times = Double(repetitions)
        meanWait = waits.isEmpty ? 0 : Double(waits.reduce(0, +)) / Double(waits.count)
        wait90 = waits.isEmpty ? 0 : waits[(waits.count * 9 - 1) / 10]
        meanOvertime = Double(outcomes.reduce(0) { $0 + $1.overtimeMinutes }) / times
        let chairs = outcomes.reduce(0) { $0 + $1.chairMinutes }
        utilization =
            chairs == 0
            ? 0 : Double(outcomes.reduce(0) { $0 + $1.chairMinutesUsed }) / Double(chairs)
        meanTurnedAway = Double(outcomes.reduce(0) { $0 + $1.turnedAway }) / times
        meanServed = Double(waits.count) / times
        self.notBooked = notBooked
    }
}
