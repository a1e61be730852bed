public import Foundation

/// A value of a text that was read. Cheap to copy; turned into a Swift value by asking.
public struct JSONValue: Sendable {
    let document: JSONDocument
    let index: Int

    var node: JSONNode { document.nodes[index] }

    public var kind: JSONKind { node.kind }
    public var isNull: Bool { node.kind == .null }
    /// JSON Pointer from the text's root to this value.
    public var path: String { document.path(to: index) }

    public func string() throws(JSONError) -> String {
        try require(.string)
        return document.string(at: index)
    }

    public func bool() throws(JSONError) -> Bool {
        try require(.bool)
        return document.bytes[Int(node.start)] == UInt8(ascii: "t")
    }

    /// A whole number written without fraction or exponent.
    public func integer() throws(JSONError) -> Int64 {
        try require(.number)
        guard let integer = Int64(String(decoding: text, as: UTF8.self)) else {
            throw error(.invalid(expected: "an integer of 64 bits"))
        }
        return integer
    }

    public func number() throws(JSONError) -> JSONNumber {
        try require(.number)
        return JSONNumber(checked: String(decoding: text, as: UTF8.self))
    }

    /// The number exactly; one that no `Decimal` can hold is refused rather than rounded.
    public func decimal() throws(JSONError) -> Decimal {
        try require(.number)
        guard let decimal = DecimalText.value(of: text) else {
            throw error(.invalid(expected: "a decimal number of at most 39 digits"))
        }
        return decimal
    }

    /// The members, to be read by name.
    public func object() throws(JSONError) -> JSONObject {
        try require(.object)
        return JSONObject(document: document, index: index)
    }

    /// The elements in order.
    public func array() throws(JSONError) -> [JSONValue] {
        try require(.array)
        var values: [JSONValue] = []
        values.reserveCapacity(Int(node.count))
        var child = index + 1
        while child < node.next {
            values.append(JSONValue(document: document, index: child))
            child = Int(document.nodes[child].next)
        }
        return values
    }

    /// An error about this value, with its path.
    public func error(_ problem: JSONProblem) -> JSONError {
        JSONError(problem, path: path, offset: Int(node.start))
    }

    /// A number's or string's bytes as written, without quotes.
    var text: ArraySlice<UInt8> { document.bytes[node.range] }

    private func require(_ kind: JSONKind) throws(JSONError) {
        guard node.kind == kind else { throw error(.wrongKind(expected: kind)) }
    }
}
