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
        /// Openings of 90 dates for the next visits of orders.
        case openings
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
    @Option(help: "For 'openings': the site.") var site = "main"
    @Option(help: "For 'openings': a file with an order's id a line.") var orders: String?

    private static let rowsOfPage = 50
    /// Orders with openings that are asked about in turn, and the fewest that make a measure.
    private static let (ordersAsked, ordersNeeded) = (200, 10)
    /// Rows of `plain.patients` that are asked for, and how far apart one after another.
    private static let (rowsByKey, stride) = (Int64(20_000), Int64(7_919))

    private static func day(_ text: String) throws -> CalendarDate {
        guard let day = CalendarDate(text) else { throw ValidationError("not a date") }
        return day
    }

    func run() async throws {
        let sites = try BenchService.sites()
        // A queue and its reasons are asked for a date; openings are looked for from now on.
        let now =
            question == .openings
            ? Instant(microsecondsSinceUnixEpoch: Int64(on.dayNumber) * 86_400_000_000)
                .adding(hours: 12) : Instant(microsecondsSinceUnixEpoch: 0)
        let service = try BenchService.make(
            pool: options.pool(maximum: 1), sites: sites, now: { now })
        switch question {
        case .queue: try await pages(service).print()
        case .why: try await explanations(service).print()
        case .openings: try await openings(service).print()
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

    /// One order after another of those that have openings; each is asked about once before the clock runs.
    private func openings(_ service: InfusionService) async throws -> Sample {
        guard let orders else { throw ValidationError("'openings' needs --orders") }
        let actor = BenchService.actor(of: options.tenant)
        let ids = try String(contentsOfFile: orders, encoding: .utf8).split(separator: "\n")
            .compactMap { OrderID(String($0)) }
        var asked: [OpeningsQuestion] = []
        for id in ids where asked.count < Self.ordersAsked {
            let question = OpeningsQuestion(
                site: SiteID(site), visit: .order(id), allowsFreshLabs: true)
            if try await Self.hasOpenings(question, service, actor) { asked.append(question) }
        }
        guard asked.count >= Self.ordersNeeded else {
            throw ValidationError("only \(asked.count) orders have openings")
        }
        let questions = asked
        return try await ClosedLoop.run(clients: 1, seconds: options.seconds) { _, turn in
            let answer = try await service.openings(
                questions[turn % questions.count], actor: actor)
            return !answer.openings.openings.isEmpty
        }
    }

    /// False also for an order that has no dose left to book, or is over.
    private static func hasOpenings(
        _ question: OpeningsQuestion, _ service: InfusionService, _ actor: Actor
    ) async throws(ApplicationError) -> Bool {
        do throws(ApplicationError) {
            return !(try await service.openings(question, actor: actor)).openings.openings.isEmpty
        } catch {
            guard case .refused = error else { throw error }
            return false
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
