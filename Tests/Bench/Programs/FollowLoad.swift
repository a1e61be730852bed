import ArgumentParser
import EventStore
import Foundation
import Infusion
import InfusionJournal
import InfusionPostgres
import InfusionProjections
import Postgres
import PostgresEventStore

/// P9: how long after its commit an event is in the dose report, which another process keeps.
///
/// Patients' events are appended again under other patients' ids, at a steady rate, while the report is
/// read as often as it answers: an event is visible when a report that rests on its position has come.
struct FollowLoad: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "follow", abstract: "Appends at a steady rate and waits for the report.")
    @OptionGroup var options: BenchOptions
    @Option(help: "The tenant whose events are repeated.", transform: BenchOptions.tenant)
    var source: TenantID
    @Option(help: "Events a second.") var rate: Double
    @Flag(help: "Nobody is told of a commit: as if every NOTIFY were lost.") var unheard = false

    /// How long the report may take to come at all.
    private static let patience = Duration.seconds(60)
    /// Between two looks at the report.
    private static let pause = Duration.milliseconds(1)
    /// Events of a patient that are repeated.
    private static let eventsPerPatient = 40

    func run() async throws {
        let pool = options.pool()
        let committed = CommitTimes(PostgresEventStore(pool: pool))
        let log = GroupAppendLog(committed)
        let notifier = PostgresEventNotifier(pool: pool)
        let tenant = options.tenant
        let patients = try await histories(log)
        // The first event is waited for: from then on somebody follows this log.
        let first = Patient(history: patients[0].history)
        guard try await first.append(0, to: log, of: tenant) else {
            throw ValidationError("the first event was refused")
        }
        let report = ReportWatch(pool: options.pool(maximum: 1), tenant: tenant)
        try await report.wait(for: try await log.head(tenant: tenant), atMost: Self.patience)
        committed.forget()
        let watching = Task { try await report.watch(every: Self.pause, atMost: Self.patience) }
        let isHeard = !unheard
        let sample = try await OpenLoop.run(
            perSecond: rate, seconds: options.seconds, lanes: patients.count
        ) { lane, turn in
            let isDone = try await patients[lane].append(turn, to: log, of: tenant)
            if isHeard { await notifier.committed(tenant) }
            return isDone
        }
        report.end(at: try await log.head(tenant: tenant))
        let lags = committed.lags(until: try await watching.value)
        try Followed(
            append: sample, visible: Sample(clients: 0, latencies: lags, took: .seconds(1))
        )
        .print()
    }

    /// As many patients as the run takes, each with a part of somebody's history.
    private func histories(_ log: some EventLog<NoChanges>) async throws -> [Patient] {
        var histories: [StreamID: [RecordedEvent]] = [:]
        var read = Position.start
        while true {
            let page = try await log.readAll(
                tenant: source, after: read, limit: EventLogLimits.eventsPerPage)
            guard let last = page.last else { break }
            for event in page where event.stream.category == PatientStream.category {
                histories[event.stream, default: []].append(event)
            }
            read = last.position
        }
        let long = histories.values.filter { $0.count >= Self.eventsPerPatient }
        guard !long.isEmpty else { throw ValidationError("no history is long enough") }
        let needed = Int(rate * options.seconds) / Self.eventsPerPatient + 1
        return (0..<needed).map { Patient(history: long[$0 % long.count]) }
    }
}

private struct Followed: Encodable {
    let append: Sample
    /// From the commit to the report's answer; its rates mean nothing.
    let visible: Sample

    func print() throws {
        Swift.print(String(decoding: try JSONEncoder().encode(self), as: UTF8.self))
    }
}

/// Somebody's history under an id of its own.
private struct Patient: Sendable {
    let id = UUID()
    let history: [RecordedEvent]

    func append(_ turn: Int, to log: some EventLog<NoChanges>, of tenant: TenantID) async throws
        -> Bool
    {
        guard turn < history.count else { return false }
        let command = UUID()
        let event = history[turn]
        let append = Append(
            commandID: CommandID(command), fingerprint: Array(command.uuidString.utf8),
            stream: PatientStream.id(of: PatientID(id)),
            expected: StreamVersion(Int64(turn)), events: [renamed(event)],
            metadata: EventMetadata(
                actor: "bench", correlationID: command, causation: nil,
                ruleSet: event.metadata.ruleSet),
            answer: [], changes: NoChanges())
        while true {
            do throws(EventLogError) {
                let outcomes = try await log.append([append], tenant: tenant)
                guard case .appended = outcomes[0] else { return false }
                return true
            } catch {
                // As a client does who is told to come again; all of it counts from when it was due.
                guard error.code == .overloaded else { throw error }
                try await Task.sleep(for: Self.pause)
            }
        }
    }

    /// What an overloaded service asks for.
    private static let pause = Duration.seconds(1)

    private func renamed(_ event: RecordedEvent) -> EventData {
        // Only the registration names its patient.
        guard event.version == StreamVersion(1) else { return event.data }
        let payload = String(decoding: event.data.payload, as: UTF8.self).replacing(
            event.stream.uuid.uuidString.lowercased(), with: id.uuidString.lowercased())
        return EventData(
            type: event.data.type, payloadVersion: event.data.payloadVersion,
            payload: Array(payload.utf8), effectiveAt: event.data.effectiveAt)
    }
}
