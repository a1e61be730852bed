import Infusion

/// `patient-discharged` v1.
enum PatientDischargedPayload: EventPayload {
    static func write(
        _ fact: Discharge, to json: inout JSONWriter, _ seals: SealedFields
    ) throws(PayloadError) {
        try json.write("dose", fact.dose)
        try json.write("observedMinutes", fact.observedMinutes)
        try json.write("stable", fact.stable)
    }

    static func read(
        _ object: inout JSONObject, _ seals: SealedFields
    ) throws(PayloadError) -> Discharge {
        Discharge(
            dose: try object.read("dose"),
            observedMinutes: try object.read("observedMinutes"),
            stable: try object.read("stable"))
    }
}
