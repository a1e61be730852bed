import Infusion

/// The plaintext of the sealed member `identity`; never stored as it is.
extension Identity: StoredRecord {
    init(reading object: inout JSONObject) throws(PayloadError) {
        self.init(
            name: try object.read("name"),
            birthDate: try object.read("birthDate"),
            identifiers: try object.readArray("identifiers"))
    }

    func write(to json: inout JSONWriter) throws(PayloadError) {
        try json.write("name", name)
        try json.write("birthDate", birthDate)
        try json.writeArray("identifiers", identifiers)
    }
}
