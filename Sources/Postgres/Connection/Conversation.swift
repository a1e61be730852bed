internal import CLibpq

/// The talk with one server: sending, waiting, reading, and stopping what takes too long.
///
/// Invariants:
/// 1. Every wait is a poll(2) on socket and wake-up, never a blocking call of libpq.
/// 2. While flushing, input is read too; else server and client could both block on writing.
/// 3. Results are read until libpq has no more, whatever they are.
/// 4. After a cancel, a lost connection or a fatal state, the connection is in doubt for ever.
final class Conversation {
    let handle: ConnectionHandle
    let signal: ConnectionSignal
    private let configuration: PostgresConfiguration
    /// Whether what is under way may be cancelled when the connection is closed.
    var isCancellable = true

    init(handle: ConnectionHandle, signal: ConnectionSignal, configuration: PostgresConfiguration) {
        self.handle = handle
        self.signal = signal
        self.configuration = configuration
    }

    /// Refuses to send on a connection that is in doubt, or to someone whose time is up. Input
    /// that is waiting on an idle connection usually says that the server has gone.
    func prepareToSend(_ patience: Patience) throws(PostgresError) {
        guard !signal.isDoubtful else { throw PostgresError(.connectionClosed) }
        if let reason = patience.reasonToStop(isCancelRequested: signal.isCancelRequested) {
            throw PostgresError(reason)
        }
        guard
            pollSocket(handle.socket, events: Int16(POLLIN), wakeup: nil, timeoutMilliseconds: 0)
                != 0
        else { return }
        guard handle.consumeInput(), handle.isConnected else { throw idleLoss() }
    }

    /// The connection broke while nothing was running, so nothing is unknown. libpq keeps the
    /// server's last words (57P01) for whoever asks for a result.
    func idleLoss() -> PostgresError {
        signal.doubt()
        var fields = PostgresError.Fields()
        if let result = handle.getResult(), result.isError { fields = result.errorFields }
        return PostgresError(.connectionLost, details: .init(fields: fields))
    }

    /// Turns libpq's refusal to send into an error.
    func require(_ wasSent: Bool) throws(PostgresError) {
        guard !wasSent else { return }
        guard handle.isConnected else {
            signal.doubt()
            throw PostgresError(.connectionLost)
        }
        throw PostgresError(.protocolViolation, note: "libpq refused to send")
    }

    /// Sends what is queued, reading what arrives meanwhile.
    func flush(_ patience: inout Patience) throws(PostgresError) {
        while true {
            switch handle.flush() {
            case 0: return
            case 1:
                let events = try wait(for: Int16(POLLIN | POLLOUT), &patience)
                if events & Int16(POLLIN) != 0, !handle.consumeInput() { return }
            default:
                // Whatever the server said last is read as a result.
                return
            }
        }
    }

    /// The next result; nil when the statement has no more.
    func nextResult(_ patience: inout Patience) throws(PostgresError) -> ResultHandle? {
        while handle.isBusy {
            _ = try wait(for: Int16(POLLIN), &patience)
            if !handle.consumeInput() { break }
        }
        return handle.getResult()
    }

    /// Waits for the socket. Deadline, cancellation and close get through here.
    func wait(for events: Int16, _ patience: inout Patience) throws(PostgresError) -> Int16 {
        while true {
            if signal.isCloseRequested {
                throw PostgresError(.connectionClosed, outcomeIsUnknown: true)
            }
            if let givesUpAt = patience.givesUpAt {
                if givesUpAt <= monotonicNanoseconds() {
                    signal.doubt()
                    throw PostgresError(
                        patience.reason ?? .deadlineExceeded, outcomeIsUnknown: true)
                }
            } else if patience.cancellation == .cancelsStatement,
                let reason = patience.reasonToStop(isCancelRequested: signal.isCancelRequested)
            {
                cancelStatement(for: reason, &patience)
            }
            let ready = pollSocket(
                handle.socket, events: events, wakeup: signal.wakeup,
                timeoutMilliseconds: patience.timeoutMilliseconds)
            if ready != 0 { return ready }
        }
    }

    private func cancelStatement(for reason: PostgresError.Code, _ patience: inout Patience) {
        patience.beginCancelling(for: reason)
        signal.doubt()
        sendCancel()
    }

    /// Asks the server to cancel, on a thread of its own: the request may block on a dead network.
    func sendCancel() {
        guard handle.usesTLS else {
            guard let cancel = handle.cancelHandle() else { return }
            return startThread { cancel.cancel() }
        }
        let keywords = configuration.cancelKeywords(address: handle.address)
        let backend = handle.backendProcessID
        startThread {
            // A second, encrypted connection: libpq 15 would send the cancel key in the clear.
            guard let other = ConnectionHandle(keywords: keywords), other.isConnected else {
                return
            }
            var parameters = ParameterList()
            parameters.append(backend)
            let sql = "SELECT pg_catalog.pg_cancel_backend($1)"
            guard other.sendUnprepared(sql: sql, parameters: parameters) else { return }
            while other.flush() == 1 {
                _ = pollSocket(
                    other.socket, events: Int16(POLLOUT), wakeup: nil, timeoutMilliseconds: 100)
            }
            while other.getResult() != nil {}
        }
    }

    /// Reads one statement to its end: its last result, or the first error.
    func collect(_ patience: inout Patience) throws(PostgresError) -> ResultHandle {
        var last: ResultHandle?
        var failure: PostgresError?
        while let result = try nextResult(&patience) {
            if result.isError {
                failure = failure ?? error(from: result, patience)
            } else {
                last = result
                if result.isCopy { break }
            }
            if !handle.isConnected { break }
        }
        noteState()
        if let failure { throw failure }
        guard let last else { throw lost(patience) }
        return last
    }

    /// What a failed result means for the caller.
    func error(from result: ResultHandle, _ patience: Patience) -> PostgresError {
        let fields = result.errorFields
        let state = fields.sqlState
        let details = PostgresError.Details(fields: fields)
        let isLost = !handle.isConnected || state == nil || (state?.endsConnection ?? false)
        if isLost || fields.severity == "FATAL" || fields.severity == "PANIC" {
            signal.doubt()
            return PostgresError(
                patience.reason ?? .connectionLost, outcomeIsUnknown: true, details: details)
        }
        if let reason = patience.reason, state == .queryCanceled {
            return PostgresError(reason, details: details)
        }
        return PostgresError(
            .serverError, outcomeIsUnknown: state == .statementCompletionUnknown, details: details)
    }

    func lost(_ patience: Patience) -> PostgresError {
        signal.doubt()
        return PostgresError(patience.reason ?? .connectionLost, outcomeIsUnknown: true)
    }

    /// Keeps the outside view true after every exchange.
    func noteState() {
        if !handle.isConnected { signal.doubt() }
        signal.rest(handle.transactionStatus == PQTRANS_IDLE)
    }
}

extension ResultHandle {
    var isCopy: Bool {
        status == PGRES_COPY_IN || status == PGRES_COPY_OUT || status == PGRES_COPY_BOTH
    }
}
