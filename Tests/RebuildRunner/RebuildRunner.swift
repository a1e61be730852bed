import EventStore
import Foundation
import InfusionPostgres
import InfusionProjections
import Postgres
import Synchronization

/// A rebuild in a process of its own, which may kill itself as `kill -9` would:
///
///     RebuildRunner <conninfo> <role> <tenant> <filler> <events of a page> [<step> <microseconds>]
///
/// It dies so long after so many steps (pages, rounds, phases; 0 is the start), wherever it then is.
/// If it gets to the end, it prints how many steps there were and how many patients had been done
/// before.
@main
enum RebuildRunner {
    static func main() async throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 6 || arguments.count == 8, let tenant = TenantID(arguments[3]),
            let filler = UUID(uuidString: arguments[4]), let pageEvents = Int(arguments[5])
        else { exit(64) }
        let steps = Steps(
            end: arguments.count == 8 ? Int(arguments[6]) : nil,
            delay: arguments.count == 8 ? UInt32(arguments[7]) ?? 0 : 0)
        let pool = PostgresPool(
            configuration: PostgresConfiguration(
                conninfo: arguments[1], settings: ["role": arguments[2]]),
            maximum: 4)
        var rebuilder = ProjectionRebuilder(
            pool: pool, doseReport: DoseReportProjection(zones: [:]))
        rebuilder.pageEvents = pageEvents
        steps.take()
        let report = try await rebuilder.rebuild(tenant: tenant, as: filler) { _ in steps.take() }
        print(steps.taken, report.resumedPatients)
    }
}

private final class Steps: Sendable {
    private let count = Mutex(0)
    private let end: Int?
    private let delay: UInt32

    /// - Parameters:
    ///   - end: The step that is the last.
    ///   - delay: How long after it, in microseconds.
    init(end: Int?, delay: UInt32) {
        self.end = end
        self.delay = delay
    }

    var taken: Int { count.withLock { $0 } }

    func take() {
        let number = count.withLock { count in
            count += 1
            return count - 1
        }
        guard number == end else { return }
        Thread.detachNewThread { [delay] in
            usleep(delay)
            kill(getpid(), SIGKILL)
        }
    }
}
