import Infusion

/// `visit-left` v1.
enum VisitLeftPayload: EventPayload {
    static func write(
        _ fact: VisitLeft, to json: inout JSONWriter, _ seals: SealedFields
    ) throws(PayloadError) {
        try json.write("appointment", fact.appointment)
        try json.writeOptional("observedMinutes", fact.observedMinutes)
        try json.write("stable", fact.stable)
    }

    static func read(
        _ object: inout JSONObject, _ seals: SealedFields
    ) throws(PayloadError) -> VisitLeft {
        VisitLeft(
            appointment: try object.read("appointment"),
            observedMinutes: try object.readOptional("observedMinutes"),
            stable: try object.read("stable"))
    }
}
