import InfusionWire

/// A body, or a part of one, that says itself how it is read.
protocol WireBody: Sendable {
    /// What the domain calls otherwise.
    static var members: BodyMembers { get }
    init(from reader: inout ObjectReader) throws(FieldProblems)
}

extension WireBody {
    static var members: BodyMembers { [:] }
}

/// Reads the members of one JSON object, strictly: a member nobody asked for is an error, since a field
/// misspelt and ignored is a fact lost.
struct ObjectReader {
    let pointer: String
    private let members: [String: JSON]
    private let order: [String]
    private var asked: [String] = []

    init(_ value: JSON, at pointer: String) throws(FieldProblems) {
        guard case .object(let members) = value else {
            throw FieldProblems(pointer, "is \(value.kind)", accepted: "an object")
        }
        self.pointer = pointer
        self.members = Dictionary(uniqueKeysWithValues: members.map { ($0.name, $0.value) })
        order = members.map(\.name)
    }

    mutating func required<Value>(
        _ name: String, _ field: Field<Value>
    ) throws(FieldProblems) -> Value {
        guard let value = try optional(name, field) else {
            throw FieldProblems(
                Problem.pointer(pointer, name), "is missing", accepted: field.accepted)
        }
        return value
    }

    /// `nil` if the member is absent or null.
    mutating func optional<Value>(
        _ name: String, _ field: Field<Value>
    ) throws(FieldProblems) -> Value? {
        asked.append(name)
        guard let value = members[name], value != .null else { return nil }
        return try field.read(value, Problem.pointer(pointer, name))
    }

    /// To be called when everything has been asked for.
    func finish() throws(FieldProblems) {
        let unknown = order.filter { !asked.contains($0) }
        guard !unknown.isEmpty else { return }
        let accepted = asked.sorted().joined(separator: ", ")
        throw FieldProblems(
            unknown.map {
                FieldProblem(
                    pointer: Problem.pointer(pointer, $0), problem: "is not a field here",
                    accepted: accepted.isEmpty ? "no fields" : accepted)
            })
    }

    static func read<Body: WireBody>(
        _ type: Body.Type, from value: JSON, at pointer: String = ""
    ) throws(FieldProblems) -> Body {
        var reader = try ObjectReader(value, at: pointer)
        let body: Body
        do {
            body = try Body(from: &reader)
        } catch {
            throw reader.including(error)
        }
        try reader.finish()
        return body
    }

    /// A missing member is often a misspelt one: both are told at once.
    private func including(_ problems: FieldProblems) -> FieldProblems {
        guard problems.all.count == 1, problems.all[0].problem == "is missing",
            problems.all[0].pointer == Problem.pointer(pointer, asked.last ?? "")
        else { return problems }
        let near = order.filter { name in
            !asked.contains(name) && asked.last.map { $0.lowercased() == name.lowercased() } == true
        }
        return FieldProblems(
            problems.all
                + near.map {
                    FieldProblem(
                        pointer: Problem.pointer(pointer, $0), problem: "is not a field here",
                        accepted: asked.last)
                })
    }
}

/// How one value is read, and what is accepted, in words.
struct Field<Value>: Sendable {
    let accepted: String
    let read: @Sendable (JSON, String) throws(FieldProblems) -> Value

    init(
        _ accepted: String,
        read: @escaping @Sendable (JSON, String) throws(FieldProblems) -> Value
    ) {
        self.accepted = accepted
        self.read = read
    }

    /// A value that is read from one string; `nil` is a refusal.
    static func string(
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
}
