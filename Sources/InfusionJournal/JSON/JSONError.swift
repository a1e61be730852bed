/// Why a JSON text could not be read. Carries where, never what: safe to log and to answer with.
public struct JSONError: Error, Hashable, Sendable, CustomStringConvertible {
    public let problem: JSONProblem
    /// JSON Pointer (RFC 6901) to the value concerned; empty for the whole text and for syntax.
    public let path: String
    /// The byte at which it was noticed; `nil` where a value is missing or could not be written.
    public let offset: Int?

    public init(_ problem: JSONProblem, path: String = "", offset: Int? = nil) {
        self.problem = problem
        self.path = path
        self.offset = offset
    }

    public var description: String {
        let place = offset.map { " at byte \($0)" } ?? ""
        return path.isEmpty ? "\(problem)\(place)" : "\(path): \(problem)\(place)"
    }
}
