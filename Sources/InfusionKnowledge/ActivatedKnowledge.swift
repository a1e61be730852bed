public import EventStore
import Faults
import Infusion
public import InfusionApplication
import InfusionJournal
import Synchronization
import YAMLReader

/// What one process may assume of other administrators' haste.
public enum KnowledgeLimits {
    /// For how long a process goes by the knowledge it last saw in force.
    public static let freshness: Duration = .seconds(2)
}

extension KnowledgeInForce {
    /// What decides for a clinic that has activated nothing of its own.
    public static let shipped = KnowledgeInForce(formulary: .standard, pathways: .standard)
}

/// The formularies and pathways that were activated in each tenant's log; before the first of a kind, those
/// that are shipped.
public struct ActivatedKnowledge<Log: EventLog>: KnowledgeDirectory {
    private struct Stretch {
        let start: Position
        let knowledge: KnowledgeInForce
    }
    /// What is known of a tenant's activations.
    private struct History {
        /// Each lasts until the next one begins; the first has no event.
        var stretches = [Stretch(start: .start, knowledge: .shipped)]
        var version: StreamVersion = .none
        var readAt: ContinuousClock.Instant

        var last: KnowledgeInForce { stretches[stretches.count - 1].knowledge }
    }
    private final class Known: Sendable {
        let tenants = Mutex<[TenantID: History]>([:])
    }

    private let log: Log
    private let known = Known()

    public init(log: Log) { self.log = log }

    public func knowledge(
        of tenant: TenantID, at position: Position?
    ) async throws(EventLogError) -> KnowledgeInForce {
        let history = try await history(of: tenant)
        guard let position else { return history.last }
        return history.stretches.last { $0.start <= position }?.knowledge ?? .shipped
    }

    private func history(of tenant: TenantID) async throws(EventLogError) -> History {
        let kept = known.tenants.withLock { $0[tenant] }
        let now = ContinuousClock.now
        if let kept, now - kept.readAt < KnowledgeLimits.freshness { return kept }
        var history = kept ?? History(readAt: now)
        for event in try await log.administration(of: tenant, after: history.version) {
            history.version = event.version
            if let knowledge = try Self.knowledge(after: event, in: history.last) {
                history.stretches.append(Stretch(start: event.position, knowledge: knowledge))
            }
        }
        history.readAt = now
        known.tenants.withLock { $0[tenant] = history }
        return history
    }

    /// What is in force from `event` on; `nil` where it changes nothing.
    /// - Throws: When a file is in force that this program cannot read: nothing is decided then.
    private static func knowledge(
        after event: RecordedEvent, in force: KnowledgeInForce
    ) throws(EventLogError) -> KnowledgeInForce? {
        let decoded: AdministrationEvent
        do { decoded = try AdministrationCodec().decode(event.data) } catch {
            throw EventLogError(
                .storeFailed, "position \(event.position) of the log cannot be read: \(error)")
        }
        switch decoded {
        case .eventSkipped: return nil
        case .formularyActivated(let activated):
            return KnowledgeInForce(
                formulary: try file(activated, at: event.position, FormularyFile.self).formulary,
                pathways: force.pathways)
        case .pathwaysActivated(let activated):
            return KnowledgeInForce(
                formulary: force.formulary,
                pathways: try file(activated, at: event.position, PathwaysFile.self).pathways)
        }
    }

    private static func file<File: KnowledgeFile>(
        _ activated: KnowledgeActivated, at position: Position, _: File.Type
    ) throws(EventLogError) -> File {
        do throws(YAMLProblems) { return try File(activated) } catch {
            throw EventLogError(
                .storeFailed,
                "the \(File.name) \(activated.version), in force since position \(position), "
                    + "cannot be read by this program: \(error.all[0])")
        }
    }
}
