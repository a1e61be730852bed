import EventStore
import Foundation
import InfusionJournal
import PostgresEventStore
import Testing

@testable import ferrovia

/// What a file is held against before anything of it is written.
@Suite struct LogFileTests {
    private static let log = WrittenLog(commands: 40, patients: 4)

    @Test func `a log as it was exported comes through, line by line`() throws {
        let read = try Self.read(Self.log.text)
        #expect(read == Self.log.lines)
        #expect(WrittenLog.text(read) == Self.log.text)
    }

    @Test func `parts of a file are one log`() throws {
        let lines = Self.log.lines
        let half = lines.count / 2
        let paths = [
            try Self.file(WrittenLog.text(Array(lines[..<half]))),
            try Self.file(WrittenLog.text(Array(lines[half...]))),
        ]
        defer { for path in paths { try? FileManager.default.removeItem(atPath: path) } }
        #expect(try Self.read(paths: paths) == lines)
    }

    /// An edit of one line, and what is said about it.
    struct Edit: CustomTestStringConvertible, Sendable {
        let line: Int
        let from: String
        let to: String
        let member: String?
        let says: String

        var testDescription: String { "\(from) → \(to)" }
    }

    // Line 1 is an event of one command, line 2 that command; 9 and 10 are two events, 11 their command.
    static let edits: [Edit] = [
        Edit(1, #""position":1,"#, #""position":2,"#, "position", "found 2, accepted is 1"),
        Edit(9, #""position":5,"#, #""position":7,"#, "position", "found 7, accepted is 5"),
        Edit(9, #""version":2,"#, #""version":3,"#, "version", "found 3, accepted is 2"),
        Edit(9, "patient-9a", "person-9a", "stream", "found person, accepted is patient or admin"),
        Edit(9, "patient-9a", "administration-9a", "stream", "accepted is administration-01010101"),
        Edit(
            9, "patient-9a", "patient9a", "stream",
            "expected a category, a dash and a lower-case UUID"),
        Edit(9, "weight-recorded", "weight-dreamt", "type", "unknown event type weight-dreamt v1"),
        Edit(9, #""payloadVersion":1"#, #""payloadVersion":7"#, "type", "weight-recorded v7"),
        Edit(9, #""payloadVersion":1"#, #""payloadVersion":70000"#, "payloadVersion", "expected"),
        Edit(9, #"\"70.5\""#, "70.5", "payload", "/weightKilograms: expected a string"),
        Edit(9, #"{\"weight"#, #"{\"heft"#, "payload", "missing"),
        Edit(9, #""recordedAt":178"#, #""recordedAt":177"#, "recordedAt", "as of the event before"),
        Edit(9, #""recordedAt":178"#, #""recordedAt":978"#, "recordedAt", "found 22"),
        Edit(10, #"4000,"commandId"#, #"5000,"commandId"#, "recordedAt", "accepted is 2026-"),
        Edit(10, "nurse", "surgeon", "actor", "differ within one command"),
        Edit(10, "0001e8484\"", "0001e8499\"", "commandId", "whose own line has not come yet"),
        Edit(9, #""logEpoch":1"#, #""logEpoch":0"#, "logEpoch", "found 0, accepted is 1 or more"),
        Edit(9, #""causation":null"#, #""causation":5"#, "causation", "a position before the"),
        Edit(9, #""ruleSet":"2026.11.0","#, "", "ruleSet", "missing"),
        Edit(9, #""ruleSet""#, #""rules":"","ruleSet""#, nil, "unexpected member"),
        Edit(9, #"{"position""#, #"{"position"x"#, nil, "unexpected byte at byte 11"),
        Edit(2, #""head":1"#, #""head":2"#, "head", "found 2, accepted is 1"),
        Edit(2, #""events":1"#, #""events":2"#, "events", "expected 0 to 1"),
        Edit(11, #""events":2"#, #""events":1"#, "events", "found 1, accepted is 2"),
        Edit(11, #""events":2"#, #""events":0"#, nil, "of positions 5 to 6, is missing"),
        Edit(11, #""version":3"#, #""version":2"#, "version", "found 2, accepted is 3"),
        Edit(11, #"{"command":"9a"#, #"{"command":"9b"#, "command", "accepted is 9a000000-"),
        Edit(2, #""fingerprint":"Z"#, #""fingerprint":"!"#, "fingerprint", "expected base64"),
    ]

    @Test(arguments: edits)
    func `a line that does not follow is refused by name`(_ edit: Edit) throws {
        var lines = Self.log.text.split(separator: "\n").map(String.init)
        let old = lines[edit.line - 1]
        let place = try #require(old.range(of: edit.from), "\(old)")
        lines[edit.line - 1].replaceSubrange(place, with: edit.to)
        let problem = try #require(Self.problem(lines.joined(separator: "\n") + "\n"))
        #expect(problem.place.hasSuffix(", line \(edit.line)"), "\(problem)")
        #expect(problem.member == edit.member, "\(problem)")
        #expect(problem.message.contains(edit.says), "\(problem)")
        #expect(!problem.description.contains("70.5"))
    }

    @Test func `a torn last line, and a file torn within a command, are told`() throws {
        let text = Self.log.text
        let torn = try #require(Self.problem(String(text.dropLast(7))))
        #expect(torn.message == "torn: the line has no end")
        #expect(torn.place.hasSuffix("line \(Self.log.lines.count)"))
        let lines = text.split(separator: "\n").prefix(10).joined(separator: "\n") + "\n"
        let within = try #require(Self.problem(lines))
        #expect(within.message.contains("of positions 5 to 6, is missing"))
        #expect(within.place.hasSuffix("line 10"))
    }

    @Test func `an export that begins later, or lost a line, is refused`() throws {
        var lines = Self.log.lines
        lines.removeFirst(2)
        #expect(Self.problem(WrittenLog.text(lines))?.message == "found 2, accepted is 1")
        lines = Self.log.lines
        lines.remove(at: 1)
        #expect(Self.problem(WrittenLog.text(lines))?.member == "commandId")
    }

    @Test func `keys of another tenant are refused`() throws {
        let key = LogLine.subject(
            .init(
                subject: SubjectID(UUID()), createdAt: WrittenLog.start, erasedAt: nil,
                lostAt: nil, key: SubjectKey(wrapped: [1, 2], wrappingKeyID: "m"),
                tokens: [[UInt8](repeating: 7, count: 32)]), of: TenantID(UUID()))
        let problem = Self.problem(WrittenLog.text(Self.log.lines + [key]))
        #expect(problem?.member == "tenant")
    }

    private static func problem(_ text: String) -> LogFileProblem? {
        do {
            _ = try read(text)
            return nil
        } catch {
            return error as? LogFileProblem
        }
    }

    private static func read(_ text: String) throws -> [LogLine] {
        let path = try file(text)
        defer { try? FileManager.default.removeItem(atPath: path) }
        return try read(paths: [path])
    }

    private static func read(paths: [String]) throws -> [LogLine] {
        var file = try LogFile(
            paths, tenant: WrittenLog.tenant,
            now: Timestamp(microsecondsSinceUnixEpoch: 1_790_000_000_000_000))
        var lines: [LogLine] = []
        while let line = try file.next() { lines.append(line) }
        return lines
    }

    static func file(_ text: String) throws -> String {
        let path = NSTemporaryDirectory() + "log-\(UUID().uuidString).ndjson"
        try text.write(toFile: path, atomically: false, encoding: .utf8)
        return path
    }
}

extension LogFileTests.Edit {
    init(_ line: Int, _ from: String, _ to: String, _ member: String?, _ says: String) {
        self.init(line: line, from: from, to: to, member: member, says: says)
    }
}
