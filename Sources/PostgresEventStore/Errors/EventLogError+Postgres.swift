internal import EventStore
internal import Postgres

/// The conditions that functions of `schema/` raise; see there.
enum EventLogState {
    static let unknownTenant: SQLState = "LG001"
    static let staleToken: SQLState = "LG004"
    static let malformedBatch: SQLState = "LG006"
    static let beingImported: SQLState = "LG009"
    static let batchNotWhole: SQLState = "LG011"
}

extension EventLogError {
    /// A failure of a read, or of a write that is safe to repeat.
    init(_ error: any Error) {
        switch error {
        case let error as EventLogError: self = error
        case let error as PostgresError: self.init(error)
        case is CancellationError: self.init(.unavailable, "cancelled")
        default: self.init(.storeFailed, "an error of an unexpected kind")
        }
    }

    init(_ error: PostgresError) {
        guard error.sqlState != EventLogState.beingImported else {
            self = .beingImported
            return
        }
        guard error.code != .poolExhausted else {
            self = .noConnectionCameFree
            return
        }
        let code: Code =
            switch error.sqlState {
            case EventLogState.unknownTenant?: .unknownTenant
            case EventLogState.staleToken?: .staleCheckpoint
            case .lockNotAvailable?: .busy
            case _?, nil: error.isOfTheMoment ? .unavailable : .storeFailed
            }
        self.init(code, error.description)
    }
}

extension PostgresError {
    /// It says something about the server or the way to it right now, not about what was asked.
    var isOfTheMoment: Bool {
        let ofTheConnection: Set<Code> = [
            .connectionFailed, .connectionLost, .connectionClosed, .poolExhausted, .poolClosed,
            .deadlineExceeded, .cancelled, .connectionBusy,
        ]
        if ofTheConnection.contains(code) { return true }
        guard let sqlState else { return false }
        if isRetryable { return true }
        let states: Set<SQLState> = [.lockNotAvailable, .queryCanceled, .readOnlyTransaction]
        return states.contains(sqlState)
            || ["08", "53", "57", "58"].contains(sqlState.conditionClass)
    }
}
