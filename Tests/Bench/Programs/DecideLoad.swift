import ArgumentParser
import Infusion

/// How long the rules themselves take for a patient who is already loaded.
struct DecideLoad: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "decide", abstract: "Decisions about one patient with a long history.")

    enum Question: String, ExpressibleByArgument, CaseIterable {
        /// An order: the need, the dosing row, the plan of its doses, and what that means for rechecks.
        case order
        /// The start of a dose: every gate, every limit over all that was given.
        case start
    }

    @Option(help: "What is decided.") var question: Question
    @Option(help: "How many events the patient has, at least.") var events = 500
    @Option(help: "How long; seconds.") var seconds = 3.0

    func run() async throws {
        var history = try LongHistory(events: events)
        let order = history.order()
        if question == .start { try history.does(order) }
        let command = question == .start ? history.start() : order
        let (decider, state, context) = (PatientDecider(), history.state, try history.context)
        try await ClosedLoop.run(clients: 1, seconds: seconds) { _, _ in
            try !decider.decide(command, given: state, in: context).isEmpty
        }.print()
    }
}
