import EventStore
import EventStoreConformance
import InfusionProjections
import Synchronization

/// A log that lets nobody append until it is opened, and remembers how many came at a time.
final class PatientGate: ForwardingLog {
    typealias InlineChanges = PatientChanges

    let base: InMemoryEventLog<PatientChanges>
    private let state = Mutex(
        (sizes: [Int](), isOpen: false, failures: [Int: EventLogError]()))

    init(_ base: InMemoryEventLog<PatientChanges>) { self.base = base }

    var sizes: [Int] { state.withLock { $0.sizes } }

    func open() { state.withLock { $0.isOpen = true } }

    /// The batch with this number, from 1 on, is not taken.
    func fail(_ number: Int, _ failure: EventLogError) {
        state.withLock { $0.failures[number] = failure }
    }

    func append(
        _ batch: [Append<PatientChanges>], tenant: TenantID
    ) async throws(EventLogError) -> [AppendOutcome] {
        let number = state.withLock { state in
            state.sizes.append(batch.count)
            return state.sizes.count
        }
        while !state.withLock({ $0.isOpen }) {
            // Sleeping would end at once when the caller is cancelled, and so would the test's patience.
            await Task { try? await Task.sleep(for: .milliseconds(1)) }.value
        }
        if let failure = state.withLock({ $0.failures[number] }) { throw failure }
        return try await base.append(batch, tenant: tenant)
    }
}
