import EventStore
import Infusion
import InfusionWire

/// A no, with all that it names: to people in a line, to programs as the API has it.
extension Failure {
    init(
        _ refusal: Refusal, version: StreamVersion, position: Position, exit: Exit = .refused
    ) {
        let detail = refusal.detail { $0 }
        let accepted = (refusal.field?.accepted ?? refusal.members.accepted)
            .map { "accepted: \($0)" }
        self.init(
            refused: refusal.code,
            [refusal.title, detail, accepted].compactMap(\.self).joined(separator: "; "),
            told: Self.told(refusal.title, detail) + (refusal.field?.members ?? [])
                + refusal.members + Self.judged(at: version, position), exit: exit)
    }

    init(_ refusal: SiteRefusal, version: StreamVersion, position: Position) {
        self.init(
            refused: refusal.code, refusal.text,
            told: Self.told(refusal.title, refusal.text) + (refusal.field?.members ?? [])
                + refusal.members + Self.judged(at: version, position))
    }

    /// - Parameters:
    ///   - line: What is wrong this time, and what would be accepted.
    ///   - members: Of the refusal, besides its code.
    init(
        refused code: String, _ line: String, told members: [JSON.Member], exit: Exit = .refused
    ) {
        self.init(
            message: "refused (\(code)): \(line)", exit: exit,
            members: Self.refusal(code, members))
    }

    static func refusal(_ code: String, _ members: [JSON.Member]) -> [JSON.Member] {
        [
            .init(
                name: "refusal",
                value: .object([.init(name: "code", value: .string(code))] + members))
        ]
    }

    private static func told(_ title: String, _ detail: String?) -> [JSON.Member] {
        [.init(name: "title", value: .string(title))]
            + (detail.map { [.init(name: "detail", value: .string($0))] } ?? [])
    }

    private static func judged(at version: StreamVersion, _ position: Position) -> [JSON.Member] {
        [
            .init(name: "version", value: .integer(version.value)),
            .init(name: "position", value: .integer(position.value)),
        ]
    }
}

extension [JSON.Member] {
    /// The names that would be accepted, with commas between them.
    fileprivate var accepted: String? {
        guard case .array(let names)? = first(where: { $0.name == "accepted" })?.value,
            !names.isEmpty
        else { return nil }
        return names.compactMap { name in
            if case .string(let text) = name { text } else { nil }
        }.joined(separator: ", ")
    }
}

extension RefusedField {
    /// As the API has them, with the field's own name: there is no body to point into.
    fileprivate var members: [JSON.Member] {
        let error: JSON = [
            "field": .string(field), "problem": .string(problem),
            "accepted": .optional(accepted) { .string($0) },
        ]
        return [.init(name: "errors", value: [error])]
    }
}
