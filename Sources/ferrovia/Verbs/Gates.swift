import ArgumentParser
import EventStore
import Infusion
import InfusionApplication
import InfusionJournal
import InfusionWire

struct Gates: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Whether a dose of an order may go ahead, why not, and what would change that.")
    @OptionGroup var options: TenantOptions
    @OptionGroup var known: KnownOptions
    @Option(
        help: "What was true at this instant (RFC 3339); default: now.",
        transform: Arguments.instant)
    var effectiveAt: Timestamp?
    @Option(
        help: "When the dose would begin (RFC 3339); default: the moment asked about.",
        transform: Arguments.instant)
    var at: Timestamp?
    @Option(
        help: "Milligrams; default: the next dose of the prescription.",
        transform: Arguments.milligrams)
    var dose: Milligrams?
    @Argument(help: "The order's id.", transform: Arguments.order) var order: OrderID
    @Flag(help: "Answer in JSON, as GET /v1/orders/{id}/gates does.") var json = false

    func run() async throws {
        try await Failing.run {
            let backend = try await options.open()
            let asOf = AsOf(
                effectiveAt: effectiveAt.map { Instant($0) },
                knownAt: .position(try await known.position(in: backend)))
            let answer = try await backend.useCases().gates(
                GateQuestionAsked(
                    order: order, dose: dose, at: at.map { Instant($0) }, asOf: asOf),
                actor: backend.actor)
            if json { Console.out(answer.json) } else { show(answer) }
        }
    }

    private func show(_ answer: GateAnswer) {
        let review = answer.review
        Console.out(
            "\(review.dose) on \(review.date): \(review.isOpen ? "every gate is open" : "shut")")
        let shut = review.findings.filter(\.isShut)
        for finding in shut {
            Console.out(
                "\n\(finding.gate.rawValue)  \(finding.verdict.rawValue), \(finding.severity.rawValue)"
                    + "  (v\(finding.ruleVersion))"
                    + (finding.nextStep.map { "  next: \($0)" } ?? "")
                    + (finding.passesFrom.map { "  passes from \($0)" } ?? ""))
            Console.out(Table(of: finding.predicates).render())
            if let change = answer.wouldChange[finding.gate] {
                Console.out("What would change it: \(change.sentence)")
            }
        }
        var open = Table("open", "what would shut it")
        for finding in review.findings where !finding.isShut {
            open.add(
                finding.gate.rawValue,
                answer.wouldChange[finding.gate]?.fact?.sentence ?? "Nothing that was tried.")
        }
        Console.out("\n" + open.render())
        if let making = review.making {
            let dose = (name: "\(review.dose)", making: making)
            Console.out("\nTo prepare, if it may be given:\n" + DosesToMake([dose]).render())
        }
        let ruleSet = RuleSetName(
            formulary: review.formularyVersion, pathways: review.pathwaysVersion)
        Console.out("As known at position \(answer.position), by \(ruleSet.words).")
    }
}
