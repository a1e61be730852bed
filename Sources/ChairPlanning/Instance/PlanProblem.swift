/// What is wrong with an instance: which member, what is wrong with it, and what is accepted.
public struct PlanProblem: Error, Hashable, Sendable, CustomStringConvertible {
    /// JSON Pointer (RFC 6901) into the documented format.
    public let path: String
    public let problem: String
    public let accepted: String

    public init(_ path: String, _ problem: String, accepted: String) {
        self.path = path
        self.problem = problem
        self.accepted = accepted
    }

    public var description: String { "\(path): \(problem); accepted: \(accepted)" }
}

/// Everything that is wrong with one instance, in the order of its members.
public struct PlanProblems: Error, Hashable, Sendable, CustomStringConvertible {
    public let all: [PlanProblem]

    public init(_ all: [PlanProblem]) { self.all = all }

    public var description: String { all.map(\.description).joined(separator: "\n") }
}
