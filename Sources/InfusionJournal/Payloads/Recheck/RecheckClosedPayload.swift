import Infusion

/// `recheck-closed` v1.
enum RecheckClosedPayload: EventPayload {
    static func write(
        _ fact: RecheckClosed, to json: inout JSONWriter, _ seals: SealedFields
    ) throws(PayloadError) {
        try json.write("recheck", fact.id)
        try json.write("reason", fact.reason)
        try json.writeArray("evidence", fact.evidence)
    }

    static func read(
        _ object: inout JSONObject, _ seals: SealedFields
    ) throws(PayloadError) -> RecheckClosed {
        RecheckClosed(
            id: try object.read("recheck"),
            reason: try object.read("reason"),
            evidence: try object.readArray("evidence"))
    }
}
