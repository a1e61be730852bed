public import Logging

/// Connections shared by many tasks, each lent to one at a time.
///
/// A connection in doubt, or one that comes back in the middle of something, is thrown away and
/// replaced. Waiting is bounded in time and in number; both ends are
/// ``PostgresError/Code/poolExhausted``. While connections are scarce, those who wait take turns by the
/// party of their ``PoolClaim``, and the places to wait go to whoever has fewer of them.
public actor PostgresPool {
    private let configuration: PostgresConfiguration
    private let waitLimit: Duration
    private let lifetime: Duration
    private let logger: Logger

    private var state: PoolState
    private var connections: [Int: PostgresConnection] = [:]
    private var openings: [Int: Task<Void, Never>] = [:]
    private var waiters: [Int: OneShot<Result<Lease, PostgresError>>] = [:]
    private var waitTimeouts = 0
    private var lastWaiter = 0
    private var lastFailure: PostgresError?
    private var drained = OneShot<Bool>()

    struct Lease: Sendable {
        let id: Int
        let connection: PostgresConnection
    }

    /// A pool that opens connections as they are needed, and up to the minimum once it runs.
    ///
    /// - Parameters:
    ///   - configuration: How to connect.
    ///   - minimum: Connections to keep even if nobody needs them.
    ///   - maximum: Connections at most.
    ///   - reserve: Of the maximum, those lent only to claims that may use the reserve.
    ///   - waitLimit: How long a task waits for a connection.
    ///   - maximumWaiters: How many tasks may wait; as many again with claims that may use the
    ///     reserve.
    ///   - lifetime: The age at which a connection is replaced, give or take a tenth.
    ///   - idleTimeout: How long a connection above the minimum may idle.
    ///   - healthCheckInterval: How long a connection may idle before it is checked.
    ///   - logger: Told of opened, failed and discarded connections; never of content.
    public init(
        configuration: PostgresConfiguration, minimum: Int = 0, maximum: Int = 8,
        reserve: Int = 0, waitLimit: Duration = PostgresLimits.poolWait,
        maximumWaiters: Int = PostgresLimits.poolWaiters,
        lifetime: Duration = PostgresLimits.connectionLifetime,
        idleTimeout: Duration = PostgresLimits.connectionIdleTime,
        healthCheckInterval: Duration = PostgresLimits.healthCheckInterval,
        logger: Logger = Logger(label: "postgres.pool")
    ) {
        self.configuration = configuration
        self.waitLimit = waitLimit
        self.lifetime = lifetime
        self.logger = logger
        state = PoolState(
            limits: .init(
                minimum: minimum, maximum: maximum, reserve: reserve, waiters: maximumWaiters,
                idleTime: idleTimeout, healthCheckInterval: healthCheckInterval))
    }

    /// Lends a connection to the body, to it alone, and takes it back.
    ///
    /// The connection must not be used after the body has returned. What a session keeps (SET
    /// without LOCAL, advisory locks, temporary tables) stays with it: use a transaction's scope.
    @discardableResult
    public nonisolated(nonsending) func withConnection<Value>(
        for claim: PoolClaim = PoolClaim(),
        _ body: nonisolated(nonsending) (PostgresConnection) async throws -> Value
    ) async throws -> Value {
        let lease = try await acquire(for: claim)
        do {
            let value = try await body(lease.connection)
            await release(lease)
            return value
        } catch {
            await release(lease)
            throw error
        }
    }

    /// Keeps the pool healthy until the task is cancelled, then closes it.
    public func run() async {
        while !Task.isCancelled, !state.isClosed {
            maintain()
            try? await Task.sleep(for: PostgresLimits.poolMaintenanceInterval)
        }
        await close()
    }

    /// Lends no more, waits for leases to come back, then cuts off those that have not.
    public func close(grace: Duration = PostgresLimits.closeGrace) async {
        perform(state.close())
        for opening in openings.values { opening.cancel() }
        guard !state.isDrained else { return }
        let drained = drained
        let timer = Task {
            try? await Task.sleep(for: grace)
            drained.deliver(false)
        }
        // Not cancellable: whoever closes is usually being cancelled.
        let isDrained = await drained.waitUncancelled()
        timer.cancel()
        guard !isDrained else { return }
        for connection in connections.values { await connection.close() }
    }

    /// What the pool holds and has done.
    public var statistics: PoolStatistics {
        PoolStatistics(
            open: state.connections.count,
            idle: state.connections.values.count { $0.isIdle },
            leased: state.leasedCount, waiting: state.waitingCount,
            openedTotal: state.openedTotal, discardedTotal: state.discardedTotal,
            waitTimeouts: waitTimeouts)
    }

    /// One round of maintenance; `run()` does it every second.
    func maintain(now: ContinuousClock.Instant = .now) {
        perform(state.maintain(now: now))
    }

    func acquire(for claim: PoolClaim = PoolClaim()) async throws(PostgresError) -> Lease {
        guard !Task.isCancelled else { throw PostgresError(.cancelled) }
        lastWaiter += 1
        let waiter = lastWaiter
        let actions = state.acquire(
            waiter: waiter, claim: claim, now: .now, isQuiet: isQuiet)
        let place = OneShot<Result<Lease, PostgresError>>()
        waiters[waiter] = place
        perform(actions)
        if waiters[waiter] == nil { return try noted(await place.waitUncancelled()) }
        let timer = Task { [waitLimit] in
            try? await Task.sleep(for: waitLimit)
            place.deliver(.failure(PostgresError(.poolExhausted)))
        }
        let outcome = await place.wait(cancelled: .failure(PostgresError(.cancelled)))
        timer.cancel()
        waiters[waiter] = nil
        if case .failure = outcome { _ = state.forget(waiter: waiter) }
        return try noted(outcome)
    }

    /// Whoever leaves without a connection because none came free is counted.
    private func noted(
        _ outcome: Result<Lease, PostgresError>
    ) throws(PostgresError) -> Lease {
        if case .failure(let error) = outcome, error.code == .poolExhausted { waitTimeouts += 1 }
        return try outcome.get()
    }

    private func isQuiet(_ id: Int) -> Bool {
        connections[id].map { $0.isUsable && $0.isQuiet } ?? false
    }

    func release(_ lease: Lease) {
        let connection = lease.connection
        finish(
            state.release(
                lease.id, isReusable: connection.isUsable && connection.isAtRest, now: .now,
                isQuiet: isQuiet))
    }

    private func finish(_ actions: [PoolState.Action]) {
        perform(actions)
        if state.isClosed, state.isDrained { drained.deliver(true) }
    }

    private func perform(_ actions: [PoolState.Action]) {
        for action in actions {
            switch action {
            case .open(let id): openings[id] = Task { await open(id) }
            case .close(let id): discard(id)
            case .check(let id):
                if let connection = connections[id] { Task { await check(id, connection) } }
            case .lease(let id, let waiter): lend(id, to: waiter)
            case .refuse(let waiter, let refusal): refuse(waiter, refusal)
            }
        }
    }

    private func lend(_ id: Int, to waiter: Int) {
        guard let connection = connections[id] else { return }
        let lease = Lease(id: id, connection: connection)
        // Who was cancelled a moment ago does not take it; the next one does.
        guard let place = waiters.removeValue(forKey: waiter), place.deliver(.success(lease))
        else { return release(lease) }
    }

    private func refuse(_ waiter: Int, _ refusal: PoolState.Refusal) {
        let error =
            switch refusal {
            case .exhausted: PostgresError(.poolExhausted)
            case .closed: PostgresError(.poolClosed)
            case .cannotConnect: lastFailure ?? PostgresError(.connectionFailed)
            }
        waiters.removeValue(forKey: waiter)?.deliver(.failure(error))
    }

    private func open(_ id: Int) async {
        do throws(PostgresError) {
            let connection = try await PostgresConnection.connect(configuration)
            connections[id] = connection
            let retiresAt = ContinuousClock.now + lifetime * Double.random(in: 0.9...1.1)
            finish(state.opened(id, retiresAt: retiresAt, now: .now))
        } catch {
            lastFailure = error
            logger.warning("cannot connect", metadata: ["error": "\(error)"])
            finish(state.openFailed(id))
        }
        openings[id] = nil
    }

    private func check(_ id: Int, _ connection: PostgresConnection) async {
        let isHealthy = await connection.isAlive()
        finish(state.checked(id, isHealthy: isHealthy, now: .now))
    }

    private func discard(_ id: Int) {
        guard let connection = connections.removeValue(forKey: id) else { return }
        logger.debug("connection discarded", metadata: ["usable": "\(connection.isUsable)"])
        Task { await connection.close() }
    }
}
