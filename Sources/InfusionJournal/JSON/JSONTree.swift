/// A JSON value as a tree that can be taken apart and changed: what upcasters work on. Readers of
/// current payloads never build one.
public indirect enum JSONTree: Hashable, Sendable {
    case null
    case bool(Bool)
    case number(JSONNumber)
    case string(String)
    case array([JSONTree])
    case object([Member])

    public struct Member: Hashable, Sendable {
        public var key: String
        public var value: JSONTree
        public init(_ key: String, _ value: JSONTree) {
            self.key = key
            self.value = value
        }
    }

    public init(_ value: JSONValue) throws(JSONError) {
        switch value.kind {
        case .null: self = .null
        case .bool: self = .bool(try value.bool())
        case .number: self = .number(try value.number())
        case .string: self = .string(try value.string())
        case .array:
            var elements: [JSONTree] = []
            for element in try value.array() { elements.append(try JSONTree(element)) }
            self = .array(elements)
        case .object:
            var members: [Member] = []
            for member in try value.object().members() {
                members.append(Member(member.key, try JSONTree(member.value)))
            }
            self = .object(members)
        }
    }

    /// The member named `key` of an object. Setting replaces it in place or adds it last; `nil`
    /// takes it out. Of anything but an object it is `nil`, and setting does nothing.
    public subscript(key: String) -> JSONTree? {
        get {
            guard case .object(let members) = self else { return nil }
            return members.first { $0.key == key }?.value
        }
        set {
            guard case .object(var members) = self else { return }
            let index = members.firstIndex { $0.key == key }
            switch (index, newValue) {
            case (let index?, let value?): members[index].value = value
            case (let index?, nil): members.remove(at: index)
            case (nil, let value?): members.append(Member(key, value))
            case (nil, nil): return
            }
            self = .object(members)
        }
    }
}
