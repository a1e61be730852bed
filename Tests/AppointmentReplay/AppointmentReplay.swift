import EventStore
import Foundation
import Infusion
import InfusionApplication
import InfusionJournal
import InfusionKnowledge
import InfusionPostgres
import Postgres
import PostgresEventStore
import Synchronization

/// Plays the appointments of a CSV file through the real use cases into a tenant's log, each command at its
/// own time:
///
///     AppointmentReplay <conninfo> <tenant> <appointments.csv> <mark>
///
/// `FERROVIA_SITES_FILE` and `FERROVIA_MASTER_KEY_FILE` as for the service. Prints, as JSON, how many commands
/// were accepted, how many were refused by code, and the last position of the commands given by the mark,
/// seconds since 1970.
@main
enum AppointmentReplay {
    static func main() async throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 5, let name = TenantName(arguments[2]),
            let mark = Int64(arguments[4]), let practice = Practice()
        else { exit(64) }
        let pool = PostgresPool(
            configuration: PostgresConfiguration(conninfo: arguments[1]), maximum: 4)
        guard let tenant = try await TenantDirectory(pool: pool).find(name)?.id else { exit(65) }
        let text = try String(contentsOfFile: arguments[3], encoding: .utf8)
        let steps = practice.steps(
            of: try ReplayedAppointment.read(text, by: practice.clock))
        let clock = ReplayClock()
        let log = PostgresEventStore(pool: pool, projector: InfusionProjector())
        let player = ReplayPlayer(
            useCases: try useCases(over: log, pool: pool, clock: clock), clock: clock,
            actor: Actor(
                subject: "replay", tenant: tenant, role: .prescriber,
                scopes: Set(Scope.allCases)))
        let outcome = try await player.play(
            steps, marking: Instant(microsecondsSinceUnixEpoch: mark * 1_000_000))
        print(outcome.json)
    }

    private static func useCases(
        over log: PostgresEventStore<InfusionProjector>, pool: PostgresPool, clock: ReplayClock
    ) throws -> InfusionService {
        let directory = PostgresSubjectDirectory(pool: pool)
        return InfusionService(
            log: log, readModels: PostgresReadModels(pool: pool),
            vault: IdentityVault(
                keys: directory, index: directory,
                keyring: try MasterKeyring.load(try file("FERROVIA_MASTER_KEY_FILE")),
                random: .system),
            sites: try SitesFile(json: try file("FERROVIA_SITES_FILE"), pathways: .standard),
            knowledge: FixedKnowledge(formulary: .standard, pathways: .standard),
            ambient: Ambient(now: { clock.now }, random: .system))
    }

    private static func file(_ variable: String) throws -> [UInt8] {
        guard let path = ProcessInfo.processInfo.environment[variable] else { exit(64) }
        return Array(try Data(contentsOf: URL(filePath: path)))
    }
}

/// Shows the moment of the step being played.
final class ReplayClock: Sendable {
    private let moment = Mutex(Instant(microsecondsSinceUnixEpoch: 0))
    var now: Instant { moment.withLock { $0 } }
    func set(_ instant: Instant) { moment.withLock { $0 = instant } }
}
