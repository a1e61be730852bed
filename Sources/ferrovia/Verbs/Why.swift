import ArgumentParser
import EventStore
import Foundation
import Infusion
import InfusionApplication
import InfusionJournal
import InfusionProjections

struct Why: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Why a row is on the recheck queue: rule, values, thresholds, events.")
    @OptionGroup var options: TenantOptions
    @OptionGroup var known: KnownOptions
    @Argument(help: "The row's id, as the queue shows it: <patient>.<R3-17>.") var recheck: String
    @Flag(help: "Answer in JSON.") var json = false

    func run() async throws {
        try await Failing.run {
            guard let (patient, id) = parsed() else {
                throw ValidationError(
                    "'\(recheck)' is no recheck id; the queue shows them as <patient>.<R3-17>")
            }
            let backend = try await options.open()
            let answer = try await backend.useCases().why(
                id, of: patient,
                asOf: AsOf(
                    effectiveAt: nil, knownAt: .position(try await known.position(in: backend))),
                actor: backend.actor)
            if json { Console.out(bytes: rendered(answer)) } else { show(answer) }
        }
    }

    private func parsed() -> (PatientID, RecheckID)? {
        let parts = recheck.split(separator: ".", maxSplits: 1)
        guard parts.count == 2, let patient = PatientID(String(parts[0])) else { return nil }
        let name = parts[1].split(separator: "-", maxSplits: 1)
        guard name.count == 2, let rule = RecheckRule(rawValue: String(name[0])),
            let anchor = Int64(name[1])
        else { return nil }
        return (patient, RecheckID(rule: rule, anchor: EventVersion(anchor)))
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
        var table = Table("what", "value", "", "threshold", "holds", "source", "event")
        for predicate in answer.opened.predicates {
            table.add(
                predicate.name,
                [predicate.value, predicate.unit].compactMap(\.self).joined(separator: " "),
                predicate.comparison, predicate.threshold,
                predicate.holds.map { $0 ? "yes" : "no" } ?? "unknown", predicate.source,
                predicate.evidence.map { "v\($0)" }.joined(separator: " "))
        }
        Console.out(table.render())
        Console.out("\nIt rests on:")
        var events = Table("position", "version", "happened", "recorded", "event")
        for entry in answer.evidence + [answer.openedBy] {
            events.add(
                entry.recorded.position.description, "v\(entry.recorded.version)",
                entry.event.effectiveAt.text, entry.recorded.recordedAt.text,
                entry.recorded.data.type)
        }
        Console.out(events.render())
        Console.out("\nAs known at position \(answer.position).")
    }

    private func rendered(_ answer: RecheckExplanation) -> [UInt8] {
        JSONAnswer.object { writer in
            func text(_ name: String, _ value: String?) {
                writer.key(name)
                if let value { writer.string(value) } else { writer.null() }
            }
            text("recheck", "\(answer.row.patient).\(answer.row.recheck)")
            text("reason", answer.row.reason)
            text("rule", answer.row.recheck.rule.rawValue)
            text("due", "\(answer.row.due)")
            writer.key("predicates")
            writer.beginArray()
            for predicate in answer.opened.predicates {
                writer.beginObject()
                text("name", predicate.name)
                text("value", predicate.value)
                text("unit", predicate.unit)
                text("comparison", predicate.comparison)
                text("threshold", predicate.threshold)
                writer.key("holds")
                if let holds = predicate.holds { writer.bool(holds) } else { writer.null() }
                text("source", predicate.source)
                writer.endObject()
            }
            writer.endArray()
            writer.key("evidence")
            writer.beginArray()
            for entry in answer.evidence {
                writer.beginObject()
                writer.key("position")
                writer.integer(entry.recorded.position.value)
                text("type", entry.recorded.data.type)
                text("effectiveAt", entry.event.effectiveAt.text)
                writer.endObject()
            }
            writer.endArray()
            writer.key("position")
            writer.integer(answer.position.value)
        }
    }
}
