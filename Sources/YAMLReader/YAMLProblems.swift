public import Faults

/// What is wrong at one place of a file, and what would be accepted there.
public struct YAMLProblem: Hashable, Sendable, CustomStringConvertible {
    public let file: String
    /// From 1; `nil` where the file as a whole is meant.
    public let line: Int?
    public let column: Int?
    /// `rows[3].dose`; empty at the top.
    public let path: String
    public let message: String

    public init(file: String, line: Int?, column: Int?, path: String, message: String) {
        self.file = file
        self.line = line
        self.column = column
        self.path = path
        self.message = message
    }

    /// `formulary.yaml:12:7: rows[3].dose: is '750'; accepted: milligrams, such as 750 mg`.
    public var description: String {
        var place = file
        if let line { place += ":\(line)" }
        if let column { place += ":\(column)" }
        return path.isEmpty ? "\(place): \(message)" : "\(place): \(path): \(message)"
    }
}

/// Everything that is wrong with a file: one reading tells it all.
public typealias YAMLProblems = Faults<YAMLProblem>

/// One reading of several that are told together by `allRead`.
public func reading<Value>(
    _ read: @autoclosure () throws(YAMLProblems) -> Value
) -> Result<Value, YAMLProblems> {
    Result(catching: read)
}
