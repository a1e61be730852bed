import ArgumentParser
import EventStore
import Foundation
import Infusion
import InfusionApplication

/// P3 in process: the demo clinic's commands, loaded, decided, appended with their inline projections.
///
/// Each client plays its own patients' lives, every command at its own time.
struct CommandLoad: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "command", abstract: "Full commands by concurrent clients, in process.")
    @OptionGroup var options: BenchOptions
    @Option(help: "Another seed makes other patients.") var seed: UInt64 = 1
    @Option(help: "Patients in all.") var patients = 20_000

    @TaskLocal private static var moment = Instant(microsecondsSinceUnixEpoch: 0)

    func run() async throws {
        let pool = options.pool()
        let tenant = options.tenant
        let clinic = try await clinic()
        let service = try BenchService.make(
            pool: pool, sites: clinic.sites, now: { Self.moment })
        let actor = BenchService.actor(of: tenant)
        let lives = clinic.lives
        let sample = try await ClosedLoop.run(clients: options.clients, seconds: options.seconds) {
            client, turn in
            guard let step = lives.step(of: client, turn) else {
                throw ValidationError("too few patients for so long a run")
            }
            let id = UUID()
            let request = CommandRequest(
                actor: actor, commandID: CommandID(id),
                fingerprint: Array(id.uuidString.utf8), correlationID: id,
                expectedVersion: nil, target: .patient(step.patient), command: step.command)
            do {
                _ = try await Self.$moment.withValue(step.at) {
                    try await service.handle(request)
                }
                return true
            } catch ApplicationError.refused, ApplicationError.unavailable {
                return false
            }
        }
        try sample.print()
    }

    private func clinic() async throws -> (lives: Lives, sites: SitesFile) {
        let sites = try BenchService.sites()
        guard
            let site = try await sites.sites(of: options.tenant).first(where: { $0.region == .us })
        else {
            throw ValidationError("the sites file names no site of region us")
        }
        let demo = DemoClinic(
            seed: seed, patients: patients, site: site,
            lastDay: CalendarDate(
                Instant(microsecondsSinceUnixEpoch: 1_790_000_000_000_000), in: site.timeZone))
        return (Lives(demo.steps(), clients: options.clients), sites)
    }
}

/// Which client plays which step: each patient's belong to one client, in their order.
struct Lives: Sendable {
    private let steps: [[DemoStep]]

    init(_ all: [DemoStep], clients: Int) {
        let patients = Dictionary(grouping: all, by: \.patient).values
            .sorted { $0[0].patient.description < $1[0].patient.description }
        var steps = [[DemoStep]](repeating: [], count: clients)
        for (index, life) in patients.enumerated() { steps[index % clients] += life }
        self.steps = steps
    }

    /// `nil` when this client's patients have no more to live.
    func step(of client: Int, _ turn: Int) -> DemoStep? {
        turn < steps[client].count ? steps[client][turn] : nil
    }
}
