import Infusion

/// `lab-retracted` v1.
enum LabRetractedPayload: EventPayload {
    static func write(
        _ fact: LabRetracted, to json: inout JSONWriter, _ seals: SealedFields
    ) throws(PayloadError) {
        try json.write("result", fact.result)
        try json.write("reason", fact.reason)
    }

    static func read(
        _ object: inout JSONObject, _ seals: SealedFields
    ) throws(PayloadError) -> LabRetracted {
        LabRetracted(
            result: try object.read("result"),
            reason: try object.read("reason"))
    }
}
