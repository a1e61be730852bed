import EventStore
import Foundation
import Postgres
import TestPostgres
import Testing

/// A rebuild in a process of its own (`Tests/RebuildRunner`), which a test may let end or stop itself.
struct RebuildProcess: Sendable {
    /// When it ends or stops, and how.
    struct End {
        enum Signal: String {
            case kill = "KILL"
            case stop = "STOP"
        }

        var signal = Signal.kill
        /// A phase of `RebuildProgress`, by its name; `any` counts the reports of all of them.
        var phase = "any"
        /// After so many reports; 0 is the first.
        var count = 0
        /// How long after it; with 0 right in the report.
        var microseconds = 0
    }

    enum Outcome: Equatable {
        case killed
        case finished(resumed: Int)
        /// The code of the failure.
        case failed(String)
    }

    private let process = Process()
    private let output: Task<String, Never>

    /// Runs one to its end.
    /// - Returns: How it ended, and the phases that it told of, in order.
    static func run(
        _ database: ClinicDatabase, _ end: End? = nil, scope: String = "all"
    ) async throws -> (outcome: Outcome, phases: [String]) {
        try await RebuildProcess(database, end, scope: scope).ended()
    }

    /// Starts one; whoever waits for it is not a thread of the cooperative pool.
    init(_ database: ClinicDatabase, _ end: End? = nil, scope: String = "all") throws {
        let process = process
        process.executableURL = try Self.executable()
        process.arguments =
            [
                database.admin.conninfo, ClinicDatabase.serviceRole, database.tenant.description,
                UUID().uuidString, "40", scope,
            ]
            + (end.map {
                [$0.signal.rawValue, $0.phase, String($0.count), String($0.microseconds)]
            } ?? [])
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let reading = pipe.fileHandleForReading
        output = Task {
            await withCheckedContinuation { continuation in
                Thread.detachNewThread {
                    let text = String(decoding: reading.readDataToEndOfFile(), as: UTF8.self)
                    process.waitUntilExit()
                    continuation.resume(returning: text)
                }
            }
        }
    }

    /// Whether it has stopped itself and is still there.
    var isStopped: Bool {
        let stat = try? String(
            contentsOfFile: "/proc/\(process.processIdentifier)/stat", encoding: .utf8)
        // The state comes behind the name, which is in parentheses.
        return stat?.split(separator: ")").last?.dropFirst().first == "T"
    }

    func send(_ signal: Int32) { _ = Foundation.kill(process.processIdentifier, signal) }

    func ended() async throws -> (outcome: Outcome, phases: [String]) {
        let lines = await output.value.split(separator: "\n").map { $0.split(separator: " ") }
        let phases = lines.filter { $0.first == "met" }.compactMap { $0.last.map(String.init) }
        guard process.terminationReason == .exit else {
            #expect(process.terminationStatus == SIGKILL)
            return (.killed, phases)
        }
        let last = try #require(lines.last)
        if process.terminationStatus == 0 {
            #expect(last.first == "resumed")
            return (.finished(resumed: try #require(Int(last[1]))), phases)
        }
        #expect(process.terminationStatus == 1 && last.first == "failed", "\(lines)")
        return (.failed(String(last[1])), phases)
    }

    private static func executable() throws -> URL {
        let folders = [
            URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent(),
            Bundle.main.bundleURL, Bundle.main.executableURL?.deletingLastPathComponent(),
        ]
        return try #require(
            folders.compactMap { $0?.appending(path: "RebuildRunner") }
                .first { FileManager.default.isExecutableFile(atPath: $0.path) })
    }
}
