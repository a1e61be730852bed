import Infusion

/// `recheck-opened` v1.
enum RecheckOpenedPayload: EventPayload {
    static func write(
        _ fact: RecheckOpened, to json: inout JSONWriter, _ seals: SealedFields
    ) throws(PayloadError) {
        try json.write("recheck", fact.id)
        try json.write("ruleVersion", fact.ruleVersion)
        json.writeSet("tests", fact.tests)
        try json.write("earliest", fact.earliest)
        try json.write("due", fact.due)
        try json.write("overdueAfter", fact.overdueAfter)
        try json.write("urgency", fact.urgency)
        try json.write("reason", fact.reason)
        try json.writeArray("predicates", fact.predicates)
        try json.writeArray("evidence", fact.evidence)
    }

    static func read(
        _ object: inout JSONObject, _ seals: SealedFields
    ) throws(PayloadError) -> RecheckOpened {
        RecheckOpened(
            id: try object.read("recheck"),
            ruleVersion: try object.read("ruleVersion"),
            tests: try object.readSet("tests"),
            earliest: try object.read("earliest"),
            due: try object.read("due"),
            overdueAfter: try object.read("overdueAfter"),
            urgency: try object.read("urgency"),
            reason: try object.read("reason"),
            predicates: try object.readArray("predicates"),
            evidence: try object.readArray("evidence"))
    }
}
