import Foundation
import Testing

/// The CLI in a process of its own.
struct CommandLineTool: Sendable {
    struct Answer: Sendable {
        let status: Int32
        let wasKilled: Bool
        let out: String
        let error: String
    }

    /// What is added to this process's environment.
    let environment: [String: String]

    /// Runs it to its end.
    /// - Parameter started: Told the process, once it is there.
    @discardableResult
    func run(
        _ arguments: [String], started: @escaping @Sendable (Process) -> Void = { _ in }
    ) async throws -> Answer {
        let process = Process()
        process.executableURL = try Self.executable()
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        let name = NSTemporaryDirectory() + "ferrovia-\(UUID().uuidString)"
        let files = (out: "\(name).out", error: "\(name).err")
        for file in [files.out, files.error] {
            _ = FileManager.default.createFile(atPath: file, contents: nil)
        }
        defer {
            for file in [files.out, files.error] {
                try? FileManager.default.removeItem(atPath: file)
            }
        }
        process.standardOutput = FileHandle(forWritingAtPath: files.out)
        process.standardError = FileHandle(forWritingAtPath: files.error)
        try process.run()
        started(process)
        // Whoever waits is not a thread of the cooperative pool.
        await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                process.waitUntilExit()
                continuation.resume()
            }
        }
        return Answer(
            status: process.terminationStatus,
            wasKilled: process.terminationReason == .uncaughtSignal,
            out: try String(contentsOfFile: files.out, encoding: .utf8),
            error: try String(contentsOfFile: files.error, encoding: .utf8))
    }

    /// Runs it and expects that all is well; what it writes is the answer.
    @discardableResult
    func succeed(_ arguments: String...) async throws -> String {
        let answer = try await run(arguments)
        #expect(answer.status == 0, "\(arguments): \(answer.out)\(answer.error)")
        return answer.out
    }

    private static func executable() throws -> URL {
        let folders = [
            URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent(),
            Bundle.main.bundleURL, Bundle.main.executableURL?.deletingLastPathComponent(),
        ]
        return try #require(
            folders.compactMap { $0?.appending(path: "ferrovia") }
                .first { FileManager.default.isExecutableFile(atPath: $0.path) })
    }
}
