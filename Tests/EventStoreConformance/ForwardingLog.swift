public import EventStore

/// A log that stands before another one and lets everything through but appends.
public protocol ForwardingLog: EventLog {
    associatedtype Base: EventLog where Base.InlineChanges == InlineChanges
    var base: Base { get }
}

extension ForwardingLog {
    public func read(
        _ stream: StreamID, tenant: TenantID, after version: StreamVersion, limit: Int
    ) async throws(EventLogError) -> [RecordedEvent] {
        try await base.read(stream, tenant: tenant, after: version, limit: limit)
    }

    public func readAll(
        tenant: TenantID, after position: Position, limit: Int
    ) async throws(EventLogError) -> [RecordedEvent] {
        try await base.readAll(tenant: tenant, after: position, limit: limit)
    }

    public func headings(
        at positions: [Position], tenant: TenantID
    ) async throws(EventLogError) -> [EventHeading] {
        try await base.headings(at: positions, tenant: tenant)
    }

    public func head(tenant: TenantID) async throws(EventLogError) -> Position {
        try await base.head(tenant: tenant)
    }

    public func position(
        knownAt instant: Timestamp, tenant: TenantID
    ) async throws(EventLogError) -> Position {
        try await base.position(knownAt: instant, tenant: tenant)
    }

    public func command(
        _ id: CommandID, tenant: TenantID
    ) async throws(EventLogError) -> AcceptedCommand? {
        try await base.command(id, tenant: tenant)
    }
}
