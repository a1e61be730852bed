import Infusion

/// `appointment-held` v1: a booking's own fields, and how long it is kept without an answer.
enum AppointmentHeldPayload: EventPayload {
    static func write(
        _ fact: (appointment: Appointment, until: Instant), to json: inout JSONWriter,
        _ seals: SealedFields
    ) throws(PayloadError) {
        try AppointmentBookedPayload.write(fact.appointment, to: &json, seals)
        try json.write("until", fact.until)
    }

    static func read(
        _ object: inout JSONObject, _ seals: SealedFields
    ) throws(PayloadError) -> (appointment: Appointment, until: Instant) {
        (
            appointment: try AppointmentBookedPayload.read(&object, seals),
            until: try object.read("until")
        )
    }
}
