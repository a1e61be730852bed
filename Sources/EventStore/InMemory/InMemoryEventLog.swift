/// The log in memory, with its subjects: the same contract as a database's, for tests and for trying
/// things out.
///
/// It passes the same conformance suite; keeping its judgement and the database's apart, written
/// twice, is what makes comparing them on random batches worth anything.
public actor InMemoryEventLog<InlineChanges: ProjectionChanges>: EventLog {
    /// Says which constraint forbids the changes, or nil; called behind the "lock", with the versions that
    /// streams have there.
    public typealias Reserve =
        @Sendable (InlineChanges, TenantID, _ versionOf: (StreamID) -> StreamVersion) -> String?
    /// Applies the changes of an append that was appended.
    public typealias Apply = @Sendable (InlineChanges, AcceptedCommand, TenantID) -> Void

    private let clock: @Sendable () -> Timestamp
    private let reserve: Reserve
    private let apply: Apply
    var logs: [TenantID: InMemoryTenantLog] = [:]

    /// An empty log. `clock` is read once per batch.
    public init(
        clock: @escaping @Sendable () -> Timestamp,
        reserve: @escaping Reserve = { _, _, _ in nil },
        apply: @escaping Apply = { _, _, _ in }
    ) {
        self.clock = clock
        self.reserve = reserve
        self.apply = apply
    }

    /// Opens a tenant's log; doing so twice is harmless.
    public func open(_ tenant: TenantID) {
        if logs[tenant] == nil { logs[tenant] = InMemoryTenantLog(tenant: tenant) }
    }

    /// As after a promotion: later events carry a higher epoch.
    public func raiseLogEpoch(tenant: TenantID) {
        logs[tenant]?.logEpoch += 1
    }

    /// As a failover to a standby that was behind: everything after `position` is gone.
    public func lose(after position: Position, tenant: TenantID) {
        logs[tenant]?.truncate(after: position)
    }

    public func append(
        _ batch: [Append<InlineChanges>], tenant: TenantID
    ) async throws(EventLogError) -> [AppendOutcome] {
        try append(
            batch, tenant: tenant, reserve: { [reserve] in reserve($0, tenant, $1) },
            apply: { [apply] in apply($0, $1, tenant) })
    }

    /// The same for appends that change no projection.
    func appendPlain(
        _ batch: [Append<NoChanges>], tenant: TenantID
    ) throws(EventLogError) -> [AppendOutcome] {
        try append(batch, tenant: tenant, reserve: { _, _ in nil }, apply: { _, _ in })
    }

    private func append<Changes>(
        _ batch: [Append<Changes>], tenant: TenantID,
        reserve: (Changes, (StreamID) -> StreamVersion) -> String?,
        apply: (Changes, AcceptedCommand) -> Void
    ) throws(EventLogError) -> [AppendOutcome] {
        try AppendAdmission.checkSize(batch)
        guard !batch.isEmpty else { return [] }
        guard var log = logs[tenant] else {
            throw EventLogError(.unknownTenant, "there is no such tenant")
        }
        let admission = AppendAdmission.judge(batch)
        let isBound = batch.isBound()
        let refused = admission.compactMap(\.self)
        if isBound, !refused.isEmpty { return refused }
        var judge = InMemoryJudge(recordedAt: max(clock(), log.lastRecordedAt))
        let outcomes = zip(batch, admission).map { append, refused in
            if let refused { return refused }
            let outcome = judge.judge(append, in: &log, reserve: reserve)
            if !isBound, case .appended(let command) = outcome { apply(append.changes, command) }
            return outcome
        }
        if isBound {
            guard outcomes.allSatisfy(\.isInTheLog) else { return batch.map { _ in .undecided } }
            for case (let append, .appended(let command)) in zip(batch, outcomes) {
                apply(append.changes, command)
            }
        }
        logs[tenant] = log
        return outcomes
    }

    public func read(
        _ stream: StreamID, tenant: TenantID, after version: StreamVersion, limit: Int
    ) async throws(EventLogError) -> [RecordedEvent] {
        try AppendAdmission.checkPage(limit)
        guard let log = logs[tenant], let positions = log.streams[stream.uuid] else { return [] }
        return positions.dropFirst(Int(clamping: max(0, version.value))).prefix(limit)
            .map { log.events[$0] }
            .filter { $0.stream == stream }
    }

    public func readAll(
        tenant: TenantID, after position: Position, limit: Int
    ) async throws(EventLogError) -> [RecordedEvent] {
        try AppendAdmission.checkPage(limit)
        guard let log = logs[tenant] else { return [] }
        return Array(log.events.dropFirst(Int(clamping: max(0, position.value))).prefix(limit))
    }

    public func headings(
        at positions: [Position], tenant: TenantID
    ) async throws(EventLogError) -> [EventHeading] {
        guard !positions.isEmpty else { return [] }
        try AppendAdmission.checkPage(positions.count)
        guard let log = logs[tenant] else { return [] }
        return Set(positions).sorted().compactMap { position in
            guard position > .start, position <= log.head else { return nil }
            let event = log.events[Int(clamping: position.value) - 1]
            return EventHeading(
                position: position, type: event.data.type, effectiveAt: event.data.effectiveAt,
                recordedAt: event.recordedAt)
        }
    }

    public func head(tenant: TenantID) async throws(EventLogError) -> Position {
        logs[tenant]?.head ?? .start
    }

    public func position(
        knownAt instant: Timestamp, tenant: TenantID
    ) async throws(EventLogError) -> Position {
        logs[tenant]?.events.last { $0.recordedAt <= instant }?.position ?? .start
    }

    public func command(
        _ id: CommandID, tenant: TenantID
    ) async throws(EventLogError) -> AcceptedCommand? {
        logs[tenant]?.commands[id]
    }
}

extension AppendOutcome {
    /// Appended now or before.
    fileprivate var isInTheLog: Bool {
        switch self {
        case .appended, .duplicate: true
        case .fingerprintMismatch, .conflict, .unavailable, .undecided, .failed: false
        }
    }
}
