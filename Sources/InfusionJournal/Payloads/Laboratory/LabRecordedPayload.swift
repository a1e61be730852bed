import Infusion

/// `lab-recorded` v1.
enum LabRecordedPayload: EventPayload {
    static func write(
        _ fact: LabResult, to json: inout JSONWriter, _ seals: SealedFields
    ) throws(PayloadError) {
        try json.write("result", fact.id)
        try json.write("analyte", fact.analyte)
        try json.write("value", fact.value)
        try json.write("collectedAt", fact.collectedAt)
        try json.write("status", fact.status)
        try json.writeOptional("referenceLow", fact.referenceLow)
        try json.writeOptional("source", fact.source)
    }

    static func read(
        _ object: inout JSONObject, _ seals: SealedFields
    ) throws(PayloadError) -> LabResult {
        LabResult(
            id: try object.read("result"),
            analyte: try object.read("analyte"),
            value: try object.read("value"),
            collectedAt: try object.read("collectedAt"),
            status: try object.read("status"),
            referenceLow: try object.readOptional("referenceLow"),
            source: try object.readOptional("source"))
    }
}
