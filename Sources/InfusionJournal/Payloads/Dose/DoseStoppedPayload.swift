import Infusion

/// `dose-stopped` v1: what was given up to then, and why no more.
enum DoseStoppedPayload: EventPayload {
    static func write(
        _ fact: (dose: DoseGiven, reason: StopReason), to json: inout JSONWriter,
        _ seals: SealedFields
    ) throws(PayloadError) {
        try DoseCompletedPayload.write(fact.dose, to: &json, seals)
        try json.write("reason", fact.reason)
    }

    static func read(
        _ object: inout JSONObject, _ seals: SealedFields
    ) throws(PayloadError) -> (dose: DoseGiven, reason: StopReason) {
        (dose: try DoseCompletedPayload.read(&object, seals), reason: try object.read("reason"))
    }
}
