extension JSONObject {
    mutating func read<Value: StoredValue>(_ key: String) throws(PayloadError) -> Value {
        try Value(stored: payloadMember(key))
    }

    mutating func readOptional<Value: StoredValue>(_ key: String) throws(PayloadError) -> Value? {
        let value = try payloadMember(key)
        return value.isNull ? nil : try Value(stored: value)
    }

    mutating func readArray<Value: StoredValue>(_ key: String) throws(PayloadError) -> [Value] {
        try Self.values(in: payloadMember(key))
    }

    mutating func readOptionalArray<Value: StoredValue>(
        _ key: String
    ) throws(PayloadError) -> [Value]? {
        let member = try payloadMember(key)
        return member.isNull ? nil : try Self.values(in: member)
    }

    private static func values<Value: StoredValue>(
        in member: JSONValue
    ) throws(PayloadError) -> [Value] {
        var values: [Value] = []
        for element in try member.payloadArray() { values.append(try Value(stored: element)) }
        return values
    }

    /// A set of codes, stored in the order of their texts: the same set always has the same bytes.
    mutating func readSet<Value: StoredCode & Hashable>(
        _ key: String
    ) throws(PayloadError) -> Set<Value> {
        let member = try payloadMember(key)
        var values = Set<Value>()
        var last: String?
        for element in try member.payloadArray() {
            let value = try Value(stored: element)
            if let last, last >= value.storedCode {
                throw member.invalid(expected: "codes in ascending order, each once")
            }
            last = value.storedCode
            values.insert(value)
        }
        return values
    }

    func end() throws(PayloadError) {
        do { try finish() } catch { throw PayloadError(error) }
    }

    mutating func payloadMember(_ key: String) throws(PayloadError) -> JSONValue {
        do { return try member(key) } catch { throw PayloadError(error) }
    }
}
