import Infusion

/// `appointment-booked` v1.
enum AppointmentBookedPayload: EventPayload {
    static func write(
        _ fact: Appointment, to json: inout JSONWriter, _ seals: SealedFields
    ) throws(PayloadError) {
        try json.write("appointment", fact.id)
        try json.write("order", fact.order)
        try json.write("slot", fact.slot)
        try json.writeArray("findings", fact.findings)
    }

    static func read(
        _ object: inout JSONObject, _ seals: SealedFields
    ) throws(PayloadError) -> Appointment {
        Appointment(
            id: try object.read("appointment"),
            order: try object.read("order"),
            slot: try object.read("slot"),
            findings: try object.readArray("findings"))
    }
}
