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
    /// - Parameter text: What was read, so that the place is told as an editor shows it.
    init(_ error: JSONError, of path: String, in text: [UInt8]) {
        let place = error.offset.map { TextPlace(byte: $0, of: text) }
        let file = place.map { "\(path):\($0.line):\($0.column)" } ?? path
        let pointer = error.path.isEmpty ? "" : "\(error.path): "
        self.init(
            message: "\(file): \(pointer)\(error.problem)", exit: .inputOutput,
            members: [
                .init(
                    name: "errors",
                    value: [
                        [
                            "file": .string(path), "pointer": .string(error.path),
                            "problem": .string("\(error.problem)"),
                            "line": .optional(place) { .integer($0.line) },
                            "column": .optional(place) { .integer($0.column) },
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

/// A place in a text, as editors count it: both from 1 on, columns in characters of Unicode's tables.
private struct TextPlace {
    let line: Int
    let column: Int

    /// - Parameter byte: May be that after the last.
    init(byte: Int, of text: [UInt8]) {
        let before = text.prefix(byte)
        let lineFeed = UInt8(ascii: "\n")
        line = before.count { $0 == lineFeed } + 1
        let begins = before.lastIndex(of: lineFeed).map { $0 + 1 } ?? 0
        // Bytes that continue a character begin with 10.
        column = before[begins...].count { $0 & 0b1100_0000 != 0b1000_0000 } + 1
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
