/// Reads JSON texts, strictly as RFC 8259 has them, in one pass.
///
/// The pass checks everything (UTF-8, grammar, escapes, duplicate keys, limits) and leaves a tape
/// of where each value begins and ends; strings and numbers are turned into Swift values only when
/// asked for. Foundation's decoder builds every value twice and costs some twenty times as much,
/// which a replay of millions of events cannot pay.
public struct JSONReader: Sendable {
    public let limits: JSONLimits

    public init(limits: JSONLimits = .standard) {
        self.limits = limits
    }

    /// The text's one value; whatever follows it, other than white space, is an error.
    public func read(_ bytes: [UInt8]) throws(JSONError) -> JSONValue {
        guard bytes.count <= limits.bytesMax else {
            throw JSONError(.tooLong(bytesMax: limits.bytesMax))
        }
        // Once, fast and for the whole text, so that no later step needs to think of encodings.
        do {
            _ = try UTF8Span(validating: bytes.span)
        } catch {
            throw JSONError(.notUTF8, offset: error.byteOffsets.lowerBound)
        }
        var scanner = JSONScanner(depthMax: limits.depthMax, bytes: bytes.count)
        try scanner.text(bytes.span)
        return JSONValue(document: JSONDocument(bytes: bytes, nodes: scanner.nodes), index: 0)
    }

    public func read(_ bytes: ArraySlice<UInt8>) throws(JSONError) -> JSONValue {
        try read([UInt8](bytes))
    }
}
