import Infusion

/// `patient-arrived` v1.
enum PatientArrivedPayload: EventPayload {
    static func write(
        _ fact: AppointmentID, to json: inout JSONWriter, _ seals: SealedFields
    ) throws(PayloadError) {
        try json.write("appointment", fact)
    }

    static func read(
        _ object: inout JSONObject, _ seals: SealedFields
    ) throws(PayloadError) -> AppointmentID {
        try object.read("appointment")
    }
}
