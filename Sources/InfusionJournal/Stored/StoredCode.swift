/// An enumeration as it is stored: a text per case, in one table, chosen once and never derived.
///
/// The table is a `switch` without `default`, so a case without a code does not compile; reading
/// goes through `allCases`, so a case with a code can always be read.
protocol StoredCode: StoredValue, CaseIterable {
    /// Kebab-case, or the identifier that the clinical rule table gives.
    var storedCode: String { get }
    /// What an error calls the enumeration.
    static var storedName: String { get }
}

extension StoredCode {
    init(stored value: JSONValue) throws(PayloadError) {
        let range = try value.payloadText(expected: Self.storedName).indices
        let bytes = value.document.bytes
        for candidate in Self.allCases where bytes.span.spells(candidate.storedCode, at: range) {
            self = candidate
            return
        }
        throw PayloadError(.unknownCode(of: Self.storedName), path: value.path)
    }

    func store(in json: inout JSONWriter) { json.string(storedCode) }
}
