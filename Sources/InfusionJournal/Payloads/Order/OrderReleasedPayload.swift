import Infusion

/// `order-released` v1.
enum OrderReleasedPayload: EventPayload {
    static func write(
        _ fact: OrderID, to json: inout JSONWriter, _ seals: SealedFields
    ) throws(PayloadError) {
        try json.write("order", fact)
    }

    static func read(
        _ object: inout JSONObject, _ seals: SealedFields
    ) throws(PayloadError) -> OrderID {
        try object.read("order")
    }
}
