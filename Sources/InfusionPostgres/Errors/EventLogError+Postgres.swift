public import EventStore
import Postgres

extension EventLogError {
    /// A failure of a projection's read or write; nothing of it names content.
    init(of error: any Error) {
        switch error {
        case let error as EventLogError: self = error
        case let error as PostgresError: self.init(of: error)
        case is CancellationError: self.init(.unavailable, "cancelled")
        default: self.init(.storeFailed, "an error of an unexpected kind")
        }
    }

    init(of error: PostgresError) {
        guard error.sqlState != "LG009" else {
            self = .beingImported
            return
        }
        guard error.code != .poolExhausted else {
            self = .noConnectionCameFree
            return
        }
        guard error.sqlState != "IP001" else {
            self.init(
                .rebuildOvertaken,
                """
                another rebuild of this tenant has taken over; this one ends here, and the live rows are \
                as that one leaves them
                """)
            return
        }
        guard error.sqlState != "IP002" else {
            self.init(
                .rebuildUnfinished, "a rebuild of other projections of this tenant is not finished")
            return
        }
        let code: Code =
            switch error.sqlState {
            case "LG004"?: .staleCheckpoint
            case "LG001"?: .unknownTenant
            case .lockNotAvailable?: .busy
            case let state?:
                error.isRetryable || Self.saysNothingOfTheRequest(state)
                    ? .unavailable : .storeFailed
            case nil: error.code == .decoding ? .storeFailed : .unavailable
            }
        self.init(code, error.description)
    }

    /// Classes 08, 53, 57 and 58 are about the server right now.
    private static func saysNothingOfTheRequest(_ state: SQLState) -> Bool {
        ["08", "53", "57", "58"].contains(state.conditionClass)
    }
}

extension EventLogError {
    static let rebuildInterrupted = EventLogError(
        .rebuildInterrupted,
        """
        the database has ended the transaction of this rebuild, because it was silent for longer than it may \
        be (the process was stopped, or its host was), or because the connection broke: nothing of the \
        transaction was written, the live rows are as they were, and the next start goes on from what was \
        staged before
        """)

    static let appendsHeldTooLong = EventLogError(
        .appendsHeldTooLong,
        """
        each of \(RebuildLimits.holdingRounds) times the tenant's appends would have been held for longer than \
        they may be: so much is being appended, or the server is so slow; the rows that were to be replaced are \
        as they were, and the next start goes on from what is done
        """)
}

extension EventLogError.Code {
    /// The transaction of a rebuild was ended under it, as one that was stopped is; nothing of it was
    /// written.
    public static let rebuildInterrupted = EventLogError.Code("rebuild-interrupted")
    /// The rows could not be switched within the time for which appends may wait.
    public static let appendsHeldTooLong = EventLogError.Code("appends-held-too-long")
    /// Another rebuild of the same projection has begun; this one has lost.
    public static let rebuildOvertaken = EventLogError.Code("rebuild-overtaken")
    /// A rebuild of other projections would be thrown away, and nobody has said so.
    public static let rebuildUnfinished = EventLogError.Code("rebuild-unfinished")
    /// Live rows of patients who are not rebuilt exclude rebuilt ones.
    public static let rowsInTheWay = EventLogError.Code("rows-in-the-way")
}
