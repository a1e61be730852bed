import Infusion

/// `patient-unmerged` v1.
enum PatientUnmergedPayload: EventPayload {
    static func write(
        _ fact: (patient: PatientID, reason: UnmergeReason), to json: inout JSONWriter,
        _ seals: SealedFields
    ) throws(PayloadError) {
        try json.write("patient", fact.patient)
        try json.write("reason", fact.reason)
    }

    static func read(
        _ object: inout JSONObject, _ seals: SealedFields
    ) throws(PayloadError) -> (patient: PatientID, reason: UnmergeReason) {
        (patient: try object.read("patient"), reason: try object.read("reason"))
    }
}
