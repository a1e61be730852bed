import EventStore

/// `event-skipped` v1.
extension EventSkipped {
    func write(to json: inout JSONWriter) {
        json.key("projection")
        projection.store(in: &json)
        json.key("patient")
        patient.store(in: &json)
        json.key("position")
        json.integer(position.value)
        json.key("reason")
        reason.store(in: &json)
    }

    init(reading object: inout JSONObject) throws(PayloadError) {
        projection = try object.read("projection")
        patient = try object.read("patient")
        position = Position(Int64(try object.read("position") as Int))
        reason = try object.read("reason")
    }
}
