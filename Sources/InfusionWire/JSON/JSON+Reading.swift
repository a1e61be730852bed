public import InfusionJournal

extension JSON {
    /// Nested arrays and objects that a body may have; levels.
    public static let depthMaximum = 32

    /// Reads one strict JSON text with the journal's reader: UTF-8, no name twice in an object, no lone
    /// surrogate, nothing after the value. Its errors name the place and never the content.
    public init(reading bytes: [UInt8]) throws(JSONError) {
        let limits = JSONLimits(bytesMax: bytes.count, depthMax: Self.depthMaximum)
        self.init(try JSONTree(JSONReader(limits: limits).read(bytes)))
    }

    private init(_ tree: JSONTree) {
        switch tree {
        case .null: self = .null
        case .bool(let value): self = .bool(value)
        case .number(let number): self = .number(number.text)
        case .string(let text): self = .string(text)
        case .array(let elements): self = .array(elements.map { JSON($0) })
        case .object(let members):
            self = .object(members.map { Member(name: $0.key, value: JSON($0.value)) })
        }
    }
}
