/// A log in memory as those see it who change no projection: the same streams, positions and commands.
public struct InMemoryPlainLog<Changes: ProjectionChanges>: EventLog {
    private let log: InMemoryEventLog<Changes>

    public init(_ log: InMemoryEventLog<Changes>) { self.log = log }

    public func append(
        _ batch: [Append<NoChanges>], tenant: TenantID
    ) async throws(EventLogError) -> [AppendOutcome] {
        try await log.appendPlain(batch, tenant: tenant)
    }

    public func read(
        _ stream: StreamID, tenant: TenantID, after version: StreamVersion, limit: Int
    ) async throws(EventLogError) -> [RecordedEvent] {
        try await log.read(stream, tenant: tenant, after: version, limit: limit)
    }

    public func readAll(
        tenant: TenantID, after position: Position, limit: Int
    ) async throws(EventLogError) -> [RecordedEvent] {
        try await log.readAll(tenant: tenant, after: position, limit: limit)
    }

    public func headings(
        at positions: [Position], tenant: TenantID
    ) async throws(EventLogError) -> [EventHeading] {
        try await log.headings(at: positions, tenant: tenant)
    }

    public func head(tenant: TenantID) async throws(EventLogError) -> Position {
        try await log.head(tenant: tenant)
    }

    public func position(
        knownAt instant: Timestamp, tenant: TenantID
    ) async throws(EventLogError) -> Position {
        try await log.position(knownAt: instant, tenant: tenant)
    }

    public func command(
        _ id: CommandID, tenant: TenantID
    ) async throws(EventLogError) -> AcceptedCommand? {
        try await log.command(id, tenant: tenant)
    }
}
