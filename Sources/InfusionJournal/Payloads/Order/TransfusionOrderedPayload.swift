import Infusion

/// `transfusion-ordered` v1.
enum TransfusionOrderedPayload: EventPayload {
    static func write(
        _ fact: TransfusionOrder, to json: inout JSONWriter, _ seals: SealedFields
    ) throws(PayloadError) {
        try json.write("order", fact.id)
        try json.write("units", fact.units)
        try json.write("indication", fact.indication)
        try json.write("signature", fact.signature)
        try json.writeOptional("indicated", fact.isIndicated)
        try json.writeArray("predicates", fact.predicates)
    }

    static func read(
        _ object: inout JSONObject, _ seals: SealedFields
    ) throws(PayloadError) -> TransfusionOrder {
        TransfusionOrder(
            id: try object.read("order"),
            units: try object.read("units"),
            indication: try object.read("indication"),
            signature: try object.read("signature"),
            isIndicated: try object.readOptional("indicated"),
            predicates: try object.readArray("predicates"))
    }
}
