internal import EventStore

/// How long an append waits and how often it is sent.
struct AppendPatience: Sendable {
    var attempts = EventLogLimits.appendAttempts
    var lockTimeout = EventLogLimits.appendLockTimeout
    var statementTimeout = EventLogLimits.appendStatementTimeout
    var connectionWait = EventLogLimits.appendConnectionWait
    var answerTimeout = EventLogLimits.appendAnswerTimeout
}
