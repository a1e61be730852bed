import Infusion

/// `height-recorded` v1.
enum HeightRecordedPayload: EventPayload {
    static func write(
        _ fact: Centimeters, to json: inout JSONWriter, _ seals: SealedFields
    ) throws(PayloadError) {
        try json.write("heightCentimeters", fact)
    }

    static func read(
        _ object: inout JSONObject, _ seals: SealedFields
    ) throws(PayloadError) -> Centimeters {
        try object.read("heightCentimeters")
    }
}
