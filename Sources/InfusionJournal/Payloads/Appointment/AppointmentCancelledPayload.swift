import Infusion

/// `appointment-cancelled` v1.
enum AppointmentCancelledPayload: EventPayload {
    static func write(
        _ fact: (appointment: AppointmentID, reason: CancellationReason), to json: inout JSONWriter,
        _ seals: SealedFields
    ) throws(PayloadError) {
        try json.write("appointment", fact.appointment)
        try json.write("reason", fact.reason)
    }

    static func read(
        _ object: inout JSONObject, _ seals: SealedFields
    ) throws(PayloadError) -> (appointment: AppointmentID, reason: CancellationReason) {
        (appointment: try object.read("appointment"), reason: try object.read("reason"))
    }
}
