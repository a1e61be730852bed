import Infusion

extension PatientIdentifier: StoredRecord {
    init(reading object: inout JSONObject) throws(PayloadError) {
        self.init(
            system: try object.read("system"),
            value: try object.read("value"))
    }

    func write(to json: inout JSONWriter) throws(PayloadError) {
        try json.write("system", system)
        try json.write("value", value)
    }
}
