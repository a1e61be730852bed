public import EventStore
import Foundation

extension EventLog {
    /// What the tenant's administrators decided after a version of their stream.
    public func administration(
        of tenant: TenantID, after version: StreamVersion = .none
    ) async throws(EventLogError) -> [RecordedEvent] {
        var events: [RecordedEvent] = []
        while true {
            let page = try await read(
                AdministrationStream.id(of: tenant), tenant: tenant,
                after: events.last?.version ?? version, limit: JournalLimits.administrationPage)
            events += page
            if page.count < JournalLimits.administrationPage { return events }
        }
    }
}

/// Who decided something about the log, and when.
public struct AdministrationRequest: Hashable, Sendable {
    public let actor: String
    public let decidedAt: Timestamp
    /// New for each decision: it stands for it, since no client could send it with another.
    public let commandID: CommandID

    public init(actor: String, decidedAt: Timestamp, commandID: CommandID) {
        self.actor = actor
        self.decidedAt = decidedAt
        self.commandID = commandID
    }

    /// The decision as it is to be appended.
    /// - Parameter version: The last one of the stream that was read before deciding.
    public func append(
        _ event: AdministrationEvent, tenant: TenantID, after version: StreamVersion,
        causation: Position?
    ) -> Append<NoChanges> {
        Append(
            commandID: commandID, fingerprint: withUnsafeBytes(of: commandID.uuid.uuid, Array.init),
            stream: AdministrationStream.id(of: tenant), expected: version,
            events: [AdministrationCodec().encode(event, decidedAt: decidedAt)],
            metadata: EventMetadata(
                actor: actor, correlationID: commandID.uuid, causation: causation,
                ruleSet: AdministrationStream.ruleSet),
            answer: [], changes: NoChanges())
    }
}
