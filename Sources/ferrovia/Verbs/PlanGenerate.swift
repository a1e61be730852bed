import ArgumentParser
import ChairPlanning

struct PlanGenerate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "generate",
        abstract:
            "Writes an instance of a centre that does not exist; the same seed, the same instance."
    )
    @Option(help: "Visits that are asked for.") var visits = 60
    @Option(help: "Chairs, beds and rooms.") var chairs = 12
    @Option(help: "Chair time asked for, per cent of what there is in regular hours.") var load = 90
    @Option(help: "What is drawn.") var seed: UInt64 = 1

    func run() async throws {
        try await Failing.run {
            do {
                let generator = try InstanceGenerator(
                    visits: visits, chairs: chairs, loadPercent: load, seed: seed)
                Console.out(try generator.instance().json)
            } catch let problems as PlanProblems {
                throw Failure(problems)
            }
        }
    }
}
