public import EventStore
public import Foundation

/// Appends for tests: short to write, different in every field.
public struct Sample: Sendable {
    public let stream: StreamID

    /// A stream of its own.
    public init(_ category: String = "thing", _ uuid: UUID = UUID()) {
        stream = StreamID(category: category, uuid: uuid)
    }

    /// An append to the stream.
    public func append(
        _ id: CommandID = CommandID(UUID()), at expected: Int64, events count: Int = 1,
        fingerprint: [UInt8] = [1, 2, 3], answer: String = "ok", causation: Position? = nil,
        payload: [UInt8]? = nil, category: String? = nil,
        subject: SubjectChange = .unchanged
    ) -> Append<NoChanges> {
        Append(
            commandID: id, fingerprint: fingerprint,
            stream: StreamID(category: category ?? stream.category, uuid: stream.uuid),
            expected: StreamVersion(expected),
            events: (0..<count).map { Self.event($0, payload: payload) },
            metadata: EventMetadata(
                actor: "someone-with-a-long-name", correlationID: UUID(), causation: causation,
                ruleSet: "rules-1"),
            answer: Array(answer.utf8), subject: subject)
    }

    /// Who the stream is about.
    public var subject: SubjectID { SubjectID(stream.uuid) }

    /// An event with a payload of its own.
    public static func event(_ number: Int, payload: [UInt8]? = nil) -> EventData {
        EventData(
            type: "thing-happened", payloadVersion: Int16(number % 7 + 1),
            payload: payload ?? Array(#"{"number": \#(number),  "kept": "byte for byte"}"#.utf8),
            effectiveAt: Timestamp(
                microsecondsSinceUnixEpoch: 1_700_000_000_000_001 + Int64(number)))
    }
}

extension AppendOutcome {
    /// The command, if it was appended now.
    public var appended: AcceptedCommand? {
        if case .appended(let command) = self { command } else { nil }
    }

    /// The first command, if this was a retry of it.
    public var duplicate: AcceptedCommand? {
        if case .duplicate(let command) = self { command } else { nil }
    }

    /// The first command, if this was another one under its id.
    public var mismatch: AcceptedCommand? {
        if case .fingerprintMismatch(let command) = self { command } else { nil }
    }
}

extension EventLog where InlineChanges == NoChanges {
    /// One append, which must hold.
    func mustAppend(
        _ append: Append<NoChanges>, _ tenant: TenantID
    ) async throws -> AcceptedCommand {
        guard let command = try await self.append([append], tenant: tenant)[0].appended else {
            throw Unexpected("an append that should have held did not")
        }
        return command
    }

    /// Everything there is, read in small pages.
    public func everything(_ tenant: TenantID, page: Int = 7) async throws -> [RecordedEvent] {
        var events: [RecordedEvent] = []
        while true {
            let next = try await readAll(
                tenant: tenant, after: events.last?.position ?? .start, limit: page)
            guard !next.isEmpty else { return events }
            events += next
        }
    }
}

/// A test went another way than it can go on from.
public struct Unexpected: Error, CustomStringConvertible {
    public let description: String
    public init(_ description: String) { self.description = description }
}
