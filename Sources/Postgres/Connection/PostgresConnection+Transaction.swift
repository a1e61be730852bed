internal import CLibpq

extension PostgresConnection {
    /// Runs the body in a transaction: COMMIT if it returns, ROLLBACK if it throws.
    ///
    /// The body runs on the connection's own thread, so its statements need no hop between them.
    /// COMMIT is sent unless the task is cancelled or the deadline has passed; once sent it is
    /// never cancelled. A loss before COMMIT is a rollback; one during it is an unknown outcome.
    @discardableResult
    public func transaction<Value: Sendable>(
        isolation: IsolationLevel = .readCommitted, readOnly: Bool = false,
        deadline: Duration? = nil,
        _ body: @Sendable (isolated PostgresConnection) async throws -> Value
    ) async throws -> Value {
        try await begin(isolation: isolation, readOnly: readOnly, deadline: deadline)
        let value: Value
        do {
            value = try await body(self)
            guard activity == .none else { throw PostgresError(.connectionBusy) }
        } catch {
            rollBack()
            throw error
        }
        try commit()
        return value
    }

    /// Like ``transaction(isolation:readOnly:deadline:_:)``, tried again after 40001 or 40P01 and
    /// after nothing else; the body must be safe to repeat.
    ///
    /// - Parameter attempts: How often in all; the deadline covers all of them.
    @discardableResult
    public func retryTransaction<Value: Sendable>(
        isolation: IsolationLevel = .serializable, readOnly: Bool = false,
        deadline: Duration? = nil, attempts: Int = PostgresLimits.transactionAttempts,
        _ body: @Sendable (isolated PostgresConnection) async throws -> Value
    ) async throws -> Value {
        let end = deadline.map { ContinuousClock.now + $0 }
        var backoff = PostgresLimits.transactionBackoff
        var attempt = 1
        while true {
            do {
                return try await transaction(
                    isolation: isolation, readOnly: readOnly,
                    deadline: end.map { $0 - ContinuousClock.now }, body)
            } catch let error as PostgresError
                where error.isRetryable && attempt < attempts && isUsable
            {
                attempt += 1
                try await Task.sleep(for: backoff * Double.random(in: 0.5...1))
                backoff = min(backoff * 2, PostgresLimits.transactionBackoffMaximum)
            }
        }
    }

    private func begin(
        isolation: IsolationLevel, readOnly: Bool, deadline: Duration?
    ) async throws(PostgresError) {
        let talk = try ready()
        guard !isInTransaction, talk.handle.transactionStatus == PQTRANS_IDLE else {
            throw PostgresError(.connectionBusy)
        }
        let access = readOnly ? "READ ONLY" : "READ WRITE"
        let sql = "BEGIN ISOLATION LEVEL \(isolation.rawValue) \(access)"
        transactionDeadline = deadline.map { .deadline(in: $0) }
        isInTransaction = true
        do throws(PostgresError) {
            var patience = patience(nil, .cancelsStatement)
            _ = try await interruptible(.cancelsStatement) {
                () throws(PostgresError) -> ResultHandle in
                try run(.control(sql), &patience)
            }
        } catch {
            endTransaction()
            throw error
        }
    }

    private func commit() throws(PostgresError) {
        if Task.isCancelled || transactionDeadline.map({ $0 <= monotonicNanoseconds() }) ?? false {
            rollBack()
            throw PostgresError(Task.isCancelled ? .cancelled : .deadlineExceeded)
        }
        endTransaction()
        var patience = Patience.unlimited
        signal.forgetCancel()
        let wasActive = conversation?.handle.transactionStatus != PQTRANS_IDLE
        let result = try run(.control("COMMIT"), &patience)
        // After a failed statement that the body swallowed, the server answers COMMIT so.
        guard wasActive, result.commandTag == "COMMIT" else {
            throw PostgresError(.transactionAborted)
        }
    }

    private func rollBack() {
        endTransaction()
        signal.forgetCancel()
        guard isUsable else { return }
        guard let talk = try? ready() else { return signal.doubt() }
        guard talk.handle.transactionStatus != PQTRANS_IDLE else { return }
        var patience = Patience.within(PostgresLimits.cancelGrace)
        if (try? run(.control("ROLLBACK"), &patience)) == nil { signal.doubt() }
    }

    private func endTransaction() {
        isInTransaction = false
        transactionDeadline = nil
    }
}

extension Query {
    /// Words of ours, parsed on each call: they are too short to be worth preparing.
    static func control(_ sql: String) -> Query {
        Query(sql: sql, parameters: ParameterList(), preparation: .never)
    }
}
