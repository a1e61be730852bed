import Infusion

/// `gate-overridden` v1. The justification is free text, and sealed.
enum GateOverriddenPayload: EventPayload {
    static func write(
        _ fact: GateOverride, to json: inout JSONWriter, _ seals: SealedFields
    ) throws(PayloadError) {
        try json.write("override", fact.id)
        try json.write("gate", fact.gate)
        try json.write("order", fact.order)
        try json.write("reason", fact.reason)
        try seals.write(.justification, fact.justification, to: &json)
        try json.write("role", fact.role)
        try json.writeOptional("coSigner", fact.coSigner)
        try json.write("expiresAt", fact.expiresAt)
    }

    static func read(
        _ object: inout JSONObject, _ seals: SealedFields
    ) throws(PayloadError) -> GateOverride {
        GateOverride(
            id: try object.read("override"),
            gate: try object.read("gate"),
            order: try object.read("order"),
            reason: try object.read("reason"),
            justification: try seals.read(.justification, from: &object),
            role: try object.read("role"),
            coSigner: try object.readOptional("coSigner"),
            expiresAt: try object.read("expiresAt"))
    }
}
