extension PostgresError {
    /// The kinds of failure. Open: new ones may be added, so a `switch` needs a default.
    public struct Code: Hashable, Sendable, CustomStringConvertible {
        /// A stable name for logs and metrics.
        public let description: String

        private init(_ description: String) {
            self.description = description
        }

        /// The conninfo cannot be read, or its password file cannot.
        public static let invalidConfiguration = Code("invalidConfiguration")
        /// No connection could be made.
        public static let connectionFailed = Code("connectionFailed")
        /// The connection broke. See ``PostgresError/outcomeIsUnknown``.
        public static let connectionLost = Code("connectionLost")
        /// The connection had been closed, or was discarded as being in doubt.
        public static let connectionClosed = Code("connectionClosed")
        /// The connection is in the middle of a stream, a COPY or another transaction.
        public static let connectionBusy = Code("connectionBusy")
        /// The server refused a statement; see ``PostgresError/sqlState``.
        public static let serverError = Code("serverError")
        /// A transaction ended in ROLLBACK although COMMIT was asked for.
        public static let transactionAborted = Code("transactionAborted")
        /// A value is not of the type it was read as.
        public static let decoding = Code("decoding")
        /// A statement cannot be sent: too many parameters, a NUL byte in the text.
        public static let invalidQuery = Code("invalidQuery")
        /// The bytes of a COPY are not what the format says.
        public static let copyFormat = Code("copyFormat")
        /// A pipeline was skipped by the server without naming a failed statement.
        public static let pipelineAborted = Code("pipelineAborted")
        /// No pooled connection became free in time, or too many tasks wait already.
        public static let poolExhausted = Code("poolExhausted")
        /// The pool is closed.
        public static let poolClosed = Code("poolClosed")
        /// The deadline passed; the statement was cancelled on the server.
        public static let deadlineExceeded = Code("deadlineExceeded")
        /// The task was cancelled; the statement was cancelled on the server.
        public static let cancelled = Code("cancelled")
        /// libpq and we disagree about the state of the conversation.
        public static let protocolViolation = Code("protocolViolation")
    }
}
