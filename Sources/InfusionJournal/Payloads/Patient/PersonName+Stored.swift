import Infusion

extension PersonName: StoredRecord {
    init(reading object: inout JSONObject) throws(PayloadError) {
        self.init(
            family: try object.read("family"),
            given: try object.readArray("given"))
    }

    func write(to json: inout JSONWriter) throws(PayloadError) {
        try json.write("family", family)
        try json.writeArray("given", given)
    }
}
