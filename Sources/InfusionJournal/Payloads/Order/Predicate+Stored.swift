import Infusion

extension Infusion.Predicate: StoredRecord {
    init(reading object: inout JSONObject) throws(PayloadError) {
        self.init(
            name: try object.read("name"),
            value: try object.readOptional("value"),
            unit: try object.readOptional("unit"),
            comparison: try object.read("comparison"),
            threshold: try object.read("threshold"),
            holds: try object.readOptional("holds"),
            source: try object.read("source"),
            evidence: try object.readArray("evidence"))
    }

    func write(to json: inout JSONWriter) throws(PayloadError) {
        try json.write("name", name)
        try json.writeOptional("value", value)
        try json.writeOptional("unit", unit)
        try json.write("comparison", comparison)
        try json.write("threshold", threshold)
        try json.writeOptional("holds", holds)
        try json.write("source", source)
        try json.writeArray("evidence", evidence)
    }
}
