import Infusion

extension LabValue: StoredRecord {
    init(reading object: inout JSONObject) throws(PayloadError) {
        self.init(
            comparator: try object.readOptional("comparator"),
            reported: try object.read("reported"),
            reportedUnit: try object.read("reportedUnit"),
            canonical: try object.read("canonical"))
    }

    func write(to json: inout JSONWriter) throws(PayloadError) {
        try json.writeOptional("comparator", comparator)
        try json.write("reported", reported)
        try json.write("reportedUnit", reportedUnit)
        try json.write("canonical", canonical)
    }
}
