import Infusion

/// Times on a site's wall, in one spelling each. They are stored as they were agreed, and not as instants:
/// which instant they are is for the zone's rules to say, and those change.
extension ClockTime: StoredValue {
    private static let expectation = "a time of the clock as hh:mm"

    init(stored value: JSONValue) throws(PayloadError) {
        let text = try value.payloadText(expected: Self.expectation)
        guard let time = ClockTime(String(decoding: text, as: UTF8.self)) else {
            throw value.invalid(expected: Self.expectation)
        }
        self = time
    }

    func store(in json: inout JSONWriter) { json.string(description) }
}

extension LocalTime: StoredValue {
    private static let expectation = "a local time as YYYY-MM-DDThh:mm"

    init(stored value: JSONValue) throws(PayloadError) {
        let text = try value.payloadText(expected: Self.expectation)
        guard let time = LocalTime(String(decoding: text, as: UTF8.self)) else {
            throw value.invalid(expected: Self.expectation)
        }
        self = time
    }

    func store(in json: inout JSONWriter) throws(PayloadError) {
        guard let date = TimeText.text(of: date) else {
            throw PayloadError(.notStorable(accepted: Self.expectation), path: "")
        }
        json.string("\(date)T\(time)")
    }
}

/// `from` and `until` among the members of what lasts so long.
extension LocalPeriod {
    func write(to json: inout JSONWriter) throws(PayloadError) {
        try json.write("from", from)
        try json.write("until", until)
    }

    init(reading object: inout JSONObject) throws(PayloadError) {
        let path = object.path
        let from: LocalTime = try object.read("from")
        let until: LocalTime = try object.read("until")
        guard let period = LocalPeriod(from: from, until: until) else {
            throw PayloadError(
                .json(.invalid(expected: "a time after from"), offset: nil),
                path: "\(path)/until")
        }
        self = period
    }
}

extension SiteEntryID: StoredValue {
    init(stored value: JSONValue) throws(PayloadError) { self.init(try value.payloadString()) }
    func store(in json: inout JSONWriter) { json.string(name) }
}

extension StaffCode: StoredValue {
    init(stored value: JSONValue) throws(PayloadError) { self.init(try value.payloadString()) }
    func store(in json: inout JSONWriter) { json.string(text) }
}
