internal import CLibpq

extension PostgresConnection {
    /// Runs `COPY … FROM STDIN`, fed by the body, and returns how many rows were copied.
    ///
    /// ``CopyInWriter/write(_:)`` waits until the server has taken the bytes. If the body throws,
    /// the server is told to refuse the COPY and nothing is stored.
    @discardableResult
    public func copyIn(
        _ query: Query, deadline: Duration? = nil,
        _ body: @Sendable (CopyInWriter) async throws -> Void
    ) async throws -> Int {
        var patience = patience(deadline, .cancelsStatement)
        let instant = patience.deadline
        try await interruptible(.cancelsStatement) { () throws(PostgresError) in
            try startCopy(query, expecting: PGRES_COPY_IN, &patience)
        }
        do {
            try await body(CopyInWriter(connection: self, deadline: instant))
        } catch {
            refuseCopy()
            throw error
        }
        return try await endCopy(deadline: instant)
    }

    /// Runs `COPY … FROM STDIN (FORMAT binary)` with one row per element.
    ///
    /// Reads the next elements only once the server has taken the chunk before them.
    @discardableResult
    public func copyIn<Elements: AsyncSequence & Sendable>(
        _ query: Query, rows: Elements, deadline: Duration? = nil,
        _ encode: @Sendable (Elements.Element, inout BinaryCopyWriter) -> Void
    ) async throws -> Int where Elements.Element: Sendable {
        try await copyIn(query, deadline: deadline) { writer in
            var binary = BinaryCopyWriter()
            for try await element in rows {
                encode(element, &binary)
                if binary.isChunkFull { try await writer.write(binary.takeChunk()) }
            }
            try await writer.write(binary.finish())
        }
    }

    /// Queues bytes and waits until the socket has taken them: libpq's buffer stays small.
    func writeCopyData(_ bytes: [UInt8], deadline: Int64?) async throws(PostgresError) {
        var patience = Patience(deadline: deadline, cancellation: .cancelsStatement)
        try await interruptible(.cancelsStatement) { () throws(PostgresError) in
            guard activity == .copying else {
                throw PostgresError(.copyFormat, note: "the COPY is over")
            }
            guard let conversation, isUsable else { throw PostgresError(.connectionClosed) }
            if let reason = patience.reasonToStop(isCancelRequested: signal.isCancelRequested) {
                throw PostgresError(reason)
            }
            var start = 0
            while start < bytes.count {
                // libpq counts a message in 32 bits; a chunk from a caller may be of any size.
                let end = min(start + (1 << 24), bytes.count)
                let part = start == 0 && end == bytes.count ? bytes : Array(bytes[start..<end])
                try put(part, conversation, &patience)
                start = end
            }
        }
    }

    private func put(
        _ bytes: [UInt8], _ talk: Conversation, _ patience: inout Patience
    ) throws(PostgresError) {
        while true {
            switch talk.handle.putCopyData(bytes) {
            case 1:
                try talk.flush(&patience)
                // After a cancel or a refused row the server has ended the COPY from its side.
                if patience.reason != nil { throw try failure(of: talk, &patience) }
                return
            case 0: _ = try talk.wait(for: Int16(POLLOUT), &patience)
            default: throw try failure(of: talk, &patience)
            }
        }
    }

    private func failure(
        of talk: Conversation, _ patience: inout Patience
    ) throws(PostgresError) -> PostgresError {
        activity = .none
        do throws(PostgresError) {
            let result = try talk.collect(&patience)
            if result.isCopy { signal.doubt() }
            return PostgresError(patience.reason ?? .protocolViolation)
        } catch {
            return error
        }
    }

    private func endCopy(deadline: Int64?) async throws(PostgresError) -> Int {
        var patience = Patience(deadline: deadline, cancellation: .cancelsStatement)
        return try await interruptible(.cancelsStatement) { () throws(PostgresError) -> Int in
            guard activity == .copying, let conversation, isUsable else {
                throw PostgresError(.connectionClosed)
            }
            while conversation.handle.putCopyEnd(refusal: nil) == 0 {
                _ = try conversation.wait(for: Int16(POLLOUT), &patience)
            }
            activity = .none
            try conversation.flush(&patience)
            return try finishCopy(conversation, &patience).affectedRows
        }
    }

    /// Makes the server forget the rows; the connection stays good.
    private func refuseCopy() {
        guard activity == .copying, let conversation else { return }
        activity = .none
        signal.forgetCancel()
        guard isUsable else { return }
        var patience = Patience.within(PostgresLimits.cancelGrace)
        do throws(PostgresError) {
            while conversation.handle.putCopyEnd(refusal: "refused by the client") == 0 {
                _ = try conversation.wait(for: Int16(POLLOUT), &patience)
            }
            try conversation.flush(&patience)
            _ = try conversation.collect(&patience)
        } catch {
            if error.sqlState != .queryCanceled { signal.doubt() }
        }
    }
}
