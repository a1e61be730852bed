import TestPostgres
import Testing

/// The CLI in a process of its own.
struct CommandLineTool: Sendable {
    struct Answer: Sendable {
        /// Minus the number of the signal, if one ended it.
        let status: Int32
        let out: String
        let error: String
    }

    /// What is added to this process's environment.
    let environment: [String: String]

    /// Runs it to its end.
    @discardableResult
    func run(_ arguments: [String]) async throws -> Answer {
        let end = try await started(arguments).ended()
        let status =
            switch end.status {
            case .exited(let code): code
            case .signaled(let signal): -signal
            }
        return Answer(status: status, out: end.output, error: end.error)
    }

    /// Starts it, for whoever does not wait for its end.
    func started(_ arguments: [String]) async throws -> ChildProcess {
        try await ChildProcess(
            try ChildProcess.program("ferrovia"), arguments, environment: environment)
    }

    /// Runs it and expects that all is well; what it writes is the answer.
    @discardableResult
    func succeed(_ arguments: String...) async throws -> String {
        let answer = try await run(arguments)
        #expect(answer.status == 0, "\(arguments): \(answer.out)\(answer.error)")
        return answer.out
    }
}
