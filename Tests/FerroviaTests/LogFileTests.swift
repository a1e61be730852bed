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

    @Test func `what nobody can read comes through, byte for byte`() throws {
        var log = Self.log
        log.dream(of: WrittenLog.id(1_000_001))
        let read = try Self.read(log.text)
        #expect(read == log.lines)
        guard case .event(let dreamt)? = read.last(where: \.isEvent) else { return }
        #expect(dreamt.data.payload == [0xFF, 0x00, 0x7B])
    }

    @Test func `parts of a file are one log`() throws {
        let lines = Self.log.lines
        let half = try #require(lines.indices.first { $0 > 20 && Self.isBetween(lines, $0) })
        let paths = [
            try Self.file(WrittenLog.text(Array(lines[..<half]))),
            try Self.file(WrittenLog.text(Array(lines[half...]))),
        ]
        defer { for path in paths { try? FileManager.default.removeItem(atPath: path) } }
        #expect(try Self.read(paths: paths) == lines)
        // Either alone, or in another order, is not.
        #expect(Self.problem(paths: [paths[1]])?.member == "from")
        #expect(Self.problem(paths: paths.reversed())?.member == "from")
        #expect(Self.problem(paths: [paths[0], paths[0]])?.member == "from")
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

    // Behind the header line 1 is an event of one command, line 2 that command; 9 and 10 are two events,
    // 11 their command.
    static let edits: [Edit] = [
        Edit(1, #""position":1,"#, #""position":2,"#, "position", "found 2, accepted is 1"),
        Edit(9, #""position":5,"#, #""position":7,"#, "position", "found 7, accepted is 5"),
        Edit(9, #""version":2,"#, #""version":3,"#, "version", "found 3, accepted is 2"),
        Edit(9, "patient-9a", "person-9a", "stream", "found person, accepted is patient, site"),
        Edit(9, "patient-9a", "administration-9a", "stream", "accepted is administration-01010101"),
        Edit(
            9, "patient-9a", "patient9a", "stream",
            "expected a category, a dash and a lower-case UUID"),
        Edit(9, #""payloadVersion":1"#, #""payloadVersion":70000"#, "payloadVersion", "expected"),
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
        var lines = Self.log.lines.map { String(decoding: $0.bytes, as: UTF8.self) }
        let old = lines[edit.line - 1]
        let place = try #require(old.range(of: edit.from), "\(old)")
        lines[edit.line - 1].replaceSubrange(place, with: edit.to)
        let text = WrittenLog.sealed(lines, head: Position(Self.log.events))
        let problem = try #require(Self.problem(text))
        #expect(problem.place.hasSuffix(", line \(edit.line + 1)"), "\(problem)")
        #expect(problem.member == edit.member, "\(problem)")
        #expect(problem.message.contains(edit.says), "\(problem)")
        #expect(!problem.description.contains("70.5"))
    }

    @Test func `a file that was cut off is refused, or taken up to its last whole command`() throws
    {
        let lines = Self.log.text.split(separator: "\n").map { $0 + "\n" }
        // Behind the header, the end line alone is missing, half of it, and the line of a command.
        for (cut, whole, place) in [
            (lines.dropLast().joined(), Self.log.lines.count, lines.count - 1),
            (String(Self.log.text.dropLast(7)), Self.log.lines.count, lines.count - 1),
            (lines.prefix(11).joined(), 8, 11),
        ] {
            let problem = try #require(Self.problem(cut))
            #expect(problem.message.contains("its end line is missing"), "\(problem)")
            #expect(problem.place.hasSuffix("line \(place)"), "\(problem)")

            let path = try Self.file(cut)
            defer { try? FileManager.default.removeItem(atPath: path) }
            var file = try Self.open([path], isPartialAllowed: true)
            var read: [LogLine] = []
            while let line = try file.next() { read.append(line) }
            #expect(file.isPartial)
            #expect(Array(read.prefix(whole)) == Array(Self.log.lines.prefix(whole)))
            let last = read.prefix(whole).last(where: \.isEvent)
            guard case .event(let event)? = last else { return }
            #expect(file.position == event.position)
        }
    }

    @Test func `only the last of some files may lack its end`() throws {
        let lines = Self.log.lines
        let half = try #require(lines.indices.first { $0 > 20 && Self.isBetween(lines, $0) })
        let first = WrittenLog.text(Array(lines[..<half]))
        let cut = first.split(separator: "\n").dropLast().map { $0 + "\n" }.joined()
        let paths = [try Self.file(cut), try Self.file(WrittenLog.text(Array(lines[half...])))]
        defer { for path in paths { try? FileManager.default.removeItem(atPath: path) } }
        let error = #expect(throws: LogFileProblem.self) {
            _ = try Self.open(paths, isPartialAllowed: true)
        }
        #expect(error?.message.contains("its end line is missing") == true)
    }

    @Test func `what was changed, lost or added since the export is told by its end line`() throws {
        let lines = Self.log.text.split(separator: "\n").map { $0 + "\n" }
        let changed = Self.log.text.replacing("70.5", with: "71.5", maxReplacements: 1)
        #expect(Self.problem(changed)?.member == "sha256")
        // A command without events is missed by nothing else.
        let silent = try #require(lines.firstIndex { $0.contains(#""events":0"#) })
        var lost = lines
        lost.remove(at: silent)
        #expect(Self.problem(lost.joined())?.member == "lines")
        #expect(Self.problem(Self.log.text + Self.log.text)?.message.contains("behind") == true)
        #expect(Self.problem(Self.log.text + "{")?.message.contains("behind") == true)
    }

    @Test func `the positions of header and end line are those of the events`() throws {
        let lines = Self.log.lines.map { String(decoding: $0.bytes, as: UTF8.self) }
        let more = WrittenLog.sealed(lines, head: Position(Self.log.events + 1))
        #expect(Self.problem(more)?.member == "end")
    }

    @Test func `a file without a header is no export`() throws {
        let lines = Self.log.text.split(separator: "\n").map { $0 + "\n" }
        let headless = try #require(Self.problem(lines.dropFirst().joined()))
        #expect(headless.member == "format")
        #expect(headless.place.hasSuffix("line 1"))
        #expect(Self.problem("")?.message.contains("there is no line") == true)
        let other = Self.log.text.replacing(#""formatVersion":1"#, with: #""formatVersion":2"#)
        #expect(Self.problem(other)?.member == "formatVersion")
    }

    @Test func `a compressed file is told what to do with it`() throws {
        let path = NSTemporaryDirectory() + "log-\(UUID().uuidString).gz"
        defer { try? FileManager.default.removeItem(atPath: path) }
        try Data([0x1F, 0x8B, 0x08, 0x00, 0x0A, 0x01]).write(to: URL(filePath: path))
        #expect(Self.problem(paths: [path])?.message.contains("gunzip -c FILE |") == true)
    }

    @Test func `an export that begins later, or lost a line, is refused`() throws {
        var lines = Self.log.lines
        lines.removeFirst(2)
        let later = try #require(Self.problem(WrittenLog.text(lines)))
        #expect(later.member == "from")
        #expect(later.message == "found 2, accepted is 1")
        lines = Self.log.lines
        lines.remove(at: 1)
        #expect(Self.problem(WrittenLog.text(lines))?.member == "commandId")
    }

    @Test func `keys of another tenant are refused`() throws {
        let key = SubjectRecord(
            subject: SubjectID(UUID()), createdAt: WrittenLog.start, erasedAt: nil,
            lostAt: nil, key: SubjectKey(wrapped: [1, 2], wrappingKeyID: "m"),
            tokens: [[UInt8](repeating: 7, count: 32)])
        let other = TenantID(UUID())
        let foreign = WrittenLog.text(Self.log.lines, keys: [key], of: other)
        #expect(Self.problem(foreign)?.member == "tenant")
        // The log alone is taken; whose it was is known.
        let path = try Self.file(WrittenLog.text(Self.log.lines, of: other))
        defer { try? FileManager.default.removeItem(atPath: path) }
        #expect(try Self.open([path]).origin == other)
        // One key among others.
        let line = String(
            decoding: ExportLine.subject(key, of: other).bytes, as: UTF8.self)
        var lines = WrittenLog.text(Self.log.lines, keys: [key]).split(separator: "\n")
        lines[1] = Substring(line)
        let mixed = lines.map { $0 + "\n" }.joined()
        #expect(Self.problem(mixed)?.message.contains("the header's") == true)
    }

    @Test func `an export that was cut off is replayed only where that was said`() throws {
        let lines = Self.log.text.split(separator: "\n").map { $0 + "\n" }
        func input(_ text: String) -> InputFile {
            InputFile(name: "log.ndjson", bytes: Array(text.utf8), isTorn: false)
        }
        let whole = try ReplayFile(input(Self.log.text), isPartialAllowed: false)
        #expect(whole.tenant == WrittenLog.tenant)
        #expect(whole.events.count == Int(Self.log.events))
        #expect(!whole.isPartial)
        let cut = input(lines.prefix(11).joined())
        #expect(throws: LogFileProblem.self) { try ReplayFile(cut, isPartialAllowed: false) }
        let beginning = try ReplayFile(cut, isPartialAllowed: true)
        #expect(beginning.isPartial)
        #expect(beginning.events.map(\.position.value) == [1, 2, 3, 4])
        #expect(throws: LogFileProblem.self) {
            try ReplayFile(
                input(Self.log.text.replacing("70.5", with: "71.5")), isPartialAllowed: true)
        }
    }

    /// Whether a file may end before a line.
    private static func isBetween(_ lines: [LogLine], _ index: Int) -> Bool {
        lines[index].isEvent && !lines[index - 1].isEvent
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

    private static func problem(paths: [String]) -> LogFileProblem? {
        do {
            _ = try read(paths: paths)
            return nil
        } catch {
            return error as? LogFileProblem
        }
    }

    private static func open(
        _ paths: [String], isPartialAllowed: Bool = false
    ) throws -> LogFile {
        try LogFile(
            paths, tenant: WrittenLog.tenant,
            now: Timestamp(microsecondsSinceUnixEpoch: 1_790_000_000_000_000),
            isPartialAllowed: isPartialAllowed)
    }

    private static func read(paths: [String]) throws -> [LogLine] {
        var file = try open(paths)
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
