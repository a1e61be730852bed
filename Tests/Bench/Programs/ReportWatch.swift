import ArgumentParser
import EventStore
import Infusion
import InfusionPostgres
import InfusionProjections
import Postgres
import Synchronization

/// A log that notes when each batch of another came back committed.
struct CommitTimes<Base: EventLog>: EventLog {
    private final class Noted: Sendable {
        let times = Mutex<[(position: Position, at: ContinuousClock.Instant)]>([])
    }
    private let base: Base
    private let noted = Noted()

    init(_ base: Base) { self.base = base }

    func append(
        _ batch: [Append<Base.InlineChanges>], tenant: TenantID
    ) async throws(EventLogError) -> [AppendOutcome] {
        let outcomes = try await base.append(batch, tenant: tenant)
        let now = ContinuousClock.now
        noted.times.withLock { times in
            for case .appended(let command) in outcomes { times.append((command.head, now)) }
        }
        return outcomes
    }

    /// As if nothing had been committed yet.
    func forget() { noted.times.withLock { $0 = [] } }

    /// How long after its commit each event was first in a report.
    func lags(until seen: [(position: Position, at: ContinuousClock.Instant)]) -> Latencies {
        var lags = Latencies()
        var reports = seen.makeIterator()
        var report = reports.next()
        for committed in noted.times.withLock(\.self).sorted(by: { $0.position < $1.position }) {
            while let known = report, known.position < committed.position {
                report = reports.next()
            }
            guard let report else { break }
            lags.add(max(.zero, report.at - committed.at))
        }
        return lags
    }

    func read(
        _ stream: StreamID, tenant: TenantID, after version: StreamVersion, limit: Int
    ) async throws(EventLogError) -> [RecordedEvent] {
        try await base.read(stream, tenant: tenant, after: version, limit: limit)
    }

    func readAll(
        tenant: TenantID, after position: Position, limit: Int
    ) async throws(EventLogError) -> [RecordedEvent] {
        try await base.readAll(tenant: tenant, after: position, limit: limit)
    }

    func headings(
        at positions: [Position], tenant: TenantID
    ) async throws(EventLogError) -> [EventHeading] {
        try await base.headings(at: positions, tenant: tenant)
    }

    func head(tenant: TenantID) async throws(EventLogError) -> Position {
        try await base.head(tenant: tenant)
    }

    func position(
        knownAt instant: Timestamp, tenant: TenantID
    ) async throws(EventLogError) -> Position {
        try await base.position(knownAt: instant, tenant: tenant)
    }

    func command(
        _ id: CommandID, tenant: TenantID
    ) async throws(EventLogError) -> AcceptedCommand? {
        try await base.command(id, tenant: tenant)
    }
}

/// Asks for the dose report again and again.
final class ReportWatch: Sendable {
    private let readModels: PostgresReadModels
    private let tenant: TenantID
    private let last = Mutex<Position?>(nil)

    init(pool: PostgresPool, tenant: TenantID) {
        readModels = PostgresReadModels(pool: pool)
        self.tenant = tenant
    }

    /// From now on it is enough to have seen this position.
    func end(at position: Position) { last.withLock { $0 = position } }

    func wait(for position: Position, atMost patience: Duration) async throws {
        end(at: position)
        _ = try await watch(every: .milliseconds(10), atMost: patience)
        last.withLock { $0 = nil }
    }

    /// Each report that rests on more than the one before, with when its answer had come.
    func watch(
        every pause: Duration, atMost patience: Duration
    ) async throws -> [(position: Position, at: ContinuousClock.Instant)] {
        var seen: [(position: Position, at: ContinuousClock.Instant)] = []
        // One line: what is watched is how far it has come.
        let query = DoseReportQuery(product: nil, site: SiteID("none"), from: nil, to: nil)
        while true {
            let position = try await readModels.doseReport(query, tenant: tenant).position
            let now = ContinuousClock.now
            if position > seen.last?.position ?? .start { seen.append((position, now)) }
            if let last = last.withLock(\.self), position >= last { return seen }
            guard seen.isEmpty || seen[seen.count - 1].at.advanced(by: patience) > now else {
                throw ValidationError("the report does not move")
            }
            try await Task.sleep(for: pause)
        }
    }
}
