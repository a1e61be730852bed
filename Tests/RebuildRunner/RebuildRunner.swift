import EventStore
import Foundation
import InfusionPostgres
import InfusionProjections
import Postgres
import Synchronization

/// A rebuild in a process of its own, which may end or stop itself as `kill -9` and `kill -STOP` would:
///
///     RebuildRunner <conninfo> <role> <tenant> <filler> <events of a page> <scope>
///         [<signal> <phase> <count> <microseconds>]
///
/// The scope is `all`, or `changed`: every patient's live rows where they are. The signal, `KILL` or `STOP`,
/// comes so many microseconds after so many reports of that phase (0 is the first): with 0 microseconds right
/// there, wherever the rebuild tells of it; `any` counts all reports. Each report is printed as
/// it is met, so that whoever started it knows how far it came. If it gets to the end, it prints how many
/// patients had been done before; if it fails, the code of the failure, and ends with 1.
@main
enum RebuildRunner {
    static func main() async throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 7 || arguments.count == 11, let tenant = TenantID(arguments[3]),
            let filler = UUID(uuidString: arguments[4]), let pageEvents = Int(arguments[5])
        else { exit(64) }
        let steps = Steps(end: arguments.count == 11 ? Steps.End(arguments[7...]) : nil)
        let pool = PostgresPool(
            configuration: PostgresConfiguration(
                conninfo: arguments[1], settings: ["role": arguments[2]]),
            maximum: 4)
        var rebuilder = ProjectionRebuilder(
            pool: pool, doseReport: DoseReportProjection(zones: [:]))
        rebuilder.pageEvents = pageEvents
        rebuilder.catchUpEvents = pageEvents
        // Not optimized, on a busy machine: it is asked where it ends, not how long it takes.
        rebuilder.holding.events = .max
        rebuilder.holding.time = .seconds(20)
        if arguments.count < 11 || arguments[7] != "STOP" { rebuilder.holding.pause = .seconds(20) }
        do {
            let report =
                arguments[6] == "all"
                ? try await rebuilder.rebuild(tenant: tenant, as: filler) { steps.take($0.phase) }
                : try await rebuilder.rebuild(changedAfter: .start, tenant: tenant) {
                    steps.take($0.phase)
                }
            say("resumed \(report.resumedPatients)")
        } catch {
            say("failed \(error.code.name)")
            exit(1)
        }
    }
}

/// At once: a process that is killed empties no buffers.
private func say(_ line: String) {
    FileHandle.standardOutput.write(Data("\(line)\n".utf8))
}

private final class Steps: Sendable {
    struct End {
        let signal: Int32
        /// `nil` for whichever.
        let phase: String?
        let count: Int
        let microseconds: UInt32

        init?(_ arguments: ArraySlice<String>) {
            let words = Array(arguments)
            guard words.count == 4, let count = Int(words[2]), let wait = UInt32(words[3]) else {
                return nil
            }
            signal = words[0] == "STOP" ? SIGSTOP : SIGKILL
            phase = words[1] == "any" ? nil : words[1]
            self.count = count
            microseconds = wait
        }
    }

    /// Within which a signal to the own process has come, by far.
    private static let signalMicroseconds: UInt32 = 200_000

    private let met = Mutex(0)
    private let end: End?

    init(end: End?) { self.end = end }

    func take(_ phase: RebuildProgress.Phase) {
        say("met \(phase)")
        guard let end, end.phase.map({ $0 == "\(phase)" }) ?? true else { return }
        let number = met.withLock { met in
            met += 1
            return met - 1
        }
        guard number == end.count else { return }
        guard end.microseconds > 0 else {
            kill(getpid(), end.signal)
            // The signal may be taken by another thread: on a busy machine this one would go on for a moment.
            usleep(Self.signalMicroseconds)
            return
        }
        Thread.detachNewThread {
            usleep(end.microseconds)
            kill(getpid(), end.signal)
        }
    }
}
