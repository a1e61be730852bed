import ChairPlanning
import Faults
import InfusionJournal
import InfusionWire
import YAMLReader

/// What a file holds that is not accepted: each place, what is wrong there, and what would be right.
extension Failure {
    init(_ problems: YAMLProblems) {
        self.init(
            message: problems.description, exit: .inputOutput,
            members: [.init(name: "errors", value: .list(problems.all, \.json))])
    }

    /// - Parameter path: The file.
    init(_ problems: FieldProblems, of path: String) {
        self.init(
            message: problems.description.split(separator: "\n").map { "\(path): \($0)" }
                .joined(separator: "\n"),
            exit: .inputOutput,
            members: [.init(name: "errors", value: .list(problems.all, \.json))])
    }

    /// What is wrong with the arguments.
    init(_ problems: PlanProblems) {
        self.init(
            message: problems.all.map(\.description).joined(separator: "\n"), exit: .usage,
            members: [.init(name: "errors", value: .list(problems.all, \.json))])
    }
}

extension Failure {
    init(_ error: JSONError, of path: String) {
        self.init(
            message: "\(path): \(error)", exit: .inputOutput,
            members: [
                .init(
                    name: "errors",
                    value: [
                        [
                            "file": .string(path), "pointer": .string(error.path),
                            "problem": .string("\(error.problem)"),
                            "byte": .optional(error.offset) { .integer($0) },
                        ]
                    ])
            ])
    }

    /// What is accepted stands in the problem's own words.
    init(_ problem: LogFileProblem) {
        self.init(
            message: "\(problem)", exit: .software,
            members: [
                .init(
                    name: "errors",
                    value: [
                        [
                            "place": .string(problem.place),
                            "field": .optional(problem.member) { .string($0) },
                            "problem": .string(problem.message),
                        ]
                    ])
            ])
    }
}

extension YAMLProblem {
    /// What is accepted stands in the problem's own words.
    fileprivate var json: JSON {
        [
            "file": .string(file), "line": .optional(line) { .integer($0) },
            "column": .optional(column) { .integer($0) }, "field": .string(path),
            "problem": .string(message),
        ]
    }
}

extension PlanProblem {
    fileprivate var json: JSON {
        ["field": .string(path), "problem": .string(problem), "accepted": .string(accepted)]
    }
}
