import Infusion

/// `visit-begun` v1.
enum VisitBegunPayload: EventPayload {
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
