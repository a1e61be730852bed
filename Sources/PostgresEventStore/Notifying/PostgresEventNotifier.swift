public import EventStore
public import Logging
public import Postgres

/// Wakes readers after a commit: NOTIFY on a connection of its own, gathered per tenant.
///
/// Never inside the append's transaction, where it would serialise the commits of all tenants. Losing
/// one is harmless, since readers poll; so a failure is logged and forgotten.
public actor PostgresEventNotifier {
    /// Where wake-ups are sent; the payload is the tenant's id and nothing else.
    public static let channel = "ferrovia_events"

    private let pool: PostgresPool
    private let logger: Logger
    private var pending: Set<TenantID> = []
    private var isSending = false

    /// - Parameter pool: One connection of it is borrowed for each round of notifications.
    public init(pool: PostgresPool, logger: Logger = Logger(label: "event-notifier")) {
        self.pool = pool
        self.logger = logger
    }

    /// Something was committed for the tenant. Returns at once; call it after the commit.
    public func committed(_ tenant: TenantID) {
        pending.insert(tenant)
        guard !isSending else { return }
        isSending = true
        Task { await send() }
    }

    /// Bounded: it ends as soon as nothing is pending, and a failed round is not repeated.
    private func send() async {
        while !pending.isEmpty {
            let tenants = pending
            pending = []
            do {
                _ = try await pool.withConnection { connection in
                    try await connection.pipeline(
                        tenants.map {
                            "SELECT pg_catalog.pg_notify(\(Self.channel), \($0.description))"
                        })
                }
            } catch {
                logger.warning("wake-ups were lost", metadata: ["error": "\(error)"])
            }
            if !pending.isEmpty { try? await Task.sleep(for: EventLogLimits.wakeUpCoalescing) }
        }
        isSending = false
    }
}
