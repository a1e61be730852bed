import Infusion

/// `order-cancelled` v1.
enum OrderCancelledPayload: EventPayload {
    static func write(
        _ fact: (order: OrderID, reason: CancellationReason), to json: inout JSONWriter,
        _ seals: SealedFields
    ) throws(PayloadError) {
        try json.write("order", fact.order)
        try json.write("reason", fact.reason)
    }

    static func read(
        _ object: inout JSONObject, _ seals: SealedFields
    ) throws(PayloadError) -> (order: OrderID, reason: CancellationReason) {
        (order: try object.read("order"), reason: try object.read("reason"))
    }
}
