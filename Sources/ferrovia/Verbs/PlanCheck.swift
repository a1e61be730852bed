import ArgumentParser
import ChairPlanning
import InfusionWire

struct PlanCheck: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Judges a plan, whoever made it: every rule it breaks, and what it costs.",
        discussion: """
            The plan is JSON with the member bookings, as `ferrovia plan --json` writes it; other members \
            are not looked at. Ends with 1 if a rule is broken.
            """)
    @Argument(help: "The instance.") var file: String
    @Argument(help: "The plan.") var plan: String
    @Flag(help: "Answer in JSON.") var json = false

    func run() async throws {
        try await Failing.run {
            let instance = try PlanFile.read(file)
            let plan = try BookingsFile.read(plan, of: instance)
            let checker = PlanChecker(instance)
            let violations = checker.violations(of: plan)
            let objective = checker.objective(of: plan)
            if json {
                Console.out([
                    "violations": .list(violations, \.json),
                    "objective": objective.json(ObjectiveScale(instance)),
                ])
            } else {
                for violation in violations {
                    Console.out(violation.text(in: plan, of: instance))
                }
                Console.out(
                    """
                    \(Self.verdict(violations.count)): weight without a booking \
                    \(objective.unservedWeight), overtime \(objective.overtimeMinutes) min, waiting \
                    \(objective.waitingMinutes) min, at most \(objective.peakNurses) nurses' hands at once
                    """)
            }
            if !violations.isEmpty { throw Exit.found }
        }
    }

    private static func verdict(_ broken: Int) -> String {
        switch broken {
        case 0: "No rule is broken"
        case 1: "A rule is broken once"
        case let count: "Rules are broken \(count) times"
        }
    }
}
