import InfusionWire

/// A body of a command.
protocol WireBody: ObjectReadable {
    /// What the domain calls otherwise.
    static var members: BodyMembers { get }
}

extension WireBody {
    static var members: BodyMembers { [:] }
}

/// Where in a body the things are that the domain calls otherwise: a command comes from a body whose
/// members have the names of the API.
struct BodyMembers: Hashable, Sendable, ExpressibleByDictionaryLiteral {
    private let members: [String: String]

    /// The domain's names, each with the place in the body: `""` is the whole of it, for what the body
    /// does not hold, such as a weight that was to be on record.
    init(dictionaryLiteral elements: (String, String)...) {
        members = Dictionary(uniqueKeysWithValues: elements)
    }

    /// The JSON Pointer to what the domain calls `field`: `labs[3].value`, or a pointer already. The
    /// longest name that is known wins.
    func pointer(to field: String) -> String {
        guard !field.hasPrefix("/") else { return field }
        var parts = field.replacing("[", with: ".").replacing("]", with: "").split(separator: ".")
            .map(String.init)
        for count in stride(from: parts.count, to: 0, by: -1) {
            guard let place = members[parts.prefix(count).joined(separator: ".")] else { continue }
            parts = (place.isEmpty ? [] : [place]) + parts.dropFirst(count)
            break
        }
        return parts.reduce("") { JSONPointer.member($0, $1) }
    }
}
