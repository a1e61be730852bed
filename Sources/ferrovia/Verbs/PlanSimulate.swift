import ArgumentParser
import ChairPlanning
import Foundation
import InfusionWire

struct PlanSimulate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate",
        abstract:
            "Plays three plans of an instance through many days that go otherwise than planned.",
        discussion: """
            First come first served, levelled, and optimised; all meet the same patients: no-shows, \
            lateness, infusions that run over, reactions. --rates shows how often, and from where.
            """)
    @Argument(help: "The instance.") var file: String
    @Option(help: "How often it is played.", transform: PlanArguments.repetitions)
    var repetitions = 200
    @Option(help: "Of the search and of the days.") var seed: UInt64 = 1
    @Option(help: "How long to look for the optimised plan.", transform: PlanArguments.seconds)
    var seconds = 1.0
    @Flag(help: "Shows the rates and their sources.") var rates = false
    @Flag(help: "Answer in JSON, one line a schedule.") var json = false

    func run() async throws {
        try await Failing.run {
            let instance = try PlanFile.read(file)
            let simulation = ClinicSimulation(instance, repetitions: repetitions, seed: seed)
            var rows: [(name: String, summary: SimulationSummary)] = []
            for baseline in PlanBaseline.allCases {
                rows.append((baseline.rawValue, simulation.run(baseline.plan(instance))))
            }
            rows.append(("optimised", simulation.run(await optimised(instance))))
            if json {
                for row in rows { Console.out(row.summary.json(row.name)) }
            } else {
                show(rows)
            }
        }
    }

    private func optimised(_ instance: PlanInstance) async -> ChairPlan {
        let clock = PlanClock()
        let limit = seconds
        let solver = PlanSolver(
            instance, seed: seed, searches: ProcessInfo.processInfo.activeProcessorCount)
        return await solver.solve(used: { _ in clock.seconds / limit }).plan
    }

    private func show(_ rows: [(name: String, summary: SimulationSummary)]) {
        var table = Table(
            "schedule", "served", "not booked", "turned away", "wait, min", "90 %",
            "overtime, patient-min", "chairs in use")
        for (name, summary) in rows {
            table.add(
                name, Self.tenths(summary.meanServed), "\(summary.notBooked)",
                Self.tenths(summary.meanTurnedAway), Self.tenths(summary.meanWait),
                "\(summary.wait90)", Self.tenths(summary.meanOvertime),
                "\(Self.tenths(summary.utilization * 100)) %")
        }
        Console.out(table.render())
        Console.out(
            "Means of \(repetitions.counted("day")); waiting counts from arrival or the appointed time."
        )
        guard rates else { return }
        var sources = Table("what", "share", "source")
        for rate in SimulationRates.standard.all {
            sources.add(rate.name, "\(Self.tenths(rate.share * 100)) %", rate.source)
        }
        Console.out("\n" + sources.render())
    }

    private static func tenths(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        return "\(tenths / 10).\(tenths % 10)"
    }
}

extension SimulationSummary {
    fileprivate func json(_ name: String) -> JSON {
        [
            "schedule": .string(name), "served": .thousandths(meanServed),
            "notBooked": .integer(notBooked), "turnedAway": .thousandths(meanTurnedAway),
            "waitMinutes": .thousandths(meanWait), "wait90Minutes": .integer(wait90),
            "overtimeMinutes": .thousandths(meanOvertime), "utilization": .thousandths(utilization),
        ]
    }
}
