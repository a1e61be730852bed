public import Faults

/// What is wrong with one field, where, and what would be right.
public struct FieldProblem: Hashable, Sendable, CustomStringConvertible {
    /// A JSON Pointer (RFC 6901) into the text; `""` is the whole of it.
    public let pointer: String
    public let problem: String
    public let accepted: String?

    public init(pointer: String, problem: String, accepted: String?) {
        self.pointer = pointer
        self.problem = problem
        self.accepted = accepted
    }

    /// `/visits/0/urgency: is not valid; accepted: routine, soon, urgent, emergency`.
    public var description: String {
        "\(pointer): \(problem)" + (accepted.map { "; accepted: \($0)" } ?? "")
    }

    public var json: JSON {
        [
            "pointer": .string(pointer), "problem": .string(problem),
            "accepted": accepted.map { .string($0) } ?? .null,
        ]
    }
}

/// All that is wrong with a body, as far as reading it can tell.
public typealias FieldProblems = Faults<FieldProblem>

extension Faults where Fault == FieldProblem {
    public init(_ pointer: String, _ problem: String, accepted: String? = nil) {
        self.init(FieldProblem(pointer: pointer, problem: problem, accepted: accepted))
    }
}

/// One reading of several that are told together by `allRead`.
public func reading<Value>(
    _ read: @autoclosure () throws(FieldProblems) -> Value
) -> Result<Value, FieldProblems> {
    Result(catching: read)
}
