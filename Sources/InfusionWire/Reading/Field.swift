public import Faults

/// How one value is read, and what is accepted, in words.
public struct Field<Value>: Sendable {
    public let accepted: String
    /// The value, and the JSON Pointer to it.
    public let read: @Sendable (JSON, String) throws(FieldProblems) -> Value

    public init(
        _ accepted: String,
        read: @escaping @Sendable (JSON, String) throws(FieldProblems) -> Value
    ) {
        self.accepted = accepted
        self.read = read
    }

    /// A value that is read from one string; `nil` is a refusal.
    public static func string(
        _ accepted: String, _ parse: @escaping @Sendable (String) -> Value?
    ) -> Field {
        Field(accepted) { (value, pointer) throws(FieldProblems) in
            guard case .string(let text) = value else {
                throw FieldProblems(pointer, "is \(value.kind)", accepted: accepted)
            }
            guard let parsed = parse(text) else {
                throw FieldProblems(pointer, "is not valid", accepted: accepted)
            }
            return parsed
        }
    }

    /// One of a closed set, by its name on the wire.
    public static func oneOf(_ names: [(String, Value)]) -> Field where Value: Sendable {
        let byName = Dictionary(names, uniquingKeysWith: { first, _ in first })
        return string(names.map(\.0).joined(separator: ", ")) { byName[$0] }
    }

    /// One of an enumeration's cases, by raw value.
    public static func oneOf(_ type: Value.Type) -> Field
    where Value: CaseIterable & RawRepresentable & Sendable, Value.RawValue == String {
        oneOf(Value.allCases.map { ($0.rawValue, $0) })
    }

    public static func object(_ type: Value.Type) -> Field where Value: ObjectReadable {
        Field("an object") { (value, pointer) throws(FieldProblems) in
            try ObjectReader.read(type, from: value, at: pointer)
        }
    }

    /// An object whose members `read` asks for.
    public static func object(
        _ read: @escaping @Sendable (inout ObjectReader) throws(FieldProblems) -> Value
    ) -> Field {
        Field("an object") { (value, pointer) throws(FieldProblems) in
            try ObjectReader.read(value, at: pointer, read)
        }
    }

    /// So many values of one kind; all that is wrong with any of them is told at once.
    public static func array<Element: Sendable>(
        of element: Field<Element>, count: ClosedRange<Int>
    ) -> Field where Value == [Element] {
        let accepted =
            "an array of \(count.lowerBound) to \(count.upperBound), each \(element.accepted)"
        return Field(accepted) { (value, pointer) throws(FieldProblems) in
            guard case .array(let values) = value else {
                throw FieldProblems(pointer, "is \(value.kind)", accepted: accepted)
            }
            guard count.contains(values.count) else {
                throw FieldProblems(pointer, "has \(values.count) elements", accepted: accepted)
            }
            return try values.enumerated().allRead { (value) throws(FieldProblems) in
                try element.read(value.1, "\(pointer)/\(value.0)")
            }
        }
    }
}

extension Field where Value == Bool {
    public static let boolean = Field("true or false") { (value, pointer) throws(FieldProblems) in
        guard case .bool(let flag) = value else {
            throw FieldProblems(pointer, "is \(value.kind)", accepted: "true or false")
        }
        return flag
    }
}

extension Field where Value == Int {
    public static func integer(_ range: ClosedRange<Int>) -> Field {
        let accepted = "an integer from \(range.lowerBound) to \(range.upperBound)"
        return Field(accepted) { (value, pointer) throws(FieldProblems) in
            guard case .number(let text) = value else {
                throw FieldProblems(pointer, "is \(value.kind)", accepted: accepted)
            }
            guard let number = Int(text), range.contains(number) else {
                throw FieldProblems(pointer, "is not valid", accepted: accepted)
            }
            return number
        }
    }
}
