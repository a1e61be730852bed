/// The members of one object, read by name, and at the end checked for any that nobody asked for.
///
/// Reading in the order of writing finds each member at once; any other order works too.
public struct JSONObject: Sendable {
    private let document: JSONDocument
    private let index: Int
    /// Where the next member is expected, and which one it is.
    private var cursor: Int
    private var ordinal = 0
    /// A bit per member that was read. Members beyond the 64th can be read but never leave an
    /// object finished: no format of ours comes near.
    private var seen: UInt64 = 0

    init(document: JSONDocument, index: Int) {
        self.document = document
        self.index = index
        cursor = index + 1
    }

    public var count: Int { Int(document.nodes[index].count) }
    public var path: String { document.path(to: index) }

    /// The member named `key`, `null` included; an error if it is absent.
    public mutating func member(_ key: String) throws(JSONError) -> JSONValue {
        guard let value = memberIfPresent(key) else { throw missing(key) }
        return value
    }

    /// The member named `key`, or `nil` if it is `null`; an error if it is absent.
    public mutating func optionalMember(_ key: String) throws(JSONError) -> JSONValue? {
        let value = try member(key)
        return value.isNull ? nil : value
    }

    /// The member named `key`, `null` included, or `nil` if it is absent.
    public mutating func memberIfPresent(_ key: String) -> JSONValue? {
        let end = Int(document.nodes[index].next)
        for _ in 0..<count {
            if cursor >= end {
                cursor = index + 1
                ordinal = 0
            }
            let found = cursor
            let isFound = document.key(at: found, is: key)
            if isFound { seen |= 1 << UInt64(ordinal) }
            cursor = Int(document.nodes[found + 1].next)
            ordinal += 1
            if isFound { return JSONValue(document: document, index: found + 1) }
        }
        return nil
    }

    /// Fails if a member was never asked for: what a reader does not know, it must not drop.
    public func finish() throws(JSONError) {
        guard seen.nonzeroBitCount == count else {
            throw JSONError(
                .unexpectedMember, path: path, offset: Int(document.nodes[index].start))
        }
    }

    /// Every member in text order; asked for or not.
    public func members() -> [(key: String, value: JSONValue)] {
        var members: [(key: String, value: JSONValue)] = []
        members.reserveCapacity(count)
        var key = index + 1
        while key < document.nodes[index].next {
            members.append(
                (document.string(at: key), JSONValue(document: document, index: key + 1)))
            key = Int(document.nodes[key + 1].next)
        }
        return members
    }

    /// An error that says `key` is missing here.
    public func missing(_ key: String) -> JSONError {
        JSONError(.missing, path: "\(path)/\(key)", offset: nil)
    }
}
