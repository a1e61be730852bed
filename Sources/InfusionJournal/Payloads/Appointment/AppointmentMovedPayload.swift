import Infusion

/// `appointment-moved` v1.
enum AppointmentMovedPayload: EventPayload {
    static func write(
        _ fact: (appointment: AppointmentID, slot: AppointmentSlot), to json: inout JSONWriter,
        _ seals: SealedFields
    ) throws(PayloadError) {
        try json.write("appointment", fact.appointment)
        try json.write("slot", fact.slot)
    }

    static func read(
        _ object: inout JSONObject, _ seals: SealedFields
    ) throws(PayloadError) -> (appointment: AppointmentID, slot: AppointmentSlot) {
        (appointment: try object.read("appointment"), slot: try object.read("slot"))
    }
}
