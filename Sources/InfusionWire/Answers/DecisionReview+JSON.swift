import EventStore
public import Infusion
public import InfusionApplication

extension ReviewsAnswer {
    /// `GET /v1/patients/{id}/reviews`.
    public var json: JSON {
        ["reviews": .list(reviews, \.json), "position": .integer(position.value)]
    }
}

extension DecisionReview {
    /// One decision that waits for a person, and what has changed under it.
    public var json: JSON {
        [
            "decision": .integer(version.value), "kind": .string(decision.kind),
            "id": .uuid(decision.uuid), "at": .instant(at),
            "changedResults": .list(changedResults, \.json),
            "wouldDiffer": .optional(wouldDiffer) { .bool($0) },
            "differences": .list(differences) { ["before": $0.before.json, "now": $0.now.json] },
            "needBefore": .optional(needBefore) { .quantity($0) },
            "needNow": .optional(needNow) { .quantity($0) },
            "refusalNow": .optional(refusalNow) { .string($0) },
            "changes": .list(changes) { .integer($0.value) },
            "reviewed": .optional(reviewed) { $0.json { .name($0.outcome) } },
        ]
    }
}

extension ChangedResult {
    fileprivate var json: JSON {
        [
            "lab": .id(lab), "analyte": .name(analyte), "before": before.json,
            "now": .optional(now, \.json), "retraction": .optional(retraction) { .name($0) },
            "changes": .list(changes) { .integer($0.value) },
        ]
    }
}
