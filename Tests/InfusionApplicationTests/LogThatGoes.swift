import EventStore
import EventStoreConformance
import InfusionProjections
import Synchronization

/// Goes away as soon as it has taken something.
final class LogThatGoes: ForwardingLog {
    typealias InlineChanges = PatientChanges

    let base: InMemoryEventLog<PatientChanges>
    private let state = Mutex((goes: false, isGone: false))

    init(_ base: InMemoryEventLog<PatientChanges>) { self.base = base }

    func goesAfterAppends() { state.withLock { $0.goes = true } }
    func isBack() { state.withLock { $0 = (false, false) } }

    func append(
        _ batch: [Append<PatientChanges>], tenant: TenantID
    ) async throws(EventLogError) -> [AppendOutcome] {
        let outcomes = try await base.append(batch, tenant: tenant)
        state.withLock { if $0.goes { $0.isGone = true } }
        return outcomes
    }

    func read(
        _ stream: StreamID, tenant: TenantID, after version: StreamVersion, limit: Int
    ) async throws(EventLogError) -> [RecordedEvent] {
        if state.withLock(\.isGone) { throw EventLogError(.unavailable, "the log is gone") }
        return try await base.read(stream, tenant: tenant, after: version, limit: limit)
    }
}
