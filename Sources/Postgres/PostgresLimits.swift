/// Every limit of this module in one place, with its unit in its name or its type.
///
/// A value that callers may choose appears here as its default.
public enum PostgresLimits {
    /// Prepared statements kept on the server per connection; the least recently used goes first.
    public static let preparedStatements = 256

    /// Bytes of a statement's own name that are kept in its server-side name. The server cuts at
    /// 63 bytes; a counter must fit behind.
    public static let statementNameBytes = 40

    /// Parameters of one statement: the protocol counts them in 16 bits.
    public static let parametersPerStatement = 65_535

    /// Statements of one pipeline: its results are held in memory until the server has committed.
    public static let statementsPerPipeline = 100_000

    /// Bytes queued in a pipeline before the socket is flushed (and read) again.
    public static let pipelineFlushBytes = 256 * 1024

    /// Rows that a row stream fetches in one hop: what a consumer can be behind its stream.
    public static let rowsPerStreamBatch = 256

    /// Bytes after which a COPY chunk is handed over; one row may exceed it.
    public static let copyChunkBytes = 64 * 1024

    /// Notifications buffered per listener; beyond it they coalesce into one "lagged" element.
    public static let bufferedNotifications = 256

    /// Tries of a transaction in all, the first included.
    public static let transactionAttempts = 5

    /// The wait before the second try of a transaction; doubles each time, with jitter.
    public static let transactionBackoff = Duration.milliseconds(4)

    /// The longest wait between two tries of a transaction.
    public static let transactionBackoffMaximum = Duration.milliseconds(250)

    /// How long to wait per host for a connection. libpq counts in whole seconds, at least two.
    public static let connectTimeout = Duration.seconds(5)

    /// How long a cancelled statement may take to end before its connection is cut off.
    public static let cancelGrace = Duration.seconds(5)

    /// How long a pool that closes waits for leases to come back before it cuts them off.
    public static let closeGrace = Duration.seconds(10)

    /// How long a task waits for a pooled connection.
    public static let poolWait = Duration.seconds(5)

    /// Tasks that may wait for a pooled connection, and as many again that may use the reserve. The next
    /// one is refused at once, or takes the place of one of the party that has most of them.
    public static let poolWaiters = 1_024

    /// Connections out of which one is reserved, rounded down: a quarter. At least one of two or more,
    /// never all.
    public static let connectionsPerReserved = 4

    /// How many connections of a pool of that size are kept for claims that may use the reserve.
    public static func poolReserve(of maximum: Int) -> Int {
        maximum < 2 ? 0 : max(1, maximum / connectionsPerReserved)
    }

    /// The age at which a pooled connection is replaced, so that servers can be drained.
    public static let connectionLifetime = Duration.seconds(1_800)

    /// How long a connection above the pool's minimum may idle.
    public static let connectionIdleTime = Duration.seconds(300)

    /// How long a pooled connection may idle before its health is checked again.
    public static let healthCheckInterval = Duration.seconds(30)

    /// How long a health check may take.
    public static let healthCheckDeadline = Duration.seconds(5)

    /// The pause between two rounds of pool maintenance.
    public static let poolMaintenanceInterval = Duration.seconds(1)
}
