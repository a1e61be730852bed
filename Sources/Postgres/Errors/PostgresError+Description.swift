extension PostgresError: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Safe to log: names and states, never content.
    public var description: String {
        var text = code.description
        if let sqlState { text += " \(sqlState)" }
        if let constraint { text += " constraint \(constraint)" }
        if let table { text += " table \(schema.map { "\($0)." } ?? "")\(table)" }
        if let column { text += " column \(column)" }
        if let pipelineIndex { text += " statement #\(pipelineIndex)" }
        if let decodingFailure { text += " \(decodingFailure)" }
        if let note { text += ": \(note)" }
        if isMessageFreeOfValues, let message = unredactedMessage { text += ": \(message)" }
        if outcomeIsUnknown { text += " (outcome unknown)" }
        return text
    }

    /// The same as ``description``: a debugger's log is a log.
    public var debugDescription: String { description }

    /// Shows nothing beyond ``description``, so that `dump` does not leak either.
    public var customMirror: Mirror {
        Mirror(self, children: ["description": description])
    }
}
