import Infusion

/// `transfusion-recorded` v1.
enum TransfusionRecordedPayload: EventPayload {
    static func write(
        _ fact: Transfusion, to json: inout JSONWriter, _ seals: SealedFields
    ) throws(PayloadError) {
        try json.write("transfusion", fact.id)
        try json.write("units", fact.units)
    }

    static func read(
        _ object: inout JSONObject, _ seals: SealedFields
    ) throws(PayloadError) -> Transfusion {
        Transfusion(
            id: try object.read("transfusion"),
            units: try object.read("units"))
    }
}
