public import Faults

/// A body, or a part of one, that says itself how it is read.
public protocol ObjectReadable: Sendable {
    /// Members that do not depend on each other are read together (`allRead`), so that what is wrong with
    /// any of them is told at once.
    init(from reader: inout ObjectReader) throws(FieldProblems)
}

/// Reads the members of one JSON object, strictly: a member nobody asked for is an error, since a field
/// misspelt and ignored is a fact lost.
public struct ObjectReader {
    /// JSON Pointer to the object.
    public let pointer: String
    private let members: [String: JSON]
    private let order: [String]
    private var asked: Set<String> = []
    /// Members that belong elsewhere, and were told so.
    private var elsewhere: Set<String> = []
    /// A member on which the others depend could not be read: nobody knows which others belong here.
    private var isUndecided = false

    public init(_ value: JSON, at pointer: String) throws(FieldProblems) {
        guard case .object(let members) = value else {
            throw FieldProblems(pointer, "is \(value.kind)", accepted: "an object")
        }
        self.pointer = pointer
        self.members = Dictionary(uniqueKeysWithValues: members.map { ($0.name, $0.value) })
        order = members.map(\.name)
    }

    public mutating func required<Value>(
        _ name: String, _ field: Field<Value>
    ) throws(FieldProblems) -> Value {
        guard let value = try optional(name, field) else {
            throw FieldProblems(
                JSONPointer.member(pointer, name), "is missing", accepted: field.accepted)
        }
        return value
    }

    /// `nil` if the member is absent or null.
    public mutating func optional<Value>(
        _ name: String, _ field: Field<Value>
    ) throws(FieldProblems) -> Value? {
        asked.insert(name)
        guard let value = members[name], value != .null else { return nil }
        return try field.read(value, JSONPointer.member(pointer, name))
    }

    /// A member that decides which others there are.
    public mutating func deciding<Value>(
        _ name: String, _ field: Field<Value>
    ) throws(FieldProblems) -> Value {
        do throws(FieldProblems) { return try required(name, field) } catch {
            isUndecided = true
            throw error
        }
    }

    /// A member that is no field here, of which it is known where what it says belongs.
    /// - Parameter accepted: that place.
    public mutating func misplaced(_ name: String, accepted: String) throws(FieldProblems) {
        guard members[name] != nil else { return }
        elsewhere.insert(name)
        throw FieldProblems(
            JSONPointer.member(pointer, name), "is not a field here", accepted: accepted)
    }

    /// To be called when everything has been asked for.
    public func finish() throws(FieldProblems) {
        let unknown = order.filter { !asked.contains($0) && !elsewhere.contains($0) }
        guard !isUndecided, !unknown.isEmpty else { return }
        let accepted = asked.sorted().joined(separator: ", ")
        throw FieldProblems(
            unknown.map {
                FieldProblem(
                    pointer: JSONPointer.member(pointer, $0), problem: "is not a field here",
                    accepted: accepted.isEmpty ? "no fields" : accepted)
            })
    }

    public static func read<Body: ObjectReadable>(
        _ type: Body.Type, from value: JSON, at pointer: String = ""
    ) throws(FieldProblems) -> Body {
        try read(value, at: pointer) { (reader) throws(FieldProblems) in
            try Body(from: &reader)
        }
    }

    /// What `read` makes of the object, all of whose members it asks for.
    public static func read<Value>(
        _ value: JSON, at pointer: String,
        _ read: (inout ObjectReader) throws(FieldProblems) -> Value
    ) throws(FieldProblems) -> Value {
        var reader = try ObjectReader(value, at: pointer)
        let (found, _) = try allRead(reading(try read(&reader)), reading(try reader.finish()))
        return found
    }
}
