extension JSONWriter {
    mutating func write(_ key: String, _ value: some StoredValue) throws(PayloadError) {
        self.key(key)
        do { try value.store(in: &self) } catch { throw error.within(key) }
    }

    mutating func writeOptional(_ key: String, _ value: (some StoredValue)?) throws(PayloadError) {
        guard let value else {
            self.key(key)
            null()
            return
        }
        try write(key, value)
    }

    mutating func writeOptionalArray(
        _ key: String, _ values: [some StoredValue]?
    ) throws(PayloadError) {
        guard let values else {
            self.key(key)
            null()
            return
        }
        try writeArray(key, values)
    }

    mutating func writeArray(_ key: String, _ values: [some StoredValue]) throws(PayloadError) {
        self.key(key)
        beginArray()
        for (index, value) in values.enumerated() {
            do { try value.store(in: &self) } catch {
                throw error.within(String(index)).within(key)
            }
        }
        endArray()
    }

    mutating func writeSet<Value: StoredCode & Hashable>(
        _ key: String, _ values: Set<Value>
    ) {
        self.key(key)
        beginArray()
        for code in values.map(\.storedCode).sorted() { string(code) }
        endArray()
    }
}
