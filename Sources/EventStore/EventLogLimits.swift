/// Every limit of the log in one place, with its unit in its name or its type.
public enum EventLogLimits {
    /// Commands of one batch, that is, of one transaction.
    public static let appendsPerBatch = 1_000

    /// Bytes of one batch, as ``Append/bytes`` counts them: payloads, answers, and what the commands change in
    /// projections. It is what one transaction holds in memory on both sides.
    public static let bytesPerBatch = 32 * 1024 * 1024

    /// Appends of several callers that travel in one transaction: enough that the commit costs
    /// little, few enough that nobody waits long for the others.
    public static let appendsPerGroup = 256

    /// Appends that may wait for one tenant.
    public static let appendsQueued = 4_096

    /// Bytes that may wait for one tenant, counted in the same way.
    public static let bytesQueued = 64 * 1024 * 1024

    /// Events of one command.
    public static let eventsPerCommand = 1_000

    /// Bytes of one payload.
    public static let payloadBytes = 256 * 1024

    /// Bytes of the answer kept for retries.
    public static let answerBytes = 64 * 1024

    /// Bytes of a request's digest.
    public static let fingerprintBytes = 64

    /// Bytes of a stream's category.
    public static let categoryBytes = 32

    /// Bytes of the name of an event type, an actor or a rule set.
    public static let nameBytes = 256

    /// Events of one page of a read.
    public static let eventsPerPage = 10_000

    /// Instants the store can keep: the years 1 to 9999.
    public static let instants =
        Timestamp(
            microsecondsSinceUnixEpoch: -62_135_596_800_000_000)...Timestamp(
            microsecondsSinceUnixEpoch: 253_402_300_799_999_999)

    /// Events read at once by a tail.
    public static let tailPageEvents = 1_000

    /// How long a tail waits for a wake-up before it looks by itself.
    public static let tailPollInterval = Duration.milliseconds(500)

    /// The same where wake-ups have announced what came so far: how late one that is lost makes a reader.
    public static let tailRestInterval = Duration.seconds(5)

    /// Events of one COPY of a replay, and of one of its batches: a snapshot is open no longer than
    /// one of these takes, and two of them are in memory at a time.
    public static let replaySegmentEvents: Int64 = 10_000

    /// Events of one transaction of an import, give or take a command.
    public static let importBatchEvents = 4_000

    /// Payload bytes of one transaction of an import, give or take a command: the next one is read
    /// while the server writes this one.
    public static let importBatchBytes = 8 * 1024 * 1024

    /// How long an import waits on the server for its tenant's lock.
    public static let importLockTimeout = Duration.seconds(30)

    /// How long an append goes on asking for a connection while all are lent, all its tries together.
    /// Half of what the edge gives a command, so that the answer is still in time.
    public static let appendConnectionWait = Duration.seconds(30)

    /// How long an append waits on the server for its tenant's lock.
    public static let appendLockTimeout = Duration.seconds(5)

    /// How long an append may take on the server once it is sent.
    public static let appendStatementTimeout = Duration.seconds(30)

    /// How long to wait for the answer to an append, its commit included, before its connection is
    /// taken for dead and it is sent again over another.
    public static let appendAnswerTimeout = Duration.seconds(60)

    /// How often an append is sent in all while its outcome is unknown or the server is away.
    public static let appendAttempts = 20

    /// The pause before an append is sent a second time; doubles each time.
    public static let appendRetryPause = Duration.milliseconds(20)

    /// The longest pause between two tries of an append.
    public static let appendRetryPauseMaximum = Duration.seconds(1)

    /// How long wake-ups of one tenant are gathered before they are sent as one.
    public static let wakeUpCoalescing = Duration.milliseconds(5)

    /// The pause before a lost listening connection is opened again.
    public static let listenerReconnectPause = Duration.seconds(1)

    /// Bytes of a wrapped subject key.
    public static let wrappedKeyBytes = 1_024

    /// Bytes of a token of the blind index.
    public static let tokenBytes = 16...64

    /// Subjects of one page of those under a wrapping key, of an export or of an import.
    public static let subjectsPerPage = 500

    /// Tokens of one subject.
    public static let tokensPerSubject = 64
}
