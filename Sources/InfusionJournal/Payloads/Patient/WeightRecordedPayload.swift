import Infusion

/// `weight-recorded` v1.
enum WeightRecordedPayload: EventPayload {
    static func write(
        _ fact: Kilograms, to json: inout JSONWriter, _ seals: SealedFields
    ) throws(PayloadError) {
        try json.write("weightKilograms", fact)
    }

    static func read(
        _ object: inout JSONObject, _ seals: SealedFields
    ) throws(PayloadError) -> Kilograms {
        try object.read("weightKilograms")
    }
}
