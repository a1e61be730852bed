/// The five characters with which PostgreSQL says what went wrong.
public struct SQLState: RawRepresentable, Hashable, Sendable, CustomStringConvertible,
    ExpressibleByStringLiteral
{
    /// The five characters, e.g. `23505`.
    public let rawValue: String

    /// Wraps five characters as the server sent them.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// A state written in source code.
    public init(stringLiteral value: String) {
        rawValue = value
    }

    /// The first two characters, which name the class of the condition.
    public var conditionClass: String { String(rawValue.prefix(2)) }

    /// The five characters; they carry no values.
    public var description: String { rawValue }

    // Class 08: the connection itself. It is in doubt afterwards.

    /// The server or the network broke the connection.
    public static let connectionFailure: SQLState = "08006"
    /// Nobody knows whether the transaction was committed.
    public static let transactionResolutionUnknown: SQLState = "08007"

    // Class 0A: not supported; also a cached plan whose result type has changed.

    /// Not supported, or "cached plan must not change result type".
    public static let featureNotSupported: SQLState = "0A000"

    // Class 22: a value does not fit. The messages quote values.

    /// A number is too large for its type.
    public static let numericValueOutOfRange: SQLState = "22003"
    /// Bytes that are not valid in the database's encoding, e.g. NUL in text.
    public static let characterNotInRepertoire: SQLState = "22021"
    /// A text that cannot be read as the wanted type.
    public static let invalidTextRepresentation: SQLState = "22P02"

    // Class 23: a constraint said no. `PostgresError.constraint` says which.

    /// NULL in a column that forbids it.
    public static let notNullViolation: SQLState = "23502"
    /// A referenced row is missing, or still referenced.
    public static let foreignKeyViolation: SQLState = "23503"
    /// The key exists already.
    public static let uniqueViolation: SQLState = "23505"
    /// A CHECK constraint was violated.
    public static let checkViolation: SQLState = "23514"
    /// An exclusion constraint was violated.
    public static let exclusionViolation: SQLState = "23P01"

    // Class 25: the transaction is in the wrong state.

    /// A write in a read-only transaction, or on a standby.
    public static let readOnlyTransaction: SQLState = "25006"
    /// An earlier statement failed; only ROLLBACK is accepted.
    public static let inFailedTransaction: SQLState = "25P02"

    /// The transaction was silent for longer than `idle_in_transaction_session_timeout`; the connection is
    /// gone with it, and nothing of it was written.
    public static let idleInTransactionTimeout: SQLState = "25P03"

    // Class 26: the prepared statement is gone.

    /// The prepared statement does not exist.
    public static let invalidStatementName: SQLState = "26000"

    // Class 40: the transaction was rolled back; the two below may be tried again.

    /// Concurrent transactions cannot be ordered.
    public static let serializationFailure: SQLState = "40001"
    /// Nobody knows whether the statement completed.
    public static let statementCompletionUnknown: SQLState = "40003"
    /// A deadlock was broken.
    public static let deadlockDetected: SQLState = "40P01"

    // Class 42: the statement is wrong or not allowed.

    /// The role lacks a privilege.
    public static let insufficientPrivilege: SQLState = "42501"
    /// The statement cannot be parsed.
    public static let syntaxError: SQLState = "42601"
    /// No such column.
    public static let undefinedColumn: SQLState = "42703"
    /// No such function.
    public static let undefinedFunction: SQLState = "42883"
    /// No such table.
    public static let undefinedTable: SQLState = "42P01"

    // Class 53: resources ran out.

    /// `max_connections` is reached.
    public static let tooManyConnections: SQLState = "53300"

    // Class 55: an object is not in the needed state.

    /// `lock_timeout` expired, or NOWAIT met a lock.
    public static let lockNotAvailable: SQLState = "55P03"

    // Class 57: an operator intervened.

    /// Cancelled on request, or by `statement_timeout`.
    public static let queryCanceled: SQLState = "57014"
    /// The backend was terminated, or the server is shutting down.
    public static let adminShutdown: SQLState = "57P01"
    /// Another backend crashed; this one had to go too.
    public static let crashShutdown: SQLState = "57P02"
    /// The server is starting up or shutting down.
    public static let cannotConnectNow: SQLState = "57P03"

    // Class P0: raised by a function of ours or its PL/pgSQL.

    /// RAISE EXCEPTION without a state of its own.
    public static let raiseException: SQLState = "P0001"
}

extension SQLState {
    /// Only these two say "try the same transaction again".
    var isRetryable: Bool { self == .serializationFailure || self == .deadlockDetected }

    /// After these the connection is in doubt and is discarded.
    var endsConnection: Bool {
        self == .adminShutdown || self == .crashShutdown || self == .cannotConnectNow
            || self == "57P05" || rawValue.hasPrefix("08")
    }

    /// Classes whose primary messages name objects and conditions but quote no values.
    var hasMessageWithoutValues: Bool {
        switch conditionClass {
        case "08", "25", "26", "40", "53", "55", "57", "58": true
        default: false
        }
    }
}
