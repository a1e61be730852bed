import Infusion

extension SiteID: StoredValue {
    init(stored value: JSONValue) throws(PayloadError) { self.init(try value.payloadString()) }
    func store(in json: inout JSONWriter) { json.string(name) }
}

extension ChairID: StoredValue {
    init(stored value: JSONValue) throws(PayloadError) { self.init(try value.payloadString()) }
    func store(in json: inout JSONWriter) { json.string(name) }
}

extension ProductKey: StoredValue {
    init(stored value: JSONValue) throws(PayloadError) { self.init(try value.payloadString()) }
    func store(in json: inout JSONWriter) { json.string(name) }
}

extension DosingRowID: StoredValue {
    init(stored value: JSONValue) throws(PayloadError) { self.init(try value.payloadString()) }
    func store(in json: inout JSONWriter) { json.string(name) }
}

extension LotNumber: StoredValue {
    init(stored value: JSONValue) throws(PayloadError) { self.init(try value.payloadString()) }
    func store(in json: inout JSONWriter) { json.string(text) }
}
