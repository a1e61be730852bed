/// The one pass. Total over any bytes: it returns or throws, and looks at each byte a bounded
/// number of times. Expects UTF-8 that was validated before.
struct JSONScanner {
    private(set) var nodes: [JSONNode] = []
    private var position = 0
    private let depthMax: Int

    init(depthMax: Int, bytes: Int) {
        self.depthMax = depthMax
        // Our own payloads have a value or key about every twelve bytes.
        nodes.reserveCapacity(min(bytes, 4_096) / 12 + 4)
    }

    mutating func text(_ input: Span<UInt8>) throws(JSONError) {
        try value(input, depth: 0)
        skipSpace(input)
        guard position == input.count else { throw error(.trailingBytes) }
    }

    private mutating func value(_ input: Span<UInt8>, depth: Int) throws(JSONError) {
        skipSpace(input)
        guard position < input.count else { throw error(.unexpectedEnd) }
        switch input[position] {
        case UInt8(ascii: "\""): try string(input)
        case UInt8(ascii: "{"): try object(input, depth: depth + 1)
        case UInt8(ascii: "["): try array(input, depth: depth + 1)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): try number(input)
        case UInt8(ascii: "t"): try literal(input, "true", .bool)
        case UInt8(ascii: "f"): try literal(input, "false", .bool)
        case UInt8(ascii: "n"): try literal(input, "null", .null)
        default: throw error(.unexpectedByte)
        }
    }

    private mutating func object(_ input: Span<UInt8>, depth: Int) throws(JSONError) {
        let index = try open(.object, depth: depth)
        var members = 0
        skipSpace(input)
        if !take(UInt8(ascii: "}"), input) {
            repeat {
                skipSpace(input)
                guard position < input.count else { throw error(.unexpectedEnd) }
                guard input[position] == UInt8(ascii: "\"") else { throw error(.unexpectedByte) }
                try string(input)
                skipSpace(input)
                try expect(UInt8(ascii: ":"), input)
                try value(input, depth: depth)
                members += 1
                skipSpace(input)
            } while take(UInt8(ascii: ","), input)
            try expect(UInt8(ascii: "}"), input)
        }
        close(index, count: members)
        if let duplicate = JSONKeys.duplicate(in: nodes, object: index, input) {
            throw JSONError(.duplicateKey, offset: Int(nodes[duplicate].start))
        }
    }

    private mutating func array(_ input: Span<UInt8>, depth: Int) throws(JSONError) {
        let index = try open(.array, depth: depth)
        var elements = 0
        skipSpace(input)
        if !take(UInt8(ascii: "]"), input) {
            repeat {
                try value(input, depth: depth)
                elements += 1
                skipSpace(input)
            } while take(UInt8(ascii: ","), input)
            try expect(UInt8(ascii: "]"), input)
        }
        close(index, count: elements)
    }

    private mutating func string(_ input: Span<UInt8>) throws(JSONError) {
        let start = position + 1
        var isEscaped = false
        position = start
        while position < input.count {
            let byte = input[position]
            if byte == UInt8(ascii: "\"") {
                append(.string, from: start, isEscaped: isEscaped)
                position += 1
                return
            }
            guard byte >= 0x20 else { throw error(.controlCharacter) }
            position += 1
            if byte == UInt8(ascii: "\\") {
                isEscaped = true
                try escape(input)
            }
        }
        throw error(.unexpectedEnd)
    }

    /// What follows a backslash.
    private mutating func escape(_ input: Span<UInt8>) throws(JSONError) {
        guard position < input.count else { throw error(.unexpectedEnd) }
        guard input[position] == UInt8(ascii: "u") else {
            guard JSONEscapes.short(input[position]) != nil else { throw error(.malformedEscape) }
            position += 1
            return
        }
        let unit = try hexadecimal(input)
        switch unit {
        case 0xD800...0xDBFF:
            guard position + 1 < input.count, input[position] == UInt8(ascii: "\\"),
                input[position + 1] == UInt8(ascii: "u")
            else { throw error(.loneSurrogate) }
            position += 1
            guard (0xDC00...0xDFFF).contains(try hexadecimal(input)) else {
                throw error(.loneSurrogate)
            }
        case 0xDC00...0xDFFF: throw error(.loneSurrogate)
        default: break
        }
    }

    /// The four digits after the `u` at `position`.
    private mutating func hexadecimal(_ input: Span<UInt8>) throws(JSONError) -> UInt32 {
        guard position + 4 < input.count else { throw error(.malformedEscape) }
        guard let unit = JSONEscapes.unit(input, at: position + 1) else {
            throw error(.malformedEscape)
        }
        position += 5
        return unit
    }

    private mutating func number(_ input: Span<UInt8>) throws(JSONError) {
        let start = position
        guard let end = JSONNumber.end(in: input, from: start) else {
            throw error(.malformedNumber)
        }
        position = end
        append(.number, from: start)
    }

    private mutating func literal(
        _ input: Span<UInt8>, _ word: String, _ kind: JSONKind
    ) throws(JSONError) {
        let start = position
        for byte in word.utf8 {
            guard position < input.count else { throw error(.unexpectedEnd) }
            guard input[position] == byte else { throw error(.unexpectedByte) }
            position += 1
        }
        append(kind, from: start)
    }
}

extension JSONScanner {
    private func error(_ problem: JSONProblem) -> JSONError { JSONError(problem, offset: position) }

    private mutating func skipSpace(_ input: Span<UInt8>) {
        while position < input.count {
            switch input[position] {
            case 0x20, 0x0A, 0x0D, 0x09: position += 1
            default: return
            }
        }
    }

    private mutating func take(_ byte: UInt8, _ input: Span<UInt8>) -> Bool {
        guard position < input.count, input[position] == byte else { return false }
        position += 1
        return true
    }

    private mutating func expect(_ byte: UInt8, _ input: Span<UInt8>) throws(JSONError) {
        guard position < input.count else { throw error(.unexpectedEnd) }
        guard take(byte, input) else { throw error(.unexpectedByte) }
    }

    private mutating func open(_ kind: JSONKind, depth: Int) throws(JSONError) -> Int {
        guard depth <= depthMax else { throw error(.tooDeep(depthMax: depthMax)) }
        nodes.append(JSONNode(kind: kind, start: UInt32(position), end: 0, next: 0))
        position += 1
        return nodes.count - 1
    }

    private mutating func close(_ index: Int, count: Int) {
        nodes[index].end = UInt32(position)
        nodes[index].next = UInt32(nodes.count)
        nodes[index].count = UInt32(count)
    }

    private mutating func append(_ kind: JSONKind, from start: Int, isEscaped: Bool = false) {
        nodes.append(
            JSONNode(
                kind: kind, isEscaped: isEscaped, start: UInt32(start), end: UInt32(position),
                next: UInt32(nodes.count + 1)))
    }
}
