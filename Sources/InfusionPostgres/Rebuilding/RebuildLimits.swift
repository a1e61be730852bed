/// Limits of a rebuild, with their units.
public enum RebuildLimits {
    /// Events read at once: with their rows, what a rebuild holds in memory.
    public static let pageEvents = 2_000
    /// Events of the log that are caught up with in one transaction. Whoever had several of them is folded
    /// once.
    public static let eventsPerCatchUp = 50_000
    /// Events of one answer to who may be holding a tenant's appends.
    static let eventsPerAnswer = 100
    /// Events that may be left when the switch begins. It catches up once more before it takes the
    /// tenant's lock: behind it are only those that are appended in that time.
    public static let eventsBeforeTheSwitch: Int64 = 500
    /// How often a rebuild catches up with the log before the switch begins all the same; each time to where
    /// the log ended when that began.
    public static let catchUpRounds = 10
    /// Patients whose live rows are replaced in one transaction.
    public static let patientsPerRewrite = 50
    /// Rows that differ and are named, of each projection; the others are counted.
    public static let namedDifferences = 20
    /// Rows of old generations removed in one transaction.
    public static let rowsPerDiscard: Int32 = 10_000

    /// How long a transaction of a rebuild may be silent before the server ends it: the next start waits
    /// for no process that was stopped.
    public static let pause = Duration.seconds(30)
    /// How long it may be silent while the tenant's appends wait for it.
    public static let pauseHoldingAppends = Duration.seconds(2)
    /// How long a rebuild holds a tenant's appends, its commit included. Where it would be longer, it lets go
    /// and goes round.
    public static let appendsHeld = Duration.milliseconds(100)
    /// What of that is kept for the commit, which cannot be taken back once it has begun.
    public static let commitWhileHeld = Duration.milliseconds(25)
    /// Events of whole histories that it folds meanwhile. Where there are more, it lets go and goes round.
    public static let eventsHeld = 2_000
    /// Events of the last catch-up before it takes the tenant's lock, unless they come faster than it folds.
    public static let eventsBeforeHolding: Int64 = 50
    /// How often it takes the tenant's lock before it gives up.
    public static let holdingRounds = 20
    /// How long a statement may take meanwhile.
    public static let statementHoldingAppends = Duration.seconds(5)
    /// How long a rebuild waits for the tenant's lock.
    public static let lockTimeout = Duration.seconds(30)
}

extension Duration {
    /// As a setting of the server: whole milliseconds.
    var setting: String {
        String(components.seconds * 1_000 + components.attoseconds / 1_000_000_000_000_000)
    }
}
