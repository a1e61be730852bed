import ArgumentParser
import EventStore
import Infusion
import InfusionApplication
import InfusionJournal
import InfusionProjections
import InfusionWire

struct Why: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Why a row is on the recheck queue: rule, values, thresholds, events.")
    @OptionGroup var options: TenantOptions
    @OptionGroup var known: KnownOptions
    @OptionGroup var moment: MomentOptions
    @Argument(
        help: "The row's id, as the queue shows it: <patient>.<R3-17>.", transform: Arguments.row)
    var row: RecheckReference
    @Flag(help: "Answer in JSON, as GET /v1/queues/recheck/{id}/why does.") var json = false

    func run() async throws {
        try await Failing.run {
            let backend = try await options.open()
            let answer = try await backend.useCases().why(
                row.recheck, of: row.patient,
                asOf: try await moment.asOf(known, in: backend), actor: backend.actor)
            if json { Console.out(answer.json(\.json)) } else { show(answer) }
        }
    }

    private func show(_ answer: RecheckExplanation) {
        let row = answer.row
        Console.out(
            "\(row.recheck)  \(row.reason)  (rule \(row.recheck.rule.rawValue) v\(row.ruleVersion))"
        )
        Console.out(
            "due \(row.due), not before \(row.earliest), overdue after \(row.overdueAfter); \(row.urgency.rawValue)"
        )
        Console.out("tests: \(row.tests.map(\.rawValue).joined(separator: ", "))")
        if let closed = row.closed {
            Console.out("closed at position \(closed): \(row.closedReason ?? "")")
        }
        Console.out("\nBecause:")
        Console.out(Table(of: answer.opened.predicates).render())
        show(answer.superseded)
        if let change = answer.wouldChange {
            Console.out("\nWhat would close it: \(change.sentence)")
        }
        Console.out("\nIt rests on:")
        var events = Table("position", "version", "happened", "recorded", "event")
        for entry in answer.evidence + [answer.openedBy] {
            events.add(
                entry.recorded.position.description, "v\(entry.recorded.version)",
                entry.event.effectiveAt.text, entry.recorded.recordedAt.text,
                entry.recorded.data.type)
        }
        Console.out(events.render())
        Console.out("\nOpened by \(answer.ruleSet.words).")
        Console.out("As known at position \(answer.position).")
    }

    /// What the row no longer rests on: the first thing to know before acting on it.
    private func show(_ superseded: [Supersession]) {
        guard !superseded.isEmpty else { return }
        Console.out("\nChanged since; the row stays until a person closes it:")
        var table = Table("what", "was", "is now", "", "threshold", "holds", "why", "event")
        for change in superseded {
            table.add(
                change.before.name, quantity(change.before), quantity(change.now),
                change.now.comparison, change.now.threshold,
                change.now.holds.map { $0 ? "yes" : "no" } ?? "unknown", change.now.source,
                change.now.evidence.map { "v\($0)" }.joined(separator: " "))
        }
        Console.out(table.render())
    }

    private func quantity(_ predicate: Predicate) -> String {
        guard let value = predicate.value else { return "nothing" }
        return [value, predicate.unit].compactMap(\.self).joined(separator: " ")
    }
}
