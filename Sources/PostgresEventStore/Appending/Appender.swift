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
///    └─ the statement fails ─▶ one by one; alone ▶ failed, or as above
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

    /// - Parameter wasSent: Whether it has been sent before, in other company, and nobody knows what became of that.
    private func settle(
        _ batch: Batch, wasSent: Bool = false
    ) async throws(EventLogError) -> [AppendOutcome] {
        var isInDoubt = wasSent
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
                // Said behind the lock, of what a shorter log would not have taken either: no earlier sending
                // was committed.
                if error.sqlState == EventLogState.malformedBatch { isInDoubt = false }
                if error.isOfTheStatement, batch.count > 1, !batch.isBound() {
                    return await oneByOne(batch, after: error, wereSent: isInDoubt)
                }
                // Alone after others, it has had its second chance: they wait behind it.
                let isFinal = wasSent ? error.isOfTheStatement : !error.isOfTheMoment
                guard error.outcomeIsUnknown || error.isOfTheMoment && !isFinal else {
                    return try refusal(of: batch, error, isInDoubt: isInDoubt)
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

    /// The statement failed, and sending it again would fail again.
    private func refusal(
        of batch: Batch, _ error: PostgresError, isInDoubt: Bool
    ) throws(EventLogError) -> [AppendOutcome] {
        let failure = EventLogError(error)
        guard !isInDoubt else { throw EventLogError(.outcomeUnknown, failure.description) }
        guard failure.code == .storeFailed else { throw failure }
        log(error, batch)
        return batch.map { _ in .failed(failure.code) }
    }

    private func log(_ error: PostgresError, _ batch: Batch) {
        logger.error(
            "an append was refused by the store",
            metadata: ["error": "\(error)", "appends": "\(batch.count)"])
    }

    /// The statement failed and wrote nothing: somebody in the batch is poison, and it is told to nobody else.
    ///
    /// The chains hold: after a link that was not appended, the later ones of its stream are not
    /// sent, and are undecided even where their ids are known. Where two in a row fail alone, it is nobody's
    /// fault, and the others are not sent any more.
    private func oneByOne(
        _ batch: Batch, after error: PostgresError, wereSent: Bool
    ) async -> [AppendOutcome] {
        log(error, batch)
        var broken: Set<StreamID> = []
        var failures: [EventLogError.Code] = []
        var outcomes: [AppendOutcome] = []
        for append in batch {
            let outcome: AppendOutcome
            if broken.contains(append.stream) {
                outcome = .undecided
            } else if failures.count == 2 {
                outcome = .failed(wereSent ? .outcomeUnknown : failures[1].ofWhatWasNotSent)
            } else {
                do throws(EventLogError) {
                    outcome = try await settle([append], wasSent: wereSent)[0]
                    failures = []
                } catch {
                    outcome = .failed(error.code)
                    failures.append(error.code)
                }
            }
            if case .appended = outcome {} else { broken.insert(append.stream) }
            outcomes.append(outcome)
        }
        return outcomes
    }
}

extension EventLogError.Code {
    /// What is told to those behind one that failed so.
    fileprivate var ofWhatWasNotSent: EventLogError.Code {
        self == .outcomeUnknown ? .unavailable : self
    }
}

extension PostgresError {
    /// What this statement asked for cannot be done, or took too much time, disk (53100), memory (53200) or of
    /// another limit (53400): another statement may go well.
    fileprivate var isOfTheStatement: Bool {
        guard !outcomeIsUnknown else { return false }
        let ofResources: Set<SQLState> = [.queryCanceled, "53100", "53200", "53400"]
        return sqlState.map(ofResources.contains) ?? false
            || EventLogError(self).code == .storeFailed
    }

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
