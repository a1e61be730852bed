extension JSONValue {
    func payloadObject() throws(PayloadError) -> JSONObject {
        do { return try object() } catch { throw PayloadError(error) }
    }

    func payloadArray() throws(PayloadError) -> [JSONValue] {
        do { return try array() } catch { throw PayloadError(error) }
    }

    func payloadString() throws(PayloadError) -> String {
        do { return try string() } catch { throw PayloadError(error) }
    }

    func payloadInteger() throws(PayloadError) -> Int64 {
        do { return try integer() } catch { throw PayloadError(error) }
    }

    func payloadBool() throws(PayloadError) -> Bool {
        do { return try bool() } catch { throw PayloadError(error) }
    }

    /// A string's bytes, where it needs no unescaping: what stored texts of fixed form look like.
    func payloadText(expected: String) throws(PayloadError) -> ArraySlice<UInt8> {
        guard kind == .string else { throw PayloadError(error(.wrongKind(expected: .string))) }
        guard !node.isEscaped else { throw invalid(expected: expected) }
        return text
    }

    func invalid(expected: String) -> PayloadError {
        PayloadError(error(.invalid(expected: expected)))
    }
}
