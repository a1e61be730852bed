import Infusion

extension Signature: StoredRecord {
    init(reading object: inout JSONObject) throws(PayloadError) {
        self.init(
            prescriber: try object.read("prescriber"),
            signedAt: try object.read("signedAt"))
    }

    func write(to json: inout JSONWriter) throws(PayloadError) {
        try json.write("prescriber", prescriber)
        try json.write("signedAt", signedAt)
    }
}
