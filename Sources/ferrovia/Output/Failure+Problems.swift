import ChairPlanning
import Faults
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
