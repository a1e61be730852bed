import Infusion
import InfusionJournal

/// An object of a mapping file, read strictly: a member that nobody knows is named and refused, and so is one
/// of the wrong kind. A misspelt member that is ignored would be a column that is ignored.
struct MappingObject {
    private let object: JSONObject
    /// Before a member's name: `patient.`; nothing for the root.
    private let prefix: String

    init(
        _ value: JSONValue, at path: String, members: [String]
    ) throws(LabsMapping.MappingProblem) {
        prefix = path.isEmpty ? "" : "\(path)."
        let accepted = members.joined(separator: ", ")
        guard let object = try? value.object() else {
            throw LabsMapping.MappingProblem(
                description: "\(path.isEmpty ? "the mapping" : path): an object with \(accepted)")
        }
        self.object = object
        let unknown = object.members().map(\.key).filter { !members.contains($0) }
        guard unknown.isEmpty else {
            throw LabsMapping.MappingProblem(
                description: unknown.map { prefix + $0 }.joined(separator: ", ")
                    + ": unknown; accepted are \(accepted)")
        }
    }

    func problem(_ member: String, _ expected: String) -> LabsMapping.MappingProblem {
        LabsMapping.MappingProblem(description: "\(prefix)\(member): \(expected)")
    }

    func text(
        _ member: String, _ expected: String
    ) throws(LabsMapping.MappingProblem) -> String {
        guard let text = try optionalText(member, expected) else {
            throw problem(member, "missing; \(expected)")
        }
        return text
    }

    func optionalText(
        _ member: String, _ expected: String
    ) throws(LabsMapping.MappingProblem) -> String? {
        guard let value = value(member) else { return nil }
        guard let text = try? value.string(), !text.isEmpty else {
            throw problem(member, expected)
        }
        return text
    }

    func object(
        _ member: String, members: [String]
    ) throws(LabsMapping.MappingProblem) -> MappingObject? {
        guard let value = value(member) else { return nil }
        return try MappingObject(value, at: prefix + member, members: members)
    }

    func objects(
        _ member: String, members: [String]
    ) throws(LabsMapping.MappingProblem) -> [MappingObject] {
        var objects: [MappingObject] = []
        for (index, value) in try array(member, "an array of objects").enumerated() {
            objects.append(
                try MappingObject(value, at: "\(prefix)\(member)[\(index)]", members: members))
        }
        return objects
    }

    func texts(_ member: String) throws(LabsMapping.MappingProblem) -> [String] {
        var texts: [String] = []
        for value in try array(member, "an array of strings") {
            guard let text = try? value.string() else {
                throw problem(member, "an array of strings")
            }
            texts.append(text)
        }
        return texts
    }

    private func array(
        _ member: String, _ expected: String
    ) throws(LabsMapping.MappingProblem) -> [JSONValue] {
        guard let value = value(member) else { return [] }
        guard let array = try? value.array() else { throw problem(member, expected) }
        return array
    }

    private func value(_ member: String) -> JSONValue? {
        var reading = object
        guard let value = reading.memberIfPresent(member), !value.isNull else { return nil }
        return value
    }
}
