import Infusion

/// `transfusion-order-filled` v1.
enum TransfusionOrderFilledPayload: EventPayload {
    static func write(
        _ fact: TransfusionOrderFilled, to json: inout JSONWriter, _ seals: SealedFields
    ) throws(PayloadError) {
        try json.write("order", fact.order)
        try json.write("transfusion", fact.transfusion)
        try json.writeOptional("appointment", fact.appointment)
    }

    static func read(
        _ object: inout JSONObject, _ seals: SealedFields
    ) throws(PayloadError) -> TransfusionOrderFilled {
        TransfusionOrderFilled(
            order: try object.read("order"),
            transfusion: try object.read("transfusion"),
            appointment: try object.readOptional("appointment"))
    }
}
