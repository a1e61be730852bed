import EventStore
import Infusion
public import InfusionApplication
import InfusionJournal

extension RecheckExplanation {
    /// `GET /v1/queues/recheck/{id}/why`.
    ///
    /// - Parameter event: An event behind the row. What it says may be shown only to who may read it,
    ///   so it is the asker's to write.
    public func json(_ event: (TimelineEntry) -> JSON) -> JSON {
        [
            "row": row.json(on: nil), "predicates": .list(opened.predicates, \.json),
            "openedBy": event(openedBy), "evidence": .list(evidence, event),
            "superseded": .list(superseded) { ["before": $0.before.json, "now": $0.now.json] },
            "wouldChange": .optional(wouldChange, \.json),
            "pathwaysVersion": .optional(ruleSet.pathways) { .string($0) },
            "position": .integer(position.value),
        ]
    }
}
