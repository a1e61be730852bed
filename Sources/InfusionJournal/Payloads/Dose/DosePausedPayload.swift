import Infusion

/// `dose-paused` v1.
enum DosePausedPayload: EventPayload {
    static func write(
        _ fact: (dose: DoseID, reason: StopReason), to json: inout JSONWriter,
        _ seals: SealedFields
    ) throws(PayloadError) {
        try json.write("dose", fact.dose)
        try json.write("reason", fact.reason)
    }

    static func read(
        _ object: inout JSONObject, _ seals: SealedFields
    ) throws(PayloadError) -> (dose: DoseID, reason: StopReason) {
        (dose: try object.read("dose"), reason: try object.read("reason"))
    }
}
