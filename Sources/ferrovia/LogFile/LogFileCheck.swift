import EventStore
import Foundation
import InfusionJournal

/// Holds a file against the rules of a log, line by line, as the append makes them true: what comes
/// through can be written. Knows all of the file that lies behind, so one starts at its first line.
///
/// Payloads are bytes to a log: one that nobody can read is taken as it is, and is told by those who
/// fold it.
struct LogFileCheck {
    /// The command whose events are being read, up to its own line.
    private struct Group {
        let first: RecordedEvent
        var last: RecordedEvent
        var count: Int64 { last.position.value - first.position.value + 1 }
    }

    private let tenant: TenantID
    /// The clock of the server, which nothing was recorded after.
    private let now: Timestamp
    private var head = Position.start
    private var recordedAt = Timestamp(microsecondsSinceUnixEpoch: .min)
    private var logEpoch: Int32 = 1
    private var versions: [UUID: StreamVersion] = [:]
    private var group: Group?
    /// The last command without events at this position: among them the order is by time and id.
    private var answered: AcceptedCommand?

    init(tenant: TenantID, now: Timestamp) {
        self.tenant = tenant
        self.now = now
    }

    /// Whether a batch may end here.
    var isBetweenCommands: Bool { group == nil }
    /// The last position of the commands whose own lines were read.
    var position: Position { group?.first.position.advanced(by: -1) ?? head }

    /// The next line.
    mutating func take(_ line: LogLine) throws(LogLineProblem) {
        switch line {
        case .event(let event): try take(event)
        case .command(let command): try take(command)
        }
    }

    /// The end of the file.
    func finish() throws(LogLineProblem) { try requireNoGroup() }

    private mutating func take(_ event: RecordedEvent) throws(LogLineProblem) {
        try require("position", event.position, head.advanced(by: 1))
        try belongsToCommand(event)
        try goesOn(event)
        try isWellFormed(event)
        head = event.position
        answered = nil
        recordedAt = event.recordedAt
        logEpoch = event.logEpoch
        versions[event.stream.uuid] = event.version
        group =
            group.map { Group(first: $0.first, last: event) } ?? Group(first: event, last: event)
    }

    private func belongsToCommand(_ event: RecordedEvent) throws(LogLineProblem) {
        guard let first = group?.first else { return }
        guard event.commandID == first.commandID else {
            throw LogLineProblem(
                "commandId", found: event.commandID,
                accepted: "\(first.commandID), whose own line has not come yet")
        }
        try require("stream", event.stream, first.stream)
        try require(event.recordedAt, first.recordedAt)
        try require("logEpoch", event.logEpoch, first.logEpoch)
        guard event.metadata == first.metadata else {
            throw LogLineProblem(
                "actor", "actor, correlationId, causation and ruleSet differ within one command")
        }
        guard event.position.value - first.position.value < EventLogLimits.eventsPerCommand else {
            throw LogLineProblem(
                "commandId", "more than \(EventLogLimits.eventsPerCommand) events of one command")
        }
    }

    /// Against what lies behind, in the log and in the stream.
    private func goesOn(_ event: RecordedEvent) throws(LogLineProblem) {
        switch event.stream.category {
        case PatientStream.category, SiteStream.category: break
        case AdministrationStream.category:
            try require("stream", event.stream, AdministrationStream.id(of: tenant))
        case let found:
            throw LogLineProblem(
                "stream", found: found,
                accepted: """
                    \(PatientStream.category), \(SiteStream.category) or \
                    \(AdministrationStream.category)
                    """)
        }
        let version = (versions[event.stream.uuid] ?? .none).advanced(by: 1)
        try require("version", event.version, version)
        guard event.recordedAt >= recordedAt, event.recordedAt <= now else {
            throw LogLineProblem(
                "recordedAt", found: event.recordedAt.text, accepted: "\(recordedAtLimits)")
        }
        guard event.logEpoch >= logEpoch else {
            throw LogLineProblem("logEpoch", found: event.logEpoch, accepted: "\(logEpoch) or more")
        }
        if let causation = event.metadata.causation {
            guard causation > .start, causation < (group?.first ?? event).position else {
                throw LogLineProblem(
                    "causation", found: causation, accepted: "a position before the command's")
            }
        }
    }

    private var recordedAtLimits: String {
        head == .start
            ? "up to now, \(now.text)" : "\(recordedAt.text), as of the event before, to now"
    }

    private func isWellFormed(_ event: RecordedEvent) throws(LogLineProblem) {
        guard EventLogLimits.instants.contains(event.data.effectiveAt) else {
            throw LogLineProblem("effectiveAt", "not within the years 1 to 9999")
        }
        try isName(event.metadata.actor, "actor")
        try isName(event.metadata.ruleSet, "ruleSet")
        guard event.data.payload.count <= EventLogLimits.payloadBytes else {
            throw LogLineProblem(
                "payload", "longer than \(EventLogLimits.payloadBytes) bytes")
        }
    }

    private func isName(_ text: String, _ member: String) throws(LogLineProblem) {
        guard text.utf8.count <= EventLogLimits.nameBytes, !text.utf8.contains(0) else {
            throw LogLineProblem(
                member, "longer than \(EventLogLimits.nameBytes) bytes, or with a NUL in it")
        }
    }

    private mutating func take(_ command: AcceptedCommand) throws(LogLineProblem) {
        guard command.fingerprint.count <= EventLogLimits.fingerprintBytes else {
            throw LogLineProblem(
                "fingerprint", "longer than \(EventLogLimits.fingerprintBytes) bytes")
        }
        guard command.answer.count <= EventLogLimits.answerBytes else {
            throw LogLineProblem("answer", "longer than \(EventLogLimits.answerBytes) bytes")
        }
        try require("head", command.head, head)
        guard command.positions != nil else { return try takeWithoutEvents(command) }
        guard let group else {
            throw LogLineProblem(
                "events", found: command.eventCount, accepted: "0: none precede it")
        }
        try require("command", command.commandID, group.first.commandID)
        try require("stream", command.stream, group.first.stream)
        try require("version", command.version, group.last.version)
        try require("events", Int64(command.eventCount), group.count)
        try require(command.recordedAt, group.first.recordedAt)
        self.group = nil
    }

    private mutating func takeWithoutEvents(_ command: AcceptedCommand) throws(LogLineProblem) {
        try requireNoGroup()
        try require("version", command.version, versions[command.stream.uuid] ?? .none)
        guard command.recordedAt >= recordedAt, command.recordedAt <= now else {
            throw LogLineProblem(
                "recordedAt", found: command.recordedAt.text, accepted: recordedAtLimits)
        }
        if let before = answered {
            let follows =
                (before.recordedAt, before.commandID.description)
                < (command.recordedAt, command.commandID.description)
            guard follows else {
                throw LogLineProblem(
                    "command", "commands without events come in the order of time and id")
            }
        }
        answered = command
    }

    private func requireNoGroup() throws(LogLineProblem) {
        guard let group else { return }
        throw LogLineProblem(
            nil,
            """
            the line of command \(group.first.commandID), of positions \(group.first.position) to \
            \(group.last.position), is missing
            """)
    }

    private func require(
        _ found: Timestamp, _ accepted: Timestamp
    ) throws(LogLineProblem) {
        guard found == accepted else {
            throw LogLineProblem("recordedAt", found: found.text, accepted: accepted.text)
        }
    }

    private func require<Value: Equatable & CustomStringConvertible>(
        _ member: String, _ found: Value, _ accepted: Value
    ) throws(LogLineProblem) {
        guard found == accepted else {
            throw LogLineProblem(member, found: found, accepted: "\(accepted)")
        }
    }
}
