/// Why a payload could not be read or written: where, and what was expected; never what was found.
public struct PayloadError: Error, Hashable, Sendable, CustomStringConvertible {
    public let problem: Problem
    /// JSON Pointer within the payload.
    public let path: String

    public enum Problem: Hashable, Sendable {
        /// Not JSON, or not with the members and kinds this payload has.
        case json(JSONProblem, offset: Int?)
        /// A code that is not in the table of the enumeration named.
        case unknownCode(of: String)
        /// An encrypted value that could not be opened or made.
        case sealed(SealProblem)
        /// A value of the domain that the stored format has no text for.
        case notStorable(accepted: String)
    }

    public init(_ problem: Problem, path: String) {
        self.problem = problem
        self.path = path
    }

    init(_ error: JSONError) {
        self.init(.json(error.problem, offset: error.offset), path: error.path)
    }

    /// The same, seen from one level up.
    func within(_ key: String) -> PayloadError {
        PayloadError(problem, path: "/\(key)\(path)")
    }

    public var description: String {
        let reason =
            switch problem {
            case .json(let problem, nil): problem.description
            case .json(let problem, let offset?): "\(problem) at byte \(offset)"
            case .unknownCode(let name): "unknown code of \(name)"
            case .sealed(let problem): problem.description
            case .notStorable(let accepted): "not storable; accepted: \(accepted)"
            }
        return path.isEmpty ? reason : "\(path): \(reason)"
    }
}
