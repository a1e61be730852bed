import Infusion

/// `dose-completed` v1.
enum DoseCompletedPayload: EventPayload {
    static func write(
        _ fact: DoseGiven, to json: inout JSONWriter, _ seals: SealedFields
    ) throws(PayloadError) {
        try json.write("dose", fact.id)
        try json.write("givenMilligrams", fact.given)
        try json.write("lot", fact.lot)
        try json.write("expiry", fact.expiry)
        try json.write("localDate", fact.localDate)
    }

    static func read(
        _ object: inout JSONObject, _ seals: SealedFields
    ) throws(PayloadError) -> DoseGiven {
        DoseGiven(
            id: try object.read("dose"),
            given: try object.read("givenMilligrams"),
            lot: try object.read("lot"),
            expiry: try object.read("expiry"),
            localDate: try object.read("localDate"))
    }
}
