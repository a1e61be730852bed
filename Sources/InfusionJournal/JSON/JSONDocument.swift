/// A text that was read, and its tape: every value in text order, an object's keys before their
/// values.
final class JSONDocument: Sendable {
    let bytes: [UInt8]
    let nodes: [JSONNode]

    init(bytes: [UInt8], nodes: [JSONNode]) {
        self.bytes = bytes
        self.nodes = nodes
    }

    /// The string or key at `index`; its escapes were checked when it was scanned.
    func string(at index: Int) -> String {
        let node = nodes[index]
        let bytes = bytes
        guard !node.isEscaped else {
            return String(decoding: JSONEscapes.unescaped(bytes.span, node.range), as: UTF8.self)
        }
        return String(decoding: bytes[node.range], as: UTF8.self)
    }

    /// Whether the key at `index` is `key`, unit by unit: no normalisation, which RFC 8259 advises.
    func key(at index: Int, is key: String) -> Bool {
        let node = nodes[index]
        let bytes = bytes
        guard !node.isEscaped else {
            return JSONEscapes.unescaped(bytes.span, node.range).elementsEqual(key.utf8)
        }
        return bytes.span.spells(key, at: node.range)
    }

    /// JSON Pointer to the value at `target`. Walked only when an error needs it.
    func path(to target: Int) -> String {
        var path = ""
        var index = 0
        while index != target {
            let node = nodes[index]
            var child = index + 1
            var ordinal = 0
            while child < node.next {
                let value = node.kind == .object ? child + 1 : child
                if target < nodes[value].next {
                    path += "/" + (node.kind == .object ? pointerToken(at: child) : String(ordinal))
                    child = value
                    break
                }
                child = Int(nodes[value].next)
                ordinal += 1
            }
            guard child > index, child <= target else { return path }
            index = child
        }
        return path
    }

    private func pointerToken(at key: Int) -> String {
        var token = ""
        for scalar in string(at: key).unicodeScalars {
            switch scalar {
            case "~": token += "~0"
            case "/": token += "~1"
            default: token.unicodeScalars.append(scalar)
            }
        }
        return token
    }
}

/// One value or key on the tape.
struct JSONNode: Sendable {
    let kind: JSONKind
    /// A string with backslashes in it.
    var isEscaped = false
    /// The first byte of a container, literal or number; of a string, the first after its quote.
    let start: UInt32
    /// One past the last byte; of a string, its closing quote.
    var end: UInt32
    /// The node after this value and everything in it.
    var next: UInt32
    /// How many elements or members a container has.
    var count: UInt32 = 0

    var range: Range<Int> { Int(start)..<Int(end) }
}
