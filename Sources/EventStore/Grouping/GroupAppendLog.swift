/// A log whose appends travel together: what comes in for a tenant while its last batch is being
/// committed goes out with the next one, in one transaction.
///
/// There is no timer: a lone append waits for nobody. Each is judged on its own, as by the log below:
/// batches of two callers share a transaction and a stream only where one goes on from the other.
public struct GroupAppendLog<Base: EventLog>: EventLog {
    public typealias InlineChanges = Base.InlineChanges

    private let base: Base
    private let queues: AppendQueues<Base.InlineChanges>

    public init(_ base: Base) {
        self.base = base
        queues = AppendQueues { batch, tenant in
            do throws(EventLogError) {
                return .success(try await base.append(batch, tenant: tenant))
            } catch {
                return .failure(error)
            }
        }
    }

    /// Appends that wait for the tenant's next transaction; those on their way do not count.
    public func waiting(for tenant: TenantID) async -> Int { await queues.waiting(for: tenant) }

    /// - Throws: also `.overloaded`, when more waits for the tenant than its queue takes; nothing
    ///   was written.
    public func append(
        _ batch: [Append<InlineChanges>], tenant: TenantID
    ) async throws(EventLogError) -> [AppendOutcome] {
        try AppendAdmission.checkSize(batch)
        guard !Task.isCancelled else {
            throw EventLogError(.unavailable, "cancelled before it was sent")
        }
        return try await queues.append(batch, tenant: tenant).get()
    }

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
