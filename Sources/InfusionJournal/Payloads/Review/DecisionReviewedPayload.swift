import Infusion

/// `decision-reviewed` v1.
enum DecisionReviewedPayload: EventPayload {
    static func write(
        _ fact: DecisionReviewed, to json: inout JSONWriter, _ seals: SealedFields
    ) throws(PayloadError) {
        try json.write("decision", fact.decision)
        try json.write("outcome", fact.outcome)
    }

    static func read(
        _ object: inout JSONObject, _ seals: SealedFields
    ) throws(PayloadError) -> DecisionReviewed {
        DecisionReviewed(
            decision: try object.read("decision"),
            outcome: try object.read("outcome"))
    }
}
