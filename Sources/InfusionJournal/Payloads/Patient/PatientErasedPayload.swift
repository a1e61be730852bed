import Infusion

/// `patient-erased` v1.
enum PatientErasedPayload: EventPayload {
    static func write(
        _ fact: ErasureReason, to json: inout JSONWriter, _ seals: SealedFields
    ) throws(PayloadError) {
        try json.write("reason", fact)
    }

    static func read(
        _ object: inout JSONObject, _ seals: SealedFields
    ) throws(PayloadError) -> ErasureReason {
        try object.read("reason")
    }
}
