import Foundation
import Subprocess
import Synchronization

#if canImport(System)
    import System
#else
    import SystemPackage
#endif

/// A process of a test's own, which may be spoken to, signalled and awaited.
///
/// Not Foundation's `Process`: to start one it copies every entry of `/proc/self/fd` as if it were of full length,
/// beyond the end of what it has read. With the thousand connections of a whole run that was a crash now and then.
public final class ChildProcess: Sendable {
    /// How it ended, and what it had written.
    public struct End: Sendable {
        public enum Status: Equatable, Sendable {
            case exited(Int32)
            case signaled(Int32)
        }

        public let status: Status
        public let output: String
        public let error: String

        public var wasKilled: Bool { status == .signaled(SIGKILL) }
    }

    /// Of either stream. Nothing that a test looks at is longer.
    private static let outputBytes = 64 << 20

    public let id: Int32
    private let running: Task<End, any Error>
    private let words: AsyncStream<String>.Continuation
    private let hasEnded = HasEnded()

    private final class HasEnded: Sendable {
        let value = Atomic(false)
    }

    /// Starts one, and returns when it runs.
    /// - Parameters:
    ///   - environment: What is added to this process's own.
    ///   - hasInput: Whether something will be said to it. If not its input is at its end from the first; else it
    ///     is when the process is awaited, when nobody has it any more, and when the test's process is gone.
    public init(
        _ executable: String, _ arguments: [String], environment: [String: String] = [:],
        in directory: String? = nil, hasInput: Bool = false
    ) async throws {
        let (words, said) = AsyncStream.makeStream(of: String.self)
        let (ids, started) = AsyncStream.makeStream(of: Int32.self)
        if !hasInput { said.finish() }
        let added = environment.map {
            (Environment.Key(stringLiteral: $0.key), Optional($0.value))
        }
        let hasEnded = hasEnded
        self.words = said
        running = Task {
            defer {
                hasEnded.value.store(true, ordering: .releasing)
                started.finish()
            }
            let result = try await Subprocess.run(
                .path(FilePath(executable)), arguments: Arguments(arguments),
                environment: .inherit.updating(Dictionary(uniqueKeysWithValues: added)),
                workingDirectory: directory.map { FilePath($0) }, input: .inputWriter,
                output: .string(limit: Self.outputBytes), error: .string(limit: Self.outputBytes)
            ) { execution in
                started.yield(execution.processIdentifier.value)
                for await word in words {
                    _ = try await execution.standardInputWriter.write("\(word)\n")
                }
                try await execution.standardInputWriter.finish()
            }
            return End(
                status: End.Status(result.terminationStatus), output: result.standardOutput,
                error: result.standardError)
        }
        guard let id = await ids.first(where: { _ in true }) else {
            _ = try await running.value
            throw TestPostgresError("\(executable) did not start")
        }
        self.id = id
    }

    deinit {
        words.finish()
    }

    /// Runs one to its end.
    public static func run(
        _ executable: String, _ arguments: [String], in directory: String? = nil
    ) async throws -> End {
        try await ChildProcess(executable, arguments, in: directory).ended()
    }

    /// Where a program of this package lies that was built with the tests.
    public static func program(_ name: String) throws -> String {
        let folders = [
            URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent(),
            Bundle.main.bundleURL, Bundle.main.executableURL?.deletingLastPathComponent(),
        ]
        let path = folders.compactMap { $0?.appending(path: name).path }
            .first(where: FileManager.default.isExecutableFile(atPath:))
        guard let path else { throw TestPostgresError("\(name) was not built") }
        return path
    }

    /// A line for its input.
    public func say(_ line: String) { words.yield(line) }

    /// Its number is nobody's any more once it has ended.
    public func send(_ signal: Int32) {
        guard !hasEnded.value.load(ordering: .acquiring) else { return }
        _ = Glibc.kill(id, signal)
    }

    /// Waits until it has ended and all that it wrote has been read.
    public func ended() async throws -> End {
        words.finish()
        return try await running.value
    }
}

extension ChildProcess.End.Status {
    fileprivate init(_ status: TerminationStatus) {
        switch status {
        case .exited(let code): self = .exited(code)
        case .signaled(let signal): self = .signaled(signal)
        }
    }
}
