public import Faults

/// The members of a mapping, each read at most once; what nobody asked for is a problem.
public struct YAMLMapping {
    public let value: YAMLValue
    private let members: [(key: String, value: YAMLValue)]
    private var asked: [String] = []

    init(_ value: YAMLValue, _ members: [(key: String, value: YAMLValue)]) {
        self.value = value
        self.members = members
    }

    /// In the order of the file.
    public var keys: [String] { members.map(\.key) }

    /// The members, for mappings whose keys are data.
    public var all: [(key: String, value: YAMLValue)] { members }

    public mutating func optional(_ key: String) -> YAMLValue? {
        if !asked.contains(key) { asked.append(key) }
        return members.first { $0.key == key }?.value
    }

    public mutating func required(_ key: String) throws(YAMLProblems) -> YAMLValue {
        guard let value = optional(key) else {
            throw self.value.problem("has no '\(key)', which is required")
        }
        return value
    }

    /// All members have been asked for: any other is a slip of the pen.
    public func finish() throws(YAMLProblems) {
        let unknown = members.filter { !asked.contains($0.key) }
        guard unknown.isEmpty else {
            let accepted = asked.joined(separator: ", ")
            throw YAMLProblems(
                unknown.flatMap {
                    $0.value.problem("is not known here; accepted: \(accepted)").all
                })
        }
    }
}
