import EventStore
import Infusion
import InfusionProjections
import InfusionWire

/// What other rules would change, as it is found: JSON lines at once, tables at the end.
struct WhatIfAnswer {
    private struct Cause: Hashable {
        let kind: RuleDifference.Kind
        let rule: String
    }

    private let isJSON: Bool
    private(set) var events = 0
    private var patients = 0
    private var asked = 0
    private var differing = 0
    private var differences = 0
    private var causes: [Cause: Int] = [:]
    private var unreadable: [WhatIfRun.Unreadable] = []
    private var shown = Table(
        "patient", "what", "of", "date", "position", "as it was", "instead", "by")

    init(isJSON: Bool) { self.isJSON = isJSON }

    mutating func add(_ page: WhatIfRun.Page) {
        events += page.events
        patients += page.patients
        asked += page.asked
        unreadable += page.unreadable
        for found in page.found {
            differing += 1
            for difference in found.differences { add(difference, found) }
        }
    }

    private mutating func add(_ difference: RuleDifference, _ found: WhatIfRun.Found) {
        differences += 1
        for rule in difference.rules {
            causes[Cause(kind: difference.kind, rule: rule), default: 0] += 1
        }
        let position = difference.version.flatMap { found.positions[$0] }
        if isJSON {
            Console.out([
                "patient": .id(found.patient), "kind": .name(difference.kind),
                "subject": .string(difference.subject), "date": .date(difference.date),
                "position": .optional(position) { .integer($0.value) },
                "before": .string(difference.before), "after": .string(difference.after),
                "rules": .list(difference.rules) { .string($0) },
            ])
        } else if differences <= CommandLineLimits.shownDifferences {
            shown.add(
                found.patient.description, difference.kind.rawValue, difference.subject,
                difference.date.description, position?.description ?? "–", difference.before,
                difference.after, difference.rules.joined(separator: ", "))
        }
    }

    func finish() {
        let causes = causes.sorted {
            ($0.key.kind.rawValue, -$0.value, $0.key.rule) < (
                $1.key.kind.rawValue, -$1.value, $1.key.rule
            )
        }
        guard !isJSON else {
            return Console.out([
                "patients": .integer(patients), "events": .integer(events),
                "asked": .integer(asked), "patientsThatDiffer": .integer(differing),
                "differences": .integer(differences),
                "by": .list(causes) {
                    [
                        "kind": .name($0.key.kind), "rule": .string($0.key.rule),
                        "count": .integer($0.value),
                    ]
                },
                "unreadable": .list(unreadable) {
                    [
                        "patient": .id($0.patient), "position": .integer($0.position.value),
                        "message": .string($0.message),
                    ]
                },
            ])
        }
        if differences > 0 {
            Console.out(shown.render())
            if differences > CommandLineLimits.shownDifferences {
                Console.out(
                    "and \(differences - CommandLineLimits.shownDifferences) more; --json has all")
            }
            var table = Table("what", "by", "differ")
            for (cause, count) in causes { table.add(cause.kind.rawValue, cause.rule, "\(count)") }
            Console.out("")
            Console.out(table.render())
            Console.out("")
        }
        for unread in unreadable {
            Console.out(
                "\(unread.patient) is judged up to position \(unread.position), which cannot be read: "
                    + unread.message)
        }
        Console.out(
            """
            \(differences.counted("difference")) of \(differing.counted("patient")): \
            \(asked.counted("answer")) asked again, \(events.counted("event")) of \
            \(patients.counted("patient")) read; nothing was written
            """)
    }
}
