/// A failure of the database, of the way to it, or of reading what it sent.
///
/// Its description is safe to log: it holds no row content, no parameter, no DETAIL, no password.
/// Whoever needs the server's own words for a person at a terminal reads ``unredactedMessage``.
public struct PostgresError: Error, Sendable {
    /// What kind of failure this is.
    public let code: Code

    /// A statement was sent and its answer never came: it may or may not have been applied.
    ///
    /// Find out by asking again in a way that is safe to repeat; never report "not applied".
    public let outcomeIsUnknown: Bool

    private let details: Details

    /// A failure that has no server-side particulars.
    public init(_ code: Code, outcomeIsUnknown: Bool = false) {
        self.init(code, outcomeIsUnknown: outcomeIsUnknown, details: Details())
    }

    init(_ code: Code, note: String, outcomeIsUnknown: Bool = false) {
        self.init(code, outcomeIsUnknown: outcomeIsUnknown, details: Details(note: note))
    }

    init(_ code: Code, outcomeIsUnknown: Bool = false, details: Details) {
        self.code = code
        self.outcomeIsUnknown = outcomeIsUnknown
        self.details = details
    }

    /// The server's state, if the server said anything.
    public var sqlState: SQLState? { details.sqlState }
    /// `ERROR`, `FATAL` or `PANIC`, never translated.
    public var severity: String? { details.severity }
    /// The constraint that was violated.
    public var constraint: String? { details.constraint }
    /// The schema of the object concerned.
    public var schema: String? { details.schema }
    /// The table concerned.
    public var table: String? { details.table }
    /// The column concerned.
    public var column: String? { details.column }
    /// Which statement of a pipeline failed, counted from zero.
    public var pipelineIndex: Int? { details.pipelineIndex }
    /// What could not be decoded, for ``Code/decoding``.
    public var decodingFailure: DecodingFailure? { details.decodingFailure }

    /// The server's primary message, which may quote values: for a person at a terminal, such as
    /// someone running a migration; never for a log or a client.
    public var unredactedMessage: String? { details.message }

    /// The same transaction may be tried again: SQLSTATE 40001 or 40P01, and nothing else.
    public var isRetryable: Bool { sqlState?.isRetryable ?? false }

    var note: String? { details.note }

    var isMessageFreeOfValues: Bool {
        details.messageIsOurOwn == false && (sqlState?.hasMessageWithoutValues ?? false)
    }

    var isStalePlan: Bool {
        sqlState == .invalidStatementName
            || (sqlState == .featureNotSupported
                && details.sourceFunction == "RevalidateCachedQuery")
    }

    func with(code: Code? = nil, outcomeIsUnknown: Bool) -> PostgresError {
        PostgresError(code ?? self.code, outcomeIsUnknown: outcomeIsUnknown, details: details)
    }

    func with(pipelineIndex: Int) -> PostgresError {
        var changed = details.fields
        changed.pipelineIndex = pipelineIndex
        return PostgresError(
            code, outcomeIsUnknown: outcomeIsUnknown, details: Details(fields: changed))
    }
}

extension PostgresError {
    struct Fields: Sendable {
        var sqlState: SQLState?
        var severity: String?
        var message: String?
        var sourceFunction: String?
        var constraint: String?
        var schema: String?
        var table: String?
        var column: String?
        var pipelineIndex: Int?
        var decodingFailure: DecodingFailure?
        var note: String?
    }

    /// Boxed, so that an error is two words and typed throws stay cheap.
    @dynamicMemberLookup
    final class Details: Sendable {
        let fields: Fields

        init(fields: Fields = Fields()) {
            self.fields = fields
        }

        convenience init(note: String) {
            var fields = Fields()
            fields.note = note
            self.init(fields: fields)
        }

        subscript<Value>(dynamicMember path: KeyPath<Fields, Value>) -> Value {
            fields[keyPath: path]
        }

        /// PL/pgSQL's RAISE can put any text under any state, so its messages are never shown.
        var messageIsOurOwn: Bool { fields.sourceFunction == "exec_stmt_raise" }
    }
}
