import Infusion

/// `waitlist-offered` v1.
enum WaitlistOfferedPayload: EventPayload {
    static func write(
        _ fact: WaitlistOffer, to json: inout JSONWriter, _ seals: SealedFields
    ) throws(PayloadError) {
        try json.write("order", fact.order)
        try json.write("appointment", fact.appointment)
        try json.writeOptional("freed", fact.freed)
    }

    static func read(
        _ object: inout JSONObject, _ seals: SealedFields
    ) throws(PayloadError) -> WaitlistOffer {
        WaitlistOffer(
            order: try object.read("order"),
            appointment: try object.read("appointment"),
            freed: try object.readOptional("freed"))
    }
}
