import ArgumentParser
import EventStore
import InfusionJournal
import InfusionPostgres
import InfusionProjections
import Postgres
import PostgresEventStore

struct Verify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Proves that a log is whole and that everything made from it agrees with it.",
        discussion: """
            Checks, event by event: positions and versions dense from 1, recording times that never run \
            back, payloads that decode, each written by an accepted command and no command without its \
            events; then every projection against the log, byte for byte. Without \
            --tenant, all logs of the database.
            """)
    @OptionGroup var database: DatabaseOptions
    @Option(help: "The tenant's name; default: all.") var tenant: String?
    @Flag(help: "Answer in JSON, one line a tenant.") var json = false

    func run() async throws {
        try await Failing.run {
            let tenants = try await TenantDirectory(pool: try database.pool(maximum: 1)).list()
                .map(\.name.description)
            var isClean = true
            for name in tenant.map({ [$0] }) ?? tenants {
                let backend = try await Backend.open(database, tenant: name)
                let log = try await LogVerification.run(backend)
                // Over a hole there is nothing to compare with.
                var projections: RebuildReport?
                if log.isWhole {
                    projections = try await backend.check(Set(ProjectionName.allCases))
                }
                let isThisClean = log.problems.isEmpty && (projections?.isClean ?? false)
                if !isThisClean { isClean = false }
                show(name, log, projections, isClean: isThisClean)
            }
            if !isClean { throw Exit.found }
        }
    }

    private func show(
        _ name: String, _ log: LogVerification, _ projections: RebuildReport?, isClean: Bool
    ) {
        if json {
            Console.out(
                bytes: JSONAnswer.object { writer in
                    writer.key("tenant")
                    writer.string(name)
                    writer.key("events")
                    writer.integer(log.events)
                    writer.key("streams")
                    writer.integer(Int64(log.streams))
                    writer.key("clean")
                    writer.bool(isClean)
                    writer.key("problems")
                    writer.beginArray()
                    for problem in log.problems { writer.string(problem) }
                    writer.endArray()
                    writer.key("projectionsEqual")
                    if let projections {
                        writer.bool(projections.isClean)
                    } else {
                        writer.null()
                    }
                })
            return
        }
        Console.out(
            "\(name): \(log.events.counted("event")) in \(log.streams.counted("stream")): "
                + (isClean ? "clean" : "NOT CLEAN")
        )
        for problem in log.problems { Console.out("  \(problem)") }
        guard let projections else {
            return Console.out("  the projections were not compared: the log has a hole")
        }
        if !projections.isClean { RebuildAnswer.print(projections, .check, json: false) }
    }
}

/// What reading a whole log once can tell.
struct LogVerification {
    /// Problems listed; a log with more is broken enough.
    static let problemsListed = 100

    private(set) var events: Int64 = 0
    private(set) var problems: [String] = []
    /// Every position is there.
    private(set) var isWhole = true
    /// Up to where events were met, or missed.
    private var reached = Position.start
    private var versions: [StreamID: StreamVersion] = [:]
    private var lastRecorded: Timestamp?
    /// Those whose first event was met.
    private var commands: Int64 = 0
    var streams: Int { versions.count }

    static func run(_ backend: Backend) async throws -> LogVerification {
        var verification = LogVerification()
        let head = try await backend.log.head(tenant: backend.tenant)
        try await verification.read(backend, to: head)
        let counts = try await backend.log.commandCounts(upTo: head, tenant: backend.tenant)
        if verification.isWhole, counts.known != verification.commands {
            verification.report(
                counts.known.counted("accepted command says it", "accepted commands say they")
                    + " wrote events, and \(verification.commands) "
                    + "did: what others were answered is not in the log")
        }
        if counts.beyond > 0 {
            verification.report(
                counts.beyond.counted("accepted command says it", "accepted commands say they")
                    + " wrote events behind the head, \(head)")
        }
        if verification.events != head.value {
            verification.report(
                "the head is \(head), and the log has \(verification.events.counted("event"))")
        }
        return verification
    }

    /// All of it, whatever is missing in between.
    private mutating func read(_ backend: Backend, to head: Position) async throws {
        let bar = ProgressBar("verify")
        defer { bar.finish() }
        while reached < head {
            do {
                try await readOn(backend, to: head, bar)
            } catch let error as EventLogError where error.code == .positionMissing {}
            guard reached < head else { return }
            let following = try await backend.log.readAll(
                tenant: backend.tenant, after: reached, limit: 1
            ).first
            let last = following.map { min(head, $0.position.advanced(by: -1)) } ?? head
            guard last > reached else { return }
            let first = reached.advanced(by: 1)
            isWhole = false
            report(
                first == last
                    ? "there is no event at \(first)" : "there are no events at \(first) to \(last)"
            )
            reached = last
        }
    }

    /// To the end, or to the next hole.
    private mutating func readOn(
        _ backend: Backend, to head: Position, _ bar: ProgressBar
    ) async throws {
        for try await batch in backend.log.replay(
            tenant: backend.tenant, from: reached.advanced(by: 1), to: head)
        {
            let commands = try await backend.log.commands(
                of: batch, restingOn: batch[0].position...batch[batch.count - 1].position,
                tenant: backend.tenant)
            let known = Dictionary(
                commands.map { ($0.commandID, $0) }, uniquingKeysWith: { first, _ in first })
            for event in batch {
                check(event)
                check(event, of: known[event.commandID])
                if let problem = Self.problem(of: event, tenant: backend.tenant) { report(problem) }
            }
            bar.update(Int(events), of: Int(head.value))
        }
    }

    /// Why the event cannot be read; `nil` if it can.
    private static func problem(of event: RecordedEvent, tenant: TenantID) -> String? {
        do throws(JournalError) {
            if event.stream.category == PatientStream.category {
                _ = try JournalCodec().decode(
                    event, cipher: .unopened(event.stream, tenant: tenant))
            } else if event.stream.category == AdministrationStream.category {
                _ = try AdministrationCodec().decode(event.data)
            } else if event.stream.category == SiteStream.category {
                _ = try SiteCodec().decode(event.data)
            }
            return nil
        } catch {
            return "position \(event.position): \(error)"
        }
    }

    /// What a retry would be answered by.
    private mutating func check(_ event: RecordedEvent, of command: AcceptedCommand?) {
        guard let command, command.stream == event.stream,
            let positions = command.positions, positions.contains(event.position)
        else {
            return report(
                "position \(event.position): no accepted command \(event.commandID) says it wrote it"
            )
        }
        if positions.lowerBound == event.position { commands += 1 }
    }

    private mutating func check(_ event: RecordedEvent) {
        events += 1
        reached = event.position
        let expected = (versions[event.stream] ?? .none).advanced(by: 1)
        if event.version != expected {
            report("position \(event.position): version \(event.version) where \(expected) belongs")
        }
        versions[event.stream] = event.version
        if let lastRecorded, event.recordedAt < lastRecorded {
            report("position \(event.position): recorded before the event it follows")
        }
        lastRecorded = event.recordedAt
    }

    private mutating func report(_ problem: String) {
        if problems.count < Self.problemsListed { problems.append(problem) }
    }
}
