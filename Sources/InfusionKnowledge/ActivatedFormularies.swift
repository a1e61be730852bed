public import EventStore
import Foundation
public import Infusion
public import InfusionApplication
import InfusionJournal
import Synchronization
import YAMLReader

/// What one process may assume of other administrators' haste.
public enum KnowledgeLimits {
    /// For how long a process goes by the formulary it last saw in force.
    public static let freshness: Duration = .seconds(2)
}

/// The formularies that were activated in each tenant's log; before the first, the one that is shipped.
public struct ActivatedFormularies<Log: EventLog>: FormularyDirectory {
    private struct Activation {
        let position: Position
        let formulary: Formulary
    }
    /// What is known of a tenant's activations.
    private struct History {
        var activations: [Activation] = []
        var version: StreamVersion = .none
        var readAt: ContinuousClock.Instant
    }
    private final class Known: Sendable {
        let tenants = Mutex<[TenantID: History]>([:])
    }

    private let log: Log
    private let known = Known()

    public init(log: Log) { self.log = log }

    public func formulary(
        of tenant: TenantID, at position: Position?
    ) async throws(EventLogError) -> Formulary {
        let activations = try await history(of: tenant, upTo: position).activations
        let inForce = activations.last { activation in
            position.map { activation.position <= $0 } ?? true
        }
        return inForce?.formulary ?? FormularyFile.shipped.formulary
    }

    private func history(
        of tenant: TenantID, upTo position: Position?
    ) async throws(EventLogError) -> History {
        let kept = known.tenants.withLock { $0[tenant] }
        let now = ContinuousClock.now
        if let kept, now - kept.readAt < KnowledgeLimits.freshness { return kept }
        var history = kept ?? History(readAt: now)
        for event in try await log.administration(of: tenant, after: history.version) {
            history.version = event.version
            if let formulary = try Self.formulary(activatedBy: event) {
                history.activations.append(
                    Activation(position: event.position, formulary: formulary))
            }
        }
        history.readAt = now
        known.tenants.withLock { $0[tenant] = history }
        return history
    }

    /// - Throws: When a formulary is in force that this program cannot read: nothing is decided then.
    private static func formulary(
        activatedBy event: RecordedEvent
    ) throws(EventLogError) -> Formulary? {
        let decoded: AdministrationEvent
        do { decoded = try AdministrationCodec().decode(event.data) } catch {
            throw EventLogError(
                .storeFailed, "position \(event.position) of the log cannot be read: \(error)")
        }
        switch decoded {
        case .eventSkipped: return nil
        case .formularyActivated(let activated):
            do throws(YAMLProblems) {
                return try FormularyFile(activated.content, file: activated.version).formulary
            } catch {
                throw EventLogError(
                    .storeFailed,
                    "the formulary \(activated.version), in force since position \(event.position), "
                        + "cannot be read by this program: \(error.all[0])")
            }
        }
    }
}
