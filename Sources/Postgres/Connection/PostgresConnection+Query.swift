internal import CLibpq

extension PostgresConnection {
    /// Runs one statement and returns its whole result.
    ///
    /// - Parameters:
    ///   - query: Prepared on the server at its first use, unless it says `unsafeSQL`.
    ///   - deadline: After which the statement is cancelled on the server.
    ///   - cancellation: `.ignored` for what must not be cancelled once it was sent.
    @discardableResult
    public func query(
        _ query: Query, deadline: Duration? = nil,
        cancellation: Cancellation = .cancelsStatement
    ) async throws(PostgresError) -> Rows {
        var patience = patience(deadline, cancellation)
        return try await interruptible(cancellation) { () throws(PostgresError) -> Rows in
            Rows(result: try run(query, &patience))
        }
    }

    /// Runs one statement for its effect and returns how many rows it touched.
    @discardableResult
    public func execute(
        _ query: Query, deadline: Duration? = nil,
        cancellation: Cancellation = .cancelsStatement
    ) async throws(PostgresError) -> Int {
        try await self.query(query, deadline: deadline, cancellation: cancellation).affectedRows
    }

    /// Runs any number of statements in one text, such as a migration, without parameters.
    ///
    /// PostgreSQL wraps them into one transaction unless the text has its own BEGIN and COMMIT.
    public func executeScript(
        unsafeSQL sql: String, deadline: Duration? = nil,
        cancellation: Cancellation = .cancelsStatement
    ) async throws(PostgresError) {
        guard !sql.utf8.contains(0) else { throw PostgresError(.invalidQuery, note: "NUL byte") }
        var patience = patience(deadline, cancellation)
        try await interruptible(cancellation) { () throws(PostgresError) in
            let talk = try ready()
            try talk.prepareToSend(patience)
            try talk.require(talk.handle.sendScript(sql))
            try talk.flush(&patience)
            let result = try talk.collect(&patience)
            guard !result.isCopy else { throw abandonedCopy() }
        }
    }

    /// Sends a statement and reads its result; prepares it again once if its plan went stale.
    func run(_ query: Query, _ patience: inout Patience) throws(PostgresError) -> ResultHandle {
        let talk = try ready()
        let wasIdle = talk.handle.transactionStatus == PQTRANS_IDLE
        do throws(PostgresError) {
            return try send(query, talk, &patience)
        } catch {
            guard error.isStalePlan else { throw error }
            statements.forget(query)
            // Inside a transaction the server has given up on it; only the caller can begin again.
            guard wasIdle else { throw error }
            return try send(query, talk, &patience)
        }
    }

    private func send(
        _ query: Query, _ talk: Conversation, _ patience: inout Patience
    ) throws(PostgresError) -> ResultHandle {
        try start(query, talk, &patience)
        try talk.flush(&patience)
        let result = try talk.collect(&patience)
        guard !result.isCopy else { throw abandonedCopy() }
        return result
    }

    /// Sends a statement, prepared if it wants to be; the caller flushes and reads.
    func start(
        _ query: Query, _ talk: Conversation, _ patience: inout Patience
    ) throws(PostgresError) {
        try query.validate()
        try talk.prepareToSend(patience)
        if let name = try prepared(query, talk, &patience) {
            try talk.require(talk.handle.sendPrepared(name: name, parameters: query.parameters))
        } else {
            try talk.require(
                talk.handle.sendUnprepared(sql: query.sql, parameters: query.parameters))
        }
        signal.rest(false)
    }

    /// The name of the prepared statement; nil if the query is not to be prepared.
    private func prepared(
        _ query: Query, _ talk: Conversation, _ patience: inout Patience
    ) throws(PostgresError) -> String? {
        guard query.preparation != .never else { return nil }
        if let name = statements.find(query) { return name }
        try deallocateEvicted(talk, &patience)
        let name = statements.newName(for: query)
        do throws(PostgresError) {
            try talk.require(
                talk.handle.sendPrepare(name: name, sql: query.sql, parameters: query.parameters))
            try talk.flush(&patience)
            _ = try talk.collect(&patience)
        } catch {
            // Preparing has no effects, so its outcome is never in question.
            throw error.with(outcomeIsUnknown: false)
        }
        statements.insert(query, serverName: name)
        return name
    }

    /// libpq 15 cannot close a statement in the protocol; an aborted transaction cannot in SQL.
    private func deallocateEvicted(
        _ talk: Conversation, _ patience: inout Patience
    ) throws(PostgresError) {
        guard !statements.evicted.isEmpty, talk.handle.transactionStatus != PQTRANS_INERROR
        else { return }
        for name in statements.takeEvicted() {
            let sql = "DEALLOCATE \(name.quotedIdentifier)"
            try talk.require(talk.handle.sendUnprepared(sql: sql, parameters: ParameterList()))
            try talk.flush(&patience)
            do throws(PostgresError) {
                _ = try talk.collect(&patience)
            } catch {
                guard error.sqlState == .invalidStatementName,
                    talk.handle.transactionStatus == PQTRANS_IDLE
                else { throw error.with(outcomeIsUnknown: false) }
            }
        }
    }

    /// A COPY that was not started as one cannot be ended in an orderly way.
    func abandonedCopy() -> PostgresError {
        signal.doubt()
        return PostgresError(.invalidQuery, note: "COPY needs copyIn or copyOut")
    }
}

extension Query {
    func validate() throws(PostgresError) {
        guard parameters.count <= PostgresLimits.parametersPerStatement else {
            throw PostgresError(.invalidQuery, note: "too many parameters")
        }
        guard !sql.utf8.contains(0) else { throw PostgresError(.invalidQuery, note: "NUL byte") }
    }
}
