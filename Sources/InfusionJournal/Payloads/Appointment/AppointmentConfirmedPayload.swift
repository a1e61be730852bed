import Infusion

/// `appointment-confirmed` v1.
enum AppointmentConfirmedPayload: EventPayload {
    static func write(
        _ fact: (appointment: AppointmentID, findings: [Finding]), to json: inout JSONWriter,
        _ seals: SealedFields
    ) throws(PayloadError) {
        try json.write("appointment", fact.appointment)
        try json.writeArray("findings", fact.findings)
    }

    static func read(
        _ object: inout JSONObject, _ seals: SealedFields
    ) throws(PayloadError) -> (appointment: AppointmentID, findings: [Finding]) {
        (appointment: try object.read("appointment"), findings: try object.readArray("findings"))
    }
}
