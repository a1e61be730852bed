public import EventStore
public import Logging
public import Postgres

/// Hears what ``PostgresEventNotifier`` sends: one LISTEN connection for all readers of a process.
public actor PostgresWakeUps: WakeUps {
    private struct Waiter {
        let tenant: TenantID
        let continuation: CheckedContinuation<Void, Never>
    }

    private let configuration: PostgresConfiguration
    private let logger: Logger
    private var counters: [TenantID: UInt64] = [:]
    /// Counts for everybody: what was missed while not listening concerned anybody.
    private var common: UInt64 = 0
    private var waiters: [UInt64: Waiter] = [:]
    private var lastWaiter: UInt64 = 0

    public init(
        configuration: PostgresConfiguration, logger: Logger = Logger(label: "event-wake-ups")
    ) {
        self.configuration = configuration
        self.logger = logger
    }

    /// Listens until the task is cancelled, and connects again when the connection is lost.
    public func run() async {
        while !Task.isCancelled {
            do {
                let connection = try await PostgresConnection.connect(configuration)
                let notifications = try await connection.listen(PostgresEventNotifier.channel)
                wakeEverybody()
                for try await notification in notifications { hear(notification) }
                await connection.close()
            } catch {
                logger.warning("not listening", metadata: ["error": "\(error)"])
            }
            try? await Task.sleep(for: EventLogLimits.listenerReconnectPause)
        }
        wakeEverybody()
    }

    public func wait(for tenant: TenantID, seen: UInt64, atMost interval: Duration) async -> UInt64
    {
        guard counter(tenant) <= seen else { return counter(tenant) }
        lastWaiter += 1
        let id = lastWaiter
        let timer = Task {
            try? await Task.sleep(for: interval)
            release(id)
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                if Task.isCancelled { return continuation.resume() }
                waiters[id] = Waiter(tenant: tenant, continuation: continuation)
            }
        } onCancel: {
            Task { await release(id) }
        }
        timer.cancel()
        return counter(tenant)
    }

    private func counter(_ tenant: TenantID) -> UInt64 { common + counters[tenant, default: 0] }

    private func hear(_ notification: Notification) {
        guard !notification.isLagged, let tenant = TenantID(notification.payload) else {
            return wakeEverybody()
        }
        counters[tenant, default: 0] += 1
        for (id, waiter) in waiters where waiter.tenant == tenant { release(id) }
    }

    private func wakeEverybody() {
        common += 1
        for id in waiters.keys { release(id) }
    }

    private func release(_ id: UInt64) {
        waiters.removeValue(forKey: id)?.continuation.resume()
    }
}
