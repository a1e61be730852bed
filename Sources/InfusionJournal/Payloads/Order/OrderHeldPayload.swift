import Infusion

/// `order-held` v1.
enum OrderHeldPayload: EventPayload {
    static func write(
        _ fact: (order: OrderID, reason: HoldReason), to json: inout JSONWriter,
        _ seals: SealedFields
    ) throws(PayloadError) {
        try json.write("order", fact.order)
        try json.write("reason", fact.reason)
    }

    static func read(
        _ object: inout JSONObject, _ seals: SealedFields
    ) throws(PayloadError) -> (order: OrderID, reason: HoldReason) {
        (order: try object.read("order"), reason: try object.read("reason"))
    }
}
