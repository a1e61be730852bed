import Infusion

/// `capacity-overridden` v1.
enum CapacityOverriddenPayload: EventPayload {
    static func write(
        _ fact: (appointment: AppointmentID, override: CapacityOverride),
        to json: inout JSONWriter, _ seals: SealedFields
    ) throws(PayloadError) {
        try json.write("appointment", fact.appointment)
        json.writeSet("rules", fact.override.rules)
        try json.write("reason", fact.override.reason)
        try json.write("role", fact.override.role)
    }

    static func read(
        _ object: inout JSONObject, _ seals: SealedFields
    ) throws(PayloadError) -> (appointment: AppointmentID, override: CapacityOverride) {
        (
            appointment: try object.read("appointment"),
            override: CapacityOverride(
                rules: try object.readSet("rules"), reason: try object.read("reason"),
                role: try object.read("role"))
        )
    }
}
