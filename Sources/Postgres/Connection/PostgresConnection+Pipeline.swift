internal import CLibpq

extension PostgresConnection {
    private enum PipelineStep {
        case prepare(Query, serverName: String)
        case execute(index: Int)
    }

    /// Sends all statements without waiting between them and returns their results in order.
    ///
    /// All or nothing: outside a transaction the pipeline is one, and no result is handed out
    /// before the server has confirmed the end (SYNC), because results read as good are rolled
    /// back when a later statement fails. The error then says which one
    /// (``PostgresError/pipelineIndex``). Statements must not control transactions.
    ///
    /// - Parameter silence: How long to wait for the answer at most where cancellation is `.ignored`.
    ///   Then the connection is given up, without a word to the server, and the outcome is unknown:
    ///   a server or a network that has gone silently may never say so.
    public func pipeline(
        _ queries: [Query], deadline: Duration? = nil,
        cancellation: Cancellation = .cancelsStatement, givingUpAfter silence: Duration? = nil
    ) async throws(PostgresError) -> [Rows] {
        guard !queries.isEmpty else { return [] }
        guard queries.count <= PostgresLimits.statementsPerPipeline else {
            throw PostgresError(.invalidQuery, note: "too many statements in a pipeline")
        }
        for query in queries { try query.validate() }
        var patience = patience(deadline, cancellation, givingUpAfter: silence)
        return try await interruptible(cancellation) { () throws(PostgresError) -> [Rows] in
            let talk = try ready()
            let wasIdle = talk.handle.transactionStatus == PQTRANS_IDLE
            talk.isCancellable = cancellation == .cancelsStatement
            defer { talk.isCancellable = talk.isCancellable || !signal.isDoubtful }
            do throws(PostgresError) {
                return try exchange(queries, talk, &patience)
            } catch {
                guard error.isStalePlan, let index = error.pipelineIndex else { throw error }
                statements.forget(queries[index])
                guard wasIdle else { throw error }
                // Nothing was applied. Any other plan may be stale too, so none is reused.
                for query in queries { statements.forget(query) }
                return try exchange(queries, talk, &patience)
            }
        }
    }

    private func exchange(
        _ queries: [Query], _ talk: Conversation, _ patience: inout Patience
    ) throws(PostgresError) -> [Rows] {
        try talk.prepareToSend(patience)
        try talk.require(talk.handle.enterPipelineMode())
        signal.rest(false)
        let steps = try sendAll(queries, talk, &patience)
        try talk.require(talk.handle.sendPipelineSync())
        try talk.flush(&patience)
        let (rows, failure) = try readAll(steps, talk, &patience)
        guard talk.handle.exitPipelineMode() else {
            signal.doubt()
            throw failure ?? PostgresError(.protocolViolation, outcomeIsUnknown: true)
        }
        talk.noteState()
        if let failure { throw failure }
        guard rows.count == queries.count else {
            throw PostgresError(.pipelineAborted, outcomeIsUnknown: true)
        }
        return rows
    }

    private func sendAll(
        _ queries: [Query], _ talk: Conversation, _ patience: inout Patience
    ) throws(PostgresError) -> [PipelineStep] {
        var steps: [PipelineStep] = []
        steps.reserveCapacity(queries.count + 8)
        var preparing: [StatementCache.Key: String] = [:]
        var queuedBytes = 0
        do throws(PostgresError) {
            for (index, query) in queries.enumerated() {
                var name = statements.find(query)
                if name == nil, let key = StatementCache.key(query) {
                    name = preparing[key]
                    // More new statements than the cache holds: the rest go unprepared.
                    if name == nil, preparing.count < PostgresLimits.preparedStatements {
                        let newName = statements.newName(for: query)
                        try talk.require(
                            talk.handle.sendPrepare(
                                name: newName, sql: query.sql, parameters: query.parameters))
                        steps.append(.prepare(query, serverName: newName))
                        preparing[key] = newName
                        name = newName
                    }
                }
                try talk.require(
                    name.map { talk.handle.sendPrepared(name: $0, parameters: query.parameters) }
                        ?? talk.handle.sendUnprepared(
                            sql: query.sql, parameters: query.parameters))
                steps.append(.execute(index: index))
                queuedBytes += 64 + query.parameters.buffer.count
                if queuedBytes >= PostgresLimits.pipelineFlushBytes {
                    try talk.flush(&patience)
                    queuedBytes = 0
                }
            }
        } catch {
            // Half a pipeline cannot be taken back, and without its SYNC it is not applied.
            signal.doubt()
            throw error.with(outcomeIsUnknown: false)
        }
        return steps
    }

    private func readAll(
        _ steps: [PipelineStep], _ talk: Conversation, _ patience: inout Patience
    ) throws(PostgresError) -> (rows: [Rows], failure: PostgresError?) {
        var rows: [Rows] = []
        rows.reserveCapacity(steps.count)
        var failure: PostgresError?
        var position = 0
        var emptyResults = 0
        while emptyResults < 2 {
            guard let result = try talk.nextResult(&patience) else {
                emptyResults += 1
                position += 1
                continue
            }
            emptyResults = 0
            if result.status == PGRES_PIPELINE_SYNC { return (rows, failure) }
            let step = position < steps.count ? steps[position] : nil
            if result.isError {
                guard failure == nil else { continue }
                failure = indexed(talk.error(from: result, patience), step, steps, position)
            } else if result.isCopy {
                throw abandonedCopy()
            } else if result.status != PGRES_PIPELINE_ABORTED, let step {
                switch step {
                case .prepare(let query, let name): statements.insert(query, serverName: name)
                case .execute: rows.append(Rows(result: result))
                }
            }
            if !talk.handle.isConnected { throw failure ?? talk.lost(patience) }
        }
        signal.doubt()
        throw failure ?? PostgresError(.pipelineAborted, outcomeIsUnknown: true)
    }

    /// Names the failed statement; what fails at SYNC (a deferred constraint) belongs to none.
    private func indexed(
        _ error: PostgresError, _ step: PipelineStep?, _ steps: [PipelineStep], _ position: Int
    ) -> PostgresError {
        switch step {
        case .execute(let index)?: return error.with(pipelineIndex: index)
        case .prepare?:
            guard case .execute(let index) = steps[position + 1] else { return error }
            return error.with(pipelineIndex: index)
        case nil: return error
        }
    }
}
