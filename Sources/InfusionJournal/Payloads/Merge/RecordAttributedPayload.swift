import Infusion

/// `record-attributed` v1.
enum RecordAttributedPayload: EventPayload {
    static func write(
        _ fact: RecordAttribution, to json: inout JSONWriter, _ seals: SealedFields
    ) throws(PayloadError) {
        try json.write("patient", fact.patient)
        try json.write("event", fact.event)
        try json.write("owner", fact.owner)
    }

    static func read(
        _ object: inout JSONObject, _ seals: SealedFields
    ) throws(PayloadError) -> RecordAttribution {
        RecordAttribution(
            patient: try object.read("patient"), event: try object.read("event"),
            owner: try object.read("owner"))
    }
}
