import Infusion

/// `patient-registered` v1. The identity is sealed.
enum PatientRegisteredPayload: EventPayload {
    static func write(
        _ fact: PatientRegistered, to json: inout JSONWriter, _ seals: SealedFields
    ) throws(PayloadError) {
        try json.write("patient", fact.patient)
        try seals.write(.identity, fact.identity, to: &json)
        try json.write("gender", fact.gender)
        try json.write("site", fact.site)
    }

    static func read(
        _ object: inout JSONObject, _ seals: SealedFields
    ) throws(PayloadError) -> PatientRegistered {
        PatientRegistered(
            patient: try object.read("patient"),
            identity: try seals.read(.identity, from: &object),
            gender: try object.read("gender"),
            site: try object.read("site"))
    }
}
