import Infusion

/// `patient-merged-into` v1.
enum PatientMergedIntoPayload: EventPayload {
    static func write(
        _ fact: PatientID, to json: inout JSONWriter, _ seals: SealedFields
    ) throws(PayloadError) {
        try json.write("survivor", fact)
    }

    static func read(
        _ object: inout JSONObject, _ seals: SealedFields
    ) throws(PayloadError) -> PatientID {
        try object.read("survivor")
    }
}
