internal import CLibpq

extension PostgresConnection {
    /// Runs a statement and streams its rows: the server waits when the reader does.
    ///
    /// - Parameters:
    ///   - deadline: For the whole stream, the reader's own time included.
    ///   - batch: How many rows to fetch in one hop.
    public func stream(
        _ query: Query, deadline: Duration? = nil, batch: Int = PostgresLimits.rowsPerStreamBatch
    ) async throws(PostgresError) -> RowStream {
        var patience = patience(deadline, .cancelsStatement)
        let instant = patience.deadline
        try await interruptible(.cancelsStatement) { () throws(PostgresError) in
            let talk = try ready()
            try start(query, talk, &patience)
            guard talk.handle.setSingleRowMode() else {
                signal.doubt()
                throw PostgresError(.protocolViolation, note: "no single-row mode")
            }
            try talk.flush(&patience)
            activity = .streaming
        }
        let limit = max(1, batch)
        return RowStream(
            source: StreamSource(connection: self) { connection throws(PostgresError) in
                try await connection.nextRows(limit, deadline: instant, of: query)
            })
    }

    private func nextRows(
        _ limit: Int, deadline: Int64?, of query: Query
    ) async throws(PostgresError) -> [Row]? {
        try await occupied(deadline) { talk, patience throws(PostgresError) in
            var rows: [Row] = []
            while rows.count < limit {
                guard let result = try talk.nextResult(&patience) else {
                    throw talk.lost(patience)
                }
                if result.isError {
                    let failure = talk.error(from: result, patience)
                    if failure.isStalePlan { statements.forget(query) }
                    endOccupation(talk)
                    throw failure
                }
                if result.isCopy { throw abandonedCopy() }
                guard result.status == PGRES_SINGLE_TUPLE else {
                    // The empty result that closes the rows.
                    while let rest = try talk.nextResult(&patience) {
                        guard !rest.isError else { throw talk.error(from: rest, patience) }
                    }
                    endOccupation(talk)
                    break
                }
                rows.append(Row(result: result, index: 0))
            }
            return rows
        }
    }

    /// One piece of a stream or a COPY out; nil once it has ended.
    func occupied<Piece: Collection>(
        _ deadline: Int64?,
        _ work: (Conversation, inout Patience) throws(PostgresError) -> Piece
    ) async throws(PostgresError) -> Piece? {
        guard activity != .none else { return nil }
        var patience = Patience(deadline: deadline, cancellation: .cancelsStatement)
        let piece = try await interruptible(.cancelsStatement) {
            () throws(PostgresError) -> Piece in
            guard let conversation, isUsable else {
                activity = .none
                throw PostgresError(.connectionClosed)
            }
            do throws(PostgresError) {
                return try work(conversation, &patience)
            } catch {
                // Whatever it was, nobody will read the rest.
                if activity != .none { signal.doubt() }
                activity = .none
                throw error
            }
        }
        return piece.isEmpty && activity == .none ? nil : piece
    }

    /// Reads what is left of a finished statement and is free again.
    func endOccupation(_ talk: Conversation) {
        activity = .none
        var patience = Patience.within(PostgresLimits.cancelGrace)
        while talk.handle.isConnected, let rest = try? talk.nextResult(&patience) {
            if rest.isCopy { return signal.doubt() }
        }
        talk.noteState()
        if isListening { resumeWatch() }
    }
}
