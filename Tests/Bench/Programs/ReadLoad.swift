import ArgumentParser
import EventStore
import Foundation
import Infusion
import InfusionApplication
import InfusionProjections
import Postgres
import PostgresEventStore
import Synchronization

/// P8: questions asked one after another on one connection, through the use cases.
struct ReadLoad: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "read", abstract: "Questions of one client, one after another.")

    enum Question: String, ExpressibleByArgument, CaseIterable {
        case queue, why
        /// A row of `plain.patients` by its primary key: what the others are measured against.
        case key
    }

    @OptionGroup var options: BenchOptions
    @Option(help: "What is asked.") var question: Question
    @Option(help: "As of how long ago, as a part of the log; 0 is now.") var past = 0.0
    @Option(help: "The day the queue is asked for.", transform: ReadLoad.day) var on: CalendarDate
    @Option(
        help: "For 'why': a file with a recheck a line, as patient, rule and version of its anchor."
    )
    var rechecks: String?

    private static let rowsOfPage = 50
    /// Rows of `plain.patients` that are asked for, and how far apart one after another.
    private static let (rowsByKey, stride) = (Int64(20_000), Int64(7_919))

    private static func day(_ text: String) throws -> CalendarDate {
        guard let day = CalendarDate(text) else { throw ValidationError("not a date") }
        return day
    }

    func run() async throws {
        let sites = try BenchService.sites()
        let service = try BenchService.make(
            pool: options.pool(maximum: 1), sites: sites,
            now: { Instant(microsecondsSinceUnixEpoch: 0) })
        switch question {
        case .queue: try await pages(service).print()
        case .why: try await explanations(service).print()
        case .key: try await rowsByKey().print()
        }
    }

    /// One page after another to the end of the queue, and from the start again.
    private func pages(_ service: InfusionService) async throws -> Sample {
        let actor = BenchService.actor(of: options.tenant)
        let knownAt = try await knowledge()
        let next = Mutex<RecheckQueueCursor?>(nil)
        return try await ClosedLoop.run(clients: 1, seconds: options.seconds) { _, _ in
            let page = try await service.recheckQueue(
                RecheckQueueQuestion(
                    site: nil, status: nil, on: on, knownAt: knownAt,
                    after: next.withLock(\.self), limit: Self.rowsOfPage),
                actor: actor)
            guard !page.rows.isEmpty else { throw ValidationError("the queue is empty") }
            next.withLock { $0 = page.next }
            return page.rows.count == Self.rowsOfPage
        }
    }

    private func rowsByKey() async throws -> Sample {
        let row = NamedStatement(
            name: "row_by_key", sql: "SELECT filler FROM plain.patients WHERE id = $1")
        let pool = options.pool(maximum: 1)
        return try await ClosedLoop.run(clients: 1, seconds: options.seconds) { _, turn in
            let id = Int64(turn) * Self.stride % Self.rowsByKey + 1
            return try await pool.withConnection { try await $0.query(row(id)).count == 1 }
        }
    }

    private func explanations(_ service: InfusionService) async throws -> Sample {
        let actor = BenchService.actor(of: options.tenant)
        let rechecks = try questions()
        return try await ClosedLoop.run(clients: 1, seconds: options.seconds) { _, turn in
            let (patient, recheck) = rechecks[turn % rechecks.count]
            _ = try await service.why(recheck, of: patient, asOf: .now, actor: actor)
            return true
        }
    }

    private func questions() throws -> [(PatientID, RecheckID)] {
        guard let rechecks else { throw ValidationError("'why' needs --rechecks") }
        let lines = try String(contentsOfFile: rechecks, encoding: .utf8).split(separator: "\n")
        return try lines.map { line in
            let parts = line.split(separator: " ").map(String.init)
            guard parts.count == 3, let patient = UUID(uuidString: parts[0]),
                let rule = RecheckRule(rawValue: parts[1]), let anchor = Int64(parts[2])
            else { throw ValidationError("not a recheck: \(line)") }
            return (PatientID(patient), RecheckID(rule: rule, anchor: EventVersion(anchor)))
        }
    }

    /// The instant at which the log learned the event that lies so far back.
    private func knowledge() async throws -> AsOf.Knowledge {
        guard past > 0 else { return .now }
        let log = PostgresEventStore(pool: options.pool(maximum: 1))
        let head = try await log.head(tenant: options.tenant)
        let back = Position(Int64(Double(head.value) * (1 - past)))
        guard
            let event = try await log.readAll(tenant: options.tenant, after: back, limit: 1).first
        else { throw ValidationError("the log is empty") }
        return .instant(event.recordedAt)
    }
}
