/// What the command line asks of a machine, and from when on `status` calls something a blocker.
enum CommandLineLimits {
    /// Read from a file of a log at once.
    static let chunkBytes = 1 << 20
    /// One line of it: the largest payload, with every byte escaped, and its envelope.
    static let lineBytes = 4 << 20
    /// Patients of an export whose states are in memory at once.
    static let patientsPerPage = 512

    /// Events a report may be behind, as the alert FerroviaProjectionLagging.
    static let reportingLagEvents: Int64 = 10_000
    /// Patients whose records stay closed that are named, of each tenant; JSON has all of them.
    static let namedClosedRecords = 20
    /// Differences of a what-if that people are shown; JSON has all of them.
    static let shownDifferences = 100
    static let transactionSeconds: Int64 = 300
    /// What a slot in use may hold back; an unused one should hold back nothing.
    static let slotHoldsBytes: Int64 = 1 << 30
}
