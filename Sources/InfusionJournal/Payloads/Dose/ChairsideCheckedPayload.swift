import Infusion

/// `chairside-checked` v1.
enum ChairsideCheckedPayload: EventPayload {
    static func write(
        _ fact: ChairsideCheck, to json: inout JSONWriter, _ seals: SealedFields
    ) throws(PayloadError) {
        try json.writeOptional("vitals", fact.vitals)
        try json.writeOptional("staffed", fact.isStaffed)
        try json.writeOptional("consent", fact.hasConsent)
    }

    static func read(
        _ object: inout JSONObject, _ seals: SealedFields
    ) throws(PayloadError) -> ChairsideCheck {
        ChairsideCheck(
            vitals: try object.readOptional("vitals"),
            isStaffed: try object.readOptional("staffed"),
            hasConsent: try object.readOptional("consent"))
    }
}

/// Each member a number in its unit, or `null` for what was not measured.
extension VitalSigns: StoredRecord {
    init(reading object: inout JSONObject) throws(PayloadError) {
        self.init(
            systolic: try object.readOptional("systolic"),
            diastolic: try object.readOptional("diastolic"),
            heartRate: try object.readOptional("heartRate"),
            respiratoryRate: try object.readOptional("respiratoryRate"),
            oxygenSaturation: try object.readOptional("oxygenSaturation"),
            temperature: try object.readOptional("temperature"))
    }

    func write(to json: inout JSONWriter) throws(PayloadError) {
        try json.writeOptional("systolic", systolic)
        try json.writeOptional("diastolic", diastolic)
        try json.writeOptional("heartRate", heartRate)
        try json.writeOptional("respiratoryRate", respiratoryRate)
        try json.writeOptional("oxygenSaturation", oxygenSaturation)
        try json.writeOptional("temperature", temperature)
    }
}
