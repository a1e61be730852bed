import Infusion

/// `dose-resumed` v1.
enum DoseResumedPayload: EventPayload {
    static func write(
        _ fact: DoseResumed, to json: inout JSONWriter, _ seals: SealedFields
    ) throws(PayloadError) {
        try json.write("dose", fact.id)
        try json.write("ratePercent", fact.ratePercent)
        try json.write("resolved", fact.isResolved)
        try json.write("role", fact.role)
    }

    static func read(
        _ object: inout JSONObject, _ seals: SealedFields
    ) throws(PayloadError) -> DoseResumed {
        DoseResumed(
            id: try object.read("dose"), ratePercent: try object.read("ratePercent"),
            isResolved: try object.read("resolved"), role: try object.read("role"))
    }
}
