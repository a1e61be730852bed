internal import EventStore
internal import Logging
internal import Postgres

/// Sends one batch until its outcome is known, or until there is no hope left to learn it.
///
/// ```
///            ┌──────────────── lost, busy or away, tries left ─────────────────┐
///            ▼                                                                 │
///  send ── answer ──────────────────────────────────────────▶ outcomes         │
///    │                                                                         │
///    ├─ lost around the commit ────────────▶ in doubt, for ever ───────────────┤
///    ├─ no connection comes free, until the time for that is over ─────────────┤
///    ├─ the session was gone before it was asked, a deadlock … ────────────────┘
///    │      tries used up: in doubt ▶ outcomeUnknown, else ▶ busy or unavailable
///    └─ the store refuses the statement ─▶ one by one; alone ▶ failed
/// ```
///
/// Sending again is safe: behind the tenant's lock it queues after its orphan and is then judged a
/// duplicate of it.
struct Appender<Projector: InlineProjector>: Sendable {
    typealias Batch = [Append<Projector.Changes>]

    private let pool: PostgresPool
    private let projector: Projector
    private let tenant: TenantID
    private let logger: Logger
    private let patience: AppendPatience

    init(_ store: PostgresEventStore<Projector>, _ tenant: TenantID) {
        pool = store.pool
        projector = store.projector
        logger = store.logger
        patience = store.patience
        self.tenant = tenant
    }

    func append(_ batch: Batch) async -> Result<[AppendOutcome], EventLogError> {
        do throws(EventLogError) {
            return .success(try await settle(batch))
        } catch {
            return .failure(error)
        }
    }

    private func settle(_ batch: Batch) async throws(EventLogError) -> [AppendOutcome] {
        var isInDoubt = false
        let connectionWaitEnds = ContinuousClock.now + patience.connectionWait
        var pause = EventLogLimits.appendRetryPause
        for attempt in 1... {
            do throws(PostgresError) {
                return try await send(batch)
            } catch {
                // Judged and rolled back by the server; an earlier sending left nothing either.
                if error.sqlState == EventLogState.batchNotWhole {
                    return batch.map { _ in .undecided }
                }
                isInDoubt = isInDoubt || error.outcomeIsUnknown
                guard isInDoubt || error.isOfTheMoment else {
                    return try await afterRefusal(of: batch, error)
                }
                // What was not written and may wait is the caller's to repeat, except that a
                // pooled connection may just have been closed under us, and that many callers'
                // commands are not to fail together because none came free at once.
                let mayYetComeFree =
                    error.code == .poolExhausted && ContinuousClock.now < connectionWaitEnds
                let isWorthAnother =
                    isInDoubt || error.isRetryable || error.lostItsConnection || mayYetComeFree
                guard isWorthAnother, attempt < patience.attempts else {
                    throw isInDoubt
                        ? EventLogError(.outcomeUnknown, error.description) : EventLogError(error)
                }
            }
            try? await Task.sleep(for: pause)
            pause = min(pause * 2, EventLogLimits.appendRetryPauseMaximum)
        }
        preconditionFailure("the attempts have no end")
    }

    private func send(_ batch: Batch) async throws(PostgresError) -> [AppendOutcome] {
        let parameters =
            LogParameters(batch, tenant: tenant).values
            + projector.parameters(for: batch.map { $0.changes })
        var queries = [
            Statements.useTenant(
                tenant.description, patience.lockTimeout.milliseconds,
                patience.statementTimeout.milliseconds),
            projector.statement.binding(parameters),
        ]
        // In the same transaction, which it fails unless all of the batch is in the log.
        if batch.isBound() {
            queries.append(
                Statements.requireWhole(
                    tenant.uuid, batch.map { $0.commandID.uuid }, batch.map { $0.fingerprint }))
        }
        do {
            let claim = PoolClaim(of: tenant, mayUseReserve: true)
            let results = try await pool.withConnection(for: claim) { connection in
                try await connection.pipeline(
                    queries, cancellation: .ignored, givingUpAfter: patience.answerTimeout)
            }
            return try outcomes(results[1], of: batch)
        } catch let error as PostgresError {
            throw error
        } catch {
            throw PostgresError(.protocolViolation, outcomeIsUnknown: true)
        }
    }

    /// One row for all, or one for each in any order. What is not understood has been committed all
    /// the same: the outcome is in doubt, and sending it again writes nothing.
    private func outcomes(_ rows: Rows, of batch: Batch) throws(PostgresError) -> [AppendOutcome] {
        if rows.count == 1, let all = try? AllAppended(rows[0]) { return all.outcomes(of: batch) }
        var outcomes = [AppendOutcome?](repeating: nil, count: batch.count)
        for row in rows {
            guard let row = try? OutcomeRow(row), batch.indices.contains(row.ordinal - 1) else {
                throw PostgresError(.protocolViolation, outcomeIsUnknown: true)
            }
            outcomes[row.ordinal - 1] = row.outcome(for: batch[row.ordinal - 1])
        }
        let known = outcomes.compactMap(\.self)
        guard known.count == batch.count else {
            throw PostgresError(.protocolViolation, outcomeIsUnknown: true)
        }
        return known
    }

    /// The statement failed and nothing was written: somebody in the batch is poison, alone.
    ///
    /// The chains hold: after a link that was not appended, the later ones of its stream are not
    /// sent, and are undecided even where their ids are known.
    private func afterRefusal(
        of batch: Batch, _ error: PostgresError
    ) async throws(EventLogError) -> [AppendOutcome] {
        let failure = EventLogError(error)
        guard failure.code == .storeFailed else { throw failure }
        logger.error(
            "an append was refused by the store",
            metadata: ["error": "\(error)", "appends": "\(batch.count)"])
        guard batch.count > 1, !batch.isBound() else {
            return batch.map { _ in .failed(failure.code) }
        }
        var broken: Set<StreamID> = []
        var outcomes: [AppendOutcome] = []
        for append in batch {
            guard !broken.contains(append.stream) else {
                outcomes.append(.undecided)
                continue
            }
            let outcome = try await settleAlone(append, after: outcomes)
            if case .appended = outcome {} else { broken.insert(append.stream) }
            outcomes.append(outcome)
        }
        return outcomes
    }

    /// "Nothing was written" is no longer true of the batch once one of it has been.
    private func settleAlone(
        _ append: Append<Projector.Changes>, after outcomes: [AppendOutcome]
    ) async throws(EventLogError) -> AppendOutcome {
        do throws(EventLogError) {
            return try await settle([append])[0]
        } catch {
            let isPartlyWritten = outcomes.contains {
                if case .appended = $0 { true } else { false }
            }
            throw isPartlyWritten ? EventLogError(.outcomeUnknown, error.description) : error
        }
    }
}

extension PostgresError {
    /// The session is gone, perhaps long before it was asked; another one may serve.
    fileprivate var lostItsConnection: Bool {
        [.connectionLost, .connectionClosed].contains(code)
            || sqlState?.conditionClass == "57"
                && sqlState != .queryCanceled
    }
}

extension Duration {
    /// As PostgreSQL's settings of time take it.
    var milliseconds: String {
        String(components.seconds * 1_000 + components.attoseconds / 1_000_000_000_000_000)
    }
}
