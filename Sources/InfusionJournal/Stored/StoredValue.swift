/// Something with one stored form. Conformances are written out by hand and outlive the types they
/// are for: what is stored may never follow a rename by itself.
protocol StoredValue {
    init(stored value: JSONValue) throws(PayloadError)
    func store(in json: inout JSONWriter) throws(PayloadError)
}

/// A stored object: its members in one fixed order, all of them always there; what is not known is
/// `null`, so that a lost member can never pass for an absent one.
protocol StoredRecord: StoredValue {
    init(reading object: inout JSONObject) throws(PayloadError)
    func write(to json: inout JSONWriter) throws(PayloadError)
}

extension StoredRecord {
    init(stored value: JSONValue) throws(PayloadError) {
        var object = try value.payloadObject()
        self = try Self(reading: &object)
        try object.end()
    }

    func store(in json: inout JSONWriter) throws(PayloadError) {
        json.beginObject()
        try write(to: &json)
        json.endObject()
    }
}
