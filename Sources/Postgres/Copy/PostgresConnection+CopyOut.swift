internal import CLibpq

extension PostgresConnection {
    /// Streams `COPY … TO STDOUT`; read `FORMAT binary` with a ``BinaryCopyReader``.
    ///
    /// - Parameters:
    ///   - query: COPY takes no parameters: use `\(literal:)` and `\(identifier:)`.
    ///   - deadline: For the whole stream, the reader's own time included.
    public func copyOut(
        _ query: Query, deadline: Duration? = nil
    ) async throws(PostgresError) -> CopyOutStream {
        var patience = patience(deadline, .cancelsStatement)
        let instant = patience.deadline
        try await interruptible(.cancelsStatement) { () throws(PostgresError) in
            try startCopy(query, expecting: PGRES_COPY_OUT, &patience)
        }
        return CopyOutStream(
            source: StreamSource(connection: self) { connection throws(PostgresError) in
                try await connection.nextChunk(deadline: instant)
            })
    }

    func startCopy(
        _ query: Query, expecting status: ExecStatusType, _ patience: inout Patience
    ) throws(PostgresError) {
        let talk = try ready()
        let unprepared = Query(
            sql: query.sql, parameters: query.parameters, preparation: .never)
        try start(unprepared, talk, &patience)
        try talk.flush(&patience)
        let result = try talk.collect(&patience)
        guard result.status == status else {
            if result.isCopy { signal.doubt() }
            throw PostgresError(.invalidQuery, note: "not a COPY in this direction")
        }
        activity = .copying
    }

    private func nextChunk(deadline: Int64?) async throws(PostgresError) -> [UInt8]? {
        try await occupied(deadline) { talk, patience throws(PostgresError) in
            var chunk: [UInt8] = []
            chunk.reserveCapacity(PostgresLimits.copyChunkBytes + 4_096)
            while chunk.count < PostgresLimits.copyChunkBytes {
                switch talk.handle.getCopyData(into: &chunk) {
                case 1...: continue
                case 0:
                    // Hand over what is there rather than wait for the chunk to fill.
                    if !chunk.isEmpty, chunk.count >= PostgresLimits.copyChunkBytes / 2 {
                        return chunk
                    }
                    _ = try talk.wait(for: Int16(POLLIN), &patience)
                    guard talk.handle.consumeInput() else { throw talk.lost(patience) }
                default:
                    try finishCopy(talk, &patience)
                    return chunk
                }
            }
            return chunk
        }
    }

    /// Reads the statement's own result behind the data.
    @discardableResult
    func finishCopy(
        _ talk: Conversation, _ patience: inout Patience
    ) throws(PostgresError) -> ResultHandle {
        let result = try talk.collect(&patience)
        guard !result.isCopy else {
            signal.doubt()
            throw PostgresError(.protocolViolation, note: "COPY did not end")
        }
        endOccupation(talk)
        return result
    }
}
