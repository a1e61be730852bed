import Infusion

/// `patient-merged` v1.
enum PatientMergedPayload: EventPayload {
    static func write(
        _ fact: PatientMerged, to json: inout JSONWriter, _ seals: SealedFields
    ) throws(PayloadError) {
        try json.write("patient", fact.patient)
        try json.write("version", fact.version)
    }

    static func read(
        _ object: inout JSONObject, _ seals: SealedFields
    ) throws(PayloadError) -> PatientMerged {
        PatientMerged(patient: try object.read("patient"), version: try object.read("version"))
    }
}
