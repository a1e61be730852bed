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

    private let process: ChildProcess

    /// Runs one to its end.
    /// - Returns: How it ended, and the phases that it told of, in order.
    static func run(
        _ database: ClinicDatabase, _ end: End? = nil, scope: String = "all"
    ) async throws -> (outcome: Outcome, phases: [String]) {
        try await RebuildProcess(database, end, scope: scope).ended()
    }

    init(_ database: ClinicDatabase, _ end: End? = nil, scope: String = "all") async throws {
        process = try await ChildProcess(
            try ChildProcess.program("RebuildRunner"),
            [
                database.admin.conninfo, ClinicDatabase.serviceRole, database.tenant.description,
                UUID().uuidString, "40", scope,
            ]
                + (end.map {
                    [$0.signal.rawValue, $0.phase, String($0.count), String($0.microseconds)]
                } ?? []))
    }

    /// Whether it has stopped itself and is still there.
    var isStopped: Bool {
        let stat = try? String(
            contentsOfFile: "/proc/\(process.id)/stat", encoding: .utf8)
        // The state comes behind the name, which is in parentheses.
        return stat?.split(separator: ")").last?.dropFirst().first == "T"
    }

    func send(_ signal: Int32) { process.send(signal) }

    func ended() async throws -> (outcome: Outcome, phases: [String]) {
        let end = try await process.ended()
        let lines = end.output.split(separator: "\n").map { $0.split(separator: " ") }
        let phases = lines.filter { $0.first == "met" }.compactMap { $0.last.map(String.init) }
        switch end.status {
        case .signaled(let signal):
            #expect(signal == SIGKILL)
            return (.killed, phases)
        case .exited(0):
            let last = try #require(lines.last)
            #expect(last.first == "resumed")
            return (.finished(resumed: try #require(Int(last[1]))), phases)
        case .exited(let status):
            let last = try #require(lines.last)
            #expect(status == 1 && last.first == "failed", "\(lines)")
            return (.failed(String(last[1])), phases)
        }
    }
}
