import Infusion

extension RecheckID: StoredRecord {
    init(reading object: inout JSONObject) throws(PayloadError) {
        self.init(
            rule: try object.read("rule"),
            anchor: try object.read("anchor"))
    }

    func write(to json: inout JSONWriter) throws(PayloadError) {
        try json.write("rule", rule)
        try json.write("anchor", anchor)
    }
}
