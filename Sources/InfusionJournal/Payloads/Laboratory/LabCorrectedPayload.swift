import Infusion

/// `lab-corrected` v1.
enum LabCorrectedPayload: EventPayload {
    static func write(
        _ fact: LabCorrected, to json: inout JSONWriter, _ seals: SealedFields
    ) throws(PayloadError) {
        try json.write("result", fact.result)
        try json.write("value", fact.value)
        try json.write("status", fact.status)
        try json.write("collectedAt", fact.collectedAt)
    }

    static func read(
        _ object: inout JSONObject, _ seals: SealedFields
    ) throws(PayloadError) -> LabCorrected {
        LabCorrected(
            result: try object.read("result"),
            value: try object.read("value"),
            status: try object.read("status"),
            collectedAt: try object.read("collectedAt"))
    }
}
