import Infusion

/// `dose-started` v1.
enum DoseStartedPayload: EventPayload {
    static func write(
        _ fact: DoseStarted, to json: inout JSONWriter, _ seals: SealedFields
    ) throws(PayloadError) {
        try json.write("dose", fact.id)
        try json.write("order", fact.order)
        try json.writeOptional("appointment", fact.appointment)
        try json.write("product", fact.product)
        try json.write("moiety", fact.moiety)
        try json.write("plannedMilligrams", fact.planned)
        try json.write("localDate", fact.localDate)
        try json.writeArray("findings", fact.findings)
        try json.write("formularyVersion", fact.formularyVersion)
    }

    static func read(
        _ object: inout JSONObject, _ seals: SealedFields
    ) throws(PayloadError) -> DoseStarted {
        DoseStarted(
            id: try object.read("dose"),
            order: try object.read("order"),
            appointment: try object.readOptional("appointment"),
            product: try object.read("product"),
            moiety: try object.read("moiety"),
            planned: try object.read("plannedMilligrams"),
            localDate: try object.read("localDate"),
            findings: try object.readArray("findings"),
            formularyVersion: try object.read("formularyVersion"))
    }
}
