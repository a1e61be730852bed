import Infusion

/// `clinical-context-set` v1.
enum ClinicalContextSetPayload: EventPayload {
    static func write(
        _ fact: Set<ClinicalContext>, to json: inout JSONWriter, _ seals: SealedFields
    ) throws(PayloadError) {
        json.writeSet("contexts", fact)
    }

    static func read(
        _ object: inout JSONObject, _ seals: SealedFields
    ) throws(PayloadError) -> Set<ClinicalContext> {
        try object.readSet("contexts")
    }
}
