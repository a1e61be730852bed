/// The log could not do what it was asked. A refusal is never an error here; see ``AppendOutcome``.
public struct EventLogError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What kind of failure; open, so that adapters may add theirs.
    public struct Code: Hashable, Sendable {
        public let name: String

        public init(_ name: String) { self.name = name }

        /// The store cannot be reached; nothing was written.
        public static let unavailable = Code("unavailable")
        /// Somebody else held a lock for longer than is waited for it; nothing was written.
        public static let busy = Code("busy")
        /// More is waiting than the log takes; nothing was written, and later there may be room.
        public static let overloaded = Code("overloaded")
        /// The connection was lost around the commit, and asking again was impossible too.
        public static let outcomeUnknown = Code("outcome-unknown")
        /// The tenant does not exist.
        public static let unknownTenant = Code("unknown-tenant")
        /// A batch, an append or a page is larger than its limit.
        public static let limitExceeded = Code("limit-exceeded")
        /// A value cannot be stored: a category that is no word, an instant out of range.
        public static let malformed = Code("malformed")
        /// The stream exists under another category.
        public static let categoryMismatch = Code("category-mismatch")
        /// A reader stands behind the end of the log: the log was cut short under it.
        public static let checkpointBeyondHead = Code("checkpoint-beyond-head")
        /// The event a reader stood at has been replaced: the log was cut short and has grown again.
        public static let logDiverged = Code("log-diverged")
        /// The log has a hole. It never does; stop and look.
        public static let positionMissing = Code("position-missing")
        /// Another owner has taken the projection over.
        public static let staleCheckpoint = Code("stale-checkpoint")
        /// The store answered with an error that is none of the above.
        public static let storeFailed = Code("store-failed")
    }

    public let code: Code
    /// Safe to log: no payload, no parameter, no row content.
    public let description: String

    public init(_ code: Code, _ description: String) {
        self.code = code
        self.description = description
    }

    /// Half a log is no answer: nobody reads it and nobody appends to it until all of it is there.
    public static let beingImported = EventLogError(
        .unavailable, "the log is being imported; it can be used once that is finished")

    /// The ways to the store are all taken, and none came free while this waited for it.
    public static let noConnectionCameFree = EventLogError(
        .overloaded, "no connection to the database came free in time: too much is under way")

    /// A limit of ``EventLogLimits`` was exceeded.
    public static func limitExceeded(_ limit: String, _ value: Int) -> EventLogError {
        EventLogError(.limitExceeded, "the limit \(limit) is \(value)")
    }
}
