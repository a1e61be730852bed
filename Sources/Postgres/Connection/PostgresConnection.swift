internal import CLibpq

/// One session with a server: an actor on a thread of its own.
///
/// A statement is sent and awaited without suspending, so whoever holds the actor (a
/// ``transaction(isolation:readOnly:deadline:_:)``) makes one hop and nobody interleaves. Waiting
/// is a poll(2) that cancellation, deadlines and ``close()`` can interrupt.
///
/// A connection in doubt (after a cancel, a lost socket, 57P01 or class 08) is discarded, not
/// repaired: ``isUsable`` turns false and stays false.
public actor PostgresConnection {
    /// What the connection is in the middle of.
    enum Activity: Equatable {
        case none
        case streaming
        case copying
    }

    let signal = ConnectionSignal()
    nonisolated let executor: ConnectionExecutor
    nonisolated let configuration: PostgresConfiguration

    var conversation: Conversation?
    var statements = StatementCache()
    var activity = Activity.none
    var isInTransaction = false
    var transactionDeadline: Int64?
    var listeners: [WeakListener] = []

    private init(_ configuration: PostgresConfiguration) {
        self.configuration = configuration
        executor = ConnectionExecutor(wakeup: signal.wakeup)
    }

    deinit {
        executor.stop()
    }

    /// The connection's own thread.
    public nonisolated var unownedExecutor: UnownedSerialExecutor {
        executor.asUnownedSerialExecutor()
    }

    /// Connects and applies the session's settings.
    ///
    /// A cancelled caller returns at once; the attempt itself ends by its time-out and is closed.
    public static func connect(
        _ configuration: PostgresConfiguration
    ) async throws(PostgresError) -> PostgresConnection {
        let connection = PostgresConnection(configuration)
        let opened = OneShot<Result<Void, PostgresError>>()
        Task { opened.deliver(await connection.open()) }
        try await opened.wait(cancelled: .failure(PostgresError(.cancelled))).get()
        return connection
    }

    /// Whether another statement may be sent; false for ever once the connection is in doubt.
    public nonisolated var isUsable: Bool { !signal.isDoubtful }

    /// Whether nothing is going on: no stream, no COPY, no open transaction.
    nonisolated var isAtRest: Bool { signal.isAtRest }

    /// Whether the server has said nothing unasked; what it would say is usually goodbye.
    nonisolated var isQuiet: Bool { signal.isQuiet }

    /// The server process behind this connection, as in `pg_stat_activity.pid`; known without
    /// waiting for the statement that runs.
    public nonisolated var backendProcessID: Int32 { signal.backendProcessID }

    /// The server's version, e.g. 150018 for 15.18.
    public var serverVersion: Int32 { conversation?.handle.serverVersion ?? 0 }

    /// How many statements are prepared on the server.
    var preparedStatementCount: Int { statements.count }

    /// Closes at once. A statement that runs is interrupted and its outcome unknown.
    public nonisolated func close() async {
        signal.requestClose()
        await finish()
    }

    private func finish() {
        endListening(PostgresError(.connectionClosed))
        guard let conversation else { return }
        if conversation.isCancellable, conversation.handle.transactionStatus == PQTRANS_ACTIVE {
            conversation.sendCancel()
        }
        signal.use(socket: -1)
        self.conversation = nil
    }

    /// Asks the server for a sign of life.
    func isAlive() async -> Bool {
        let deadline = PostgresLimits.healthCheckDeadline
        return (try? await query(.control("SELECT 1"), deadline: deadline)) != nil
    }

    private func open() -> Result<Void, PostgresError> {
        do throws(PostgresError) {
            let keywords = try configuration.keywords()
            guard let handle = ConnectionHandle(keywords: keywords) else {
                throw PostgresError(.connectionFailed, note: "out of memory")
            }
            guard handle.isConnected else {
                throw .connectionFailed(libpq: handle.errorMessage, at: handle.place)
            }
            let talk = Conversation(handle: handle, signal: signal, configuration: configuration)
            conversation = talk
            signal.use(socket: handle.socket)
            signal.use(backend: handle.backendProcessID)
            let settings = configuration.settingsQuery
            var patience = Patience.within(configuration.connectTimeout)
            try talk.require(
                handle.sendUnprepared(sql: settings.sql, parameters: settings.parameters))
            try talk.flush(&patience)
            _ = try talk.collect(&patience)
            return .success(())
        } catch {
            signal.doubt()
            conversation = nil
            return .failure(
                error.code == .connectionLost
                    ? error.with(
                        code: .connectionFailed, outcomeIsUnknown: false) : error)
        }
    }
}

extension PostgresConnection {
    /// The conversation, if a new statement may start.
    func ready() throws(PostgresError) -> Conversation {
        guard let conversation, isUsable else { throw PostgresError(.connectionClosed) }
        guard activity == .none else { throw PostgresError(.connectionBusy) }
        return conversation
    }

    /// The earlier of the caller's deadline and the transaction's.
    func patience(
        _ deadline: Duration?, _ cancellation: Cancellation, givingUpAfter limit: Duration? = nil
    ) -> Patience {
        let own = deadline.map { Int64.deadline(in: $0) }
        let earlier = [own, transactionDeadline].compactMap(\.self).min()
        return Patience(
            deadline: earlier, cancellation: cancellation,
            givesUpAt: cancellation == .ignored ? limit.map { Int64.deadline(in: $0) } : nil)
    }

    /// Runs work that does not suspend; the task's cancellation interrupts its waits.
    func interruptible<Value>(
        _ cancellation: Cancellation, _ work: () throws(PostgresError) -> Value
    ) async throws(PostgresError) -> Value {
        signal.forgetCancel()
        if cancellation == .ignored {
            guard !Task.isCancelled else { throw PostgresError(.cancelled) }
            return try certain(work)
        }
        let signal = signal
        let result = await withTaskCancellationHandler {
            Result { () throws(PostgresError) -> Value in try certain(work) }
        } onCancel: {
            signal.requestCancel()
        }
        return try result.get()
    }

    /// Before COMMIT is sent a transaction's outcome is never unknown: the server rolls it back.
    private func certain<Value>(
        _ work: () throws(PostgresError) -> Value
    ) throws(PostgresError) -> Value {
        // What arrived along with the answer must not wait for the next sign of life.
        defer { if isListening, let conversation { distribute(conversation) } }
        do throws(PostgresError) {
            return try work()
        } catch {
            guard isInTransaction, error.outcomeIsUnknown else { throw error }
            throw error.with(outcomeIsUnknown: false)
        }
    }
}

extension PostgresError {
    /// Says why in words of ours: libpq's may quote parts of a misread conninfo.
    /// - Parameter place: Where nobody answered; `nil` if it cannot be told.
    static func connectionFailed(libpq message: String, at place: String?) -> PostgresError {
        let reasons = [
            "Connection refused", "timeout expired", "could not translate host name",
            "No such file or directory", "No route to host", "Network is unreachable",
            "password authentication failed", "no password supplied", "no pg_hba.conf entry",
            "too many clients", "starting up", "shutting down", "session is read-only",
            "session is not read-only", "server is in hot standby", "server is not in hot standby",
            "certificate", "SSL", "does not exist", "Permission denied",
            "server closed the connection unexpectedly",
        ]
        let found = reasons.filter { message.contains($0) }
        let note = found.isEmpty ? "reason not recognised" : found.joined(separator: ", ")
        return PostgresError(
            .connectionFailed, note: place.map { "\(note) (\($0))" } ?? note)
    }
}
