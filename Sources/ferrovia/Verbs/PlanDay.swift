import ArgumentParser
import ChairPlanning
import Foundation
import InfusionWire
import Synchronization

struct PlanDay: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "day",
        abstract: "Gives each visit a chair and a start: the most urgent served first.",
        discussion: """
            Then the least overtime, then the least waiting, then the lowest peak of nurses' hands. The \
            first plan is there at once; better ones until the time is used, or until it is proved that \
            there is none. Ends with 1 if a promise cannot be kept, or if a visit under way cannot go on \
            as it is.
            """)
    @Argument(help: "The instance, as docs/planning.md describes it.") var file: String
    @Option(help: "How long to look for a better plan.", transform: PlanArguments.seconds)
    var seconds = 1.0
    @Option(help: "The same seed looks in the same way.") var seed: UInt64 = 1
    @Option(
        help: "Searches side by side; default: one for each processor.",
        transform: PlanArguments.searches)
    var searches: Int?
    @Option(
        help: "Counts steps instead of time: the same plan on every machine.",
        transform: PlanArguments.steps)
    var steps: Int?
    @Option(help: "Without searching: fcfs or levelled.", transform: Arguments.name)
    var baseline: PlanBaseline?
    @Flag(help: "Answer in JSON.") var json = false

    func run() async throws {
        try await Failing.run {
            let instance = try PlanFile.read(file)
            let made = await make(instance)
            if json { Console.out(made.json) } else { show(made) }
            let report = PlanReport(made.plan, of: instance)
            if !report.brokenPromises.isEmpty || !report.conflicts.isEmpty { throw Exit.found }
        }
    }

    private func make(_ instance: PlanInstance) async -> MadePlan {
        let clock = PlanClock()
        if let baseline { return MadePlan(instance, baseline, seconds: clock.seconds) }
        let improvements = Improvements()
        let solver = PlanSolver(
            instance, seed: seed,
            searches: searches ?? ProcessInfo.processInfo.activeProcessorCount)
        let answer = await solver.solve(used: used(clock)) { improvement in
            improvements.add(clock.seconds, improvement.objective)
        }
        return MadePlan(
            instance, answer, seconds: clock.seconds, improvements: improvements.all)
    }

    private func used(_ clock: PlanClock) -> PlanSolver.UsedShare {
        if let steps { return { Double($0) / Double(steps) } }
        // What is left is for the answer itself.
        let limit = seconds * 0.97
        return { _ in clock.seconds / limit }
    }

    private func show(_ made: MadePlan) {
        let drawing = DayDrawing(made.instance, made.plan)
        for day in made.instance.days {
            if made.instance.days.count > 1 { Console.out("\n\(DayHours.text(day.opens))") }
            for line in drawing.lines(of: day) { Console.out(line) }
        }
        Console.out(DayDrawing.legend)
        if baseline == .levelled { showTemplates(made) }
        Console.out("\n" + made.summary)
        for line in PlanReport(made.plan, of: made.instance).lines { Console.out(line) }
    }

    private func showTemplates(_ made: MadePlan) {
        for day in made.instance.days {
            var table = Table("starts from", "to 90 min", "to 180 min", "longer")
            for row in StartTemplate(made.plan, of: made.instance, day: day).rows {
                table.add(
                    DayHours.text(row.hour), "\(row.short)", "\(row.medium)", "\(row.long)")
            }
            Console.out("\n" + table.render())
        }
    }
}

/// Improvements of all searches as they come in; one that is no better than another search's is left out.
private final class Improvements: Sendable {
    private let found = Mutex<[(seconds: Double, objective: PlanObjective)]>([])

    var all: [(seconds: Double, objective: PlanObjective)] { found.withLock { $0 } }

    func add(_ seconds: Double, _ objective: PlanObjective) {
        found.withLock { found in
            if let last = found.last, last.objective <= objective { return }
            found.append((seconds, objective))
        }
    }
}

/// Seconds since it was made.
struct PlanClock: Sendable {
    private let begin = ContinuousClock.now

    var seconds: Double {
        let (seconds, attoseconds) = (ContinuousClock.now - begin).components
        return Double(seconds) + Double(attoseconds) * 1e-18
    }
}

extension PlanReport {
    /// A line for each visit that is not as it was asked for or promised.
    var lines: [String] {
        conflicts.map { "under way, \($0.reason.text): \($0.visit)" }
            + brokenPromises.map { "promise not kept, \($0.reason.text): \($0.visit)" }
            + movedPromises.map {
                "moved from \(DayHours.text($0.promised)) to \(DayHours.text($0.start)): \($0.visit)"
            } + unserved.map { "not booked, \($0.reason.text): \($0.visit)" }
    }
}

extension UnservedVisit.Reason {
    fileprivate var text: String {
        switch self {
        case .equipment: "no chair has what it needs"
        case .hours: "no start in its window fits the hours"
        case .past: "its time is past"
        case .capacity: "no room beside the others"
        }
    }
}

extension StartedConflict.Reason {
    fileprivate var text: String {
        switch self {
        case .chairUnavailable: "its chair cannot be used"
        case .chairHeldTwice: "its chair is held twice"
        case .tooFewNurses: "too few nurses for those in chairs"
        case .tooFewHands: "more hands are needed than nurses are on shift"
        case .noCover: "nobody who can treat anaphylaxis is there all that time"
        }
    }
}
