import Infusion

extension AppointmentSlot: StoredRecord {
    init(reading object: inout JSONObject) throws(PayloadError) {
        self.init(
            site: try object.read("site"),
            chair: try object.read("chair"),
            start: try object.read("start"),
            end: try object.read("end"))
    }

    func write(to json: inout JSONWriter) throws(PayloadError) {
        try json.write("site", site)
        try json.write("chair", chair)
        try json.write("start", start)
        try json.write("end", end)
    }
}
