import EventStore
import Foundation
import Postgres
import PostgresEventStore
import TestPostgres
import Testing

@testable import ferrovia

/// `ferrovia import log` as a process, on a database.
@Suite struct LogImportTests {
    @Test func `what was exported, imported and exported again is the same, byte for byte`()
        async throws
    {
        try await ImportingClinic.with { clinic in
            let log = WrittenLog(commands: 300, patients: 12)
            let path = try clinic.file(log.text)
            let answer = try await clinic.importing(path)
            #expect(answer.status == 0, "\(answer.error)")
            #expect(answer.out.contains(#""eventsWritten":\#(log.events),"#), "\(answer.out)")
            #expect(try await clinic.exported() == log.text)
            try await clinic.verify()

            let again = try await clinic.importing(path)
            #expect(again.status == 0, "\(again.error)")
            #expect(again.out.contains(#""eventsWritten":0,"#), "\(again.out)")
            #expect(again.out.contains(#""commandsWritten":0,"#), "\(again.out)")
            #expect(again.out.contains(#""rebuilt":false"#), "\(again.out)")
        }
    }

    @Test func `the beginning of a file, then all of it`() async throws {
        try await ImportingClinic.with { clinic in
            let log = WrittenLog(commands: 120, patients: 5)
            let end = try #require(log.lines.lastIndex { $0.isEvent && $0 != log.lines.last })
            let beginning = Array(log.lines[..<end])
            let cut = try #require(beginning.lastIndex { !$0.isEvent })
            let part = try clinic.file(WrittenLog.text(Array(log.lines[...cut])), "part.ndjson")
            #expect(try await clinic.importing(part).status == 0)
            let rest = try await clinic.importing(try clinic.file(log.text))
            #expect(rest.status == 0, "\(rest.error)")
            #expect(try await clinic.exported() == log.text)
            // The part is all there, and the log goes on behind it.
            let known = try await clinic.importing(part)
            #expect(known.status == 0, "\(known.error)")
            #expect(known.out.contains(#""eventsWritten":0,"#), "\(known.out)")
            #expect(known.out.contains(#""head":\#(log.events),"#), "\(known.out)")
            try await clinic.verify()
        }
    }

    @Test func `a repeated command gets its first answer`() async throws {
        try await ImportingClinic.with { clinic in
            let log = WrittenLog(commands: 30, patients: 3)
            #expect(try await clinic.importing(try clinic.file(log.text)).status == 0)
            for line in log.lines {
                guard case .command(let command) = line else { continue }
                let found = try await clinic.store.command(
                    command.commandID, tenant: clinic.tenant)
                #expect(found == command)
            }
        }
    }

    @Test func `who was erased stays erased, with keys and without`() async throws {
        try await ImportingClinic.with { clinic in
            var log = WrittenLog(commands: 30, patients: 3)
            let (gone, kept) = (WrittenLog.id(1_000_001), WrittenLog.id(1_000_002))
            log.erase(gone)
            let tokens = [[UInt8](repeating: 3, count: 32)]
            let keys = try [gone, kept].map { subject in
                try clinic.key(
                    of: subject,
                    tokens: subject == kept ? tokens : [[UInt8](repeating: 9, count: 32)])
            }
            // Keys of before the erasure, with the log of after it.
            let path = try clinic.file(WrittenLog.text(log.lines, keys: keys))
            let answer = try await clinic.importing(path)
            #expect(answer.status == 0, "\(answer.error)")
            let directory = PostgresSubjectDirectory(pool: clinic.pool)
            let state = try await directory.key(of: SubjectID(gone), tenant: clinic.tenant)
            guard case .erased = state else {
                Issue.record("\(state)")
                return
            }
            let present = try await directory.key(of: SubjectID(kept), tenant: clinic.tenant)
            #expect(present == .present(try #require(keys[1].key)))
            #expect(
                try await directory.subject(for: tokens[0], tenant: clinic.tenant)
                    == SubjectID(kept))
            #expect(try await clinic.count("blind_index") == 1)

            // What is exported with its keys is imported with its keys.
            let all = try await clinic.exported("--keys")
            #expect(try await clinic.importing(try clinic.file(all)).status == 0)
            #expect(try await clinic.exported("--keys") == all)
        }
    }

    @Test func `killed in the middle, nobody uses the log until it was taken up and finished`()
        async throws
    {
        try await ImportingClinic.with { clinic in
            let log = WrittenLog(commands: 12_000, patients: 300)
            let path = try clinic.file(log.text)
            let importing = try await clinic.tool.started(
                ["import", "log", "--tenant", clinic.name, path])
            try await eventually("the first batch is there", within: .seconds(120)) {
                try await clinic.count("events") > 0
            }
            importing.send(SIGKILL)
            #expect(try await importing.ended().wasKilled)
            // A batch that was on its way when the process died is written all the same.
            try await eventually("its session is gone") {
                try await clinic.tool.run(["status"]).out.contains("it was interrupted")
            }
            let written = try await clinic.count("events")
            try #require(written > 0 && written < Int(log.events))

            let queue = try await clinic.tool.run(["queue", "--tenant", clinic.name])
            #expect(queue.status == 69)
            #expect(queue.error.contains("the log is being imported"), "\(queue.error)")
            await #expect(throws: EventLogError.beingImported) {
                _ = try await clinic.store.append([.sample()], tenant: clinic.tenant)
            }
            let status = try await clinic.tool.run(["status"])
            #expect(status.status == 1)
            #expect(status.out.contains("BLOCKED (imports): old-clinic"), "\(status.out)")
            #expect(status.out.contains("\(written) positions are written"), "\(status.out)")

            let other = WrittenLog(commands: 12_000, patients: 299)
            let differing = try await clinic.importing(try clinic.file(other.text, "other.ndjson"))
            #expect(differing.status == 1)

            let rest = try await clinic.importing(path)
            #expect(rest.status == 0, "\(rest.error)")
            #expect(
                rest.out.contains(#""eventsWritten":\#(Int(log.events) - written),"#), "\(rest.out)"
            )
            #expect(try await clinic.exported() == log.text)
            try await clinic.verify()
            #expect(try await clinic.tool.run(["queue", "--tenant", clinic.name]).status == 0)
        }
    }

    @Test func `a bad line in the middle leaves what came before, and the mended file goes on`()
        async throws
    {
        try await ImportingClinic.with { clinic in
            let log = WrittenLog(commands: 6_000, patients: 50)
            var lines = log.lines
            // Between two commands.
            let last = try #require(
                lines.indices.last { $0 < lines.count - 20 && !lines[$0 - 1].isEvent })
            // The command is known from long ago: only the log can tell.
            let known = try #require(lines.first { !$0.isEvent })
            guard case .command(let first) = known else { return }
            lines.insert(
                .command(
                    AcceptedCommand(
                        commandID: first.commandID, fingerprint: [1], stream: first.stream,
                        positions: nil, version: Self.version(of: first.stream, in: lines[..<last]),
                        head: Self.head(of: lines[..<last]), answer: [],
                        recordedAt: Timestamp(
                            microsecondsSinceUnixEpoch: 1_785_000_000_000_000))), at: last)
            let answer = try await clinic.importing(
                try clinic.file(WrittenLog.text(Array(lines[...last])), "bad.ndjson"))
            #expect(answer.status == 70)
            #expect(answer.error.contains("bad.ndjson, line \(last + 2)"), "\(answer.error)")
            #expect(answer.error.contains("came before"), "\(answer.error)")
            #expect(answer.error.contains("the import is unfinished"), "\(answer.error)")
            let written = try await clinic.count("events")
            #expect(written > 0 && written < Int(log.events))
            let rest = try await clinic.importing(try clinic.file(log.text))
            #expect(rest.status == 0, "\(rest.error)")
            #expect(try await clinic.exported() == log.text)
        }
    }

    @Test func `a tenant with other events is refused, and stays as it is`() async throws {
        try await ImportingClinic.with { clinic in
            let outcome = try await clinic.store.append([.sample()], tenant: clinic.tenant)
            guard case .appended? = outcome.first else {
                Issue.record("\(outcome)")
                return
            }
            let before = try await clinic.exported()
            let log = WrittenLog(commands: 20, patients: 3)
            let answer = try await clinic.importing(try clinic.file(log.text))
            #expect(answer.status == 1)
            #expect(answer.error.contains("line 2: the log of the tenant holds something else"))
            #expect(try await clinic.exported() == before)
        }
    }

    @Test func `whoever appends between the look and the beginning wins`() async throws {
        try await ImportingClinic.with { clinic in
            let own = try await LogImport.open(clinic.admin, tenant: clinic.tenant)
            _ = try await clinic.store.append([.sample()], tenant: clinic.tenant)
            #expect(try await own.begin(at: .start) == false)
            _ = try await clinic.store.append([.sample()], tenant: clinic.tenant)
            #expect(try await clinic.store.head(tenant: clinic.tenant) == Position(2))
            await own.close()
        }
    }

    @Test func `the latest import overtakes the others`() async throws {
        try await ImportingClinic.with { clinic in
            let first = try await LogImport.open(clinic.admin, tenant: clinic.tenant)
            let second = try await LogImport.open(clinic.admin, tenant: clinic.tenant)
            #expect(try await first.begin(at: .start))
            #expect(try await second.begin(at: .start))
            var batch = ImportBatch()
            for line in WrittenLog(commands: 5, patients: 2).lines {
                switch line {
                case .event(let event): batch.append(event)
                case .command(let command): batch.append(command)
                }
            }
            let whole = batch
            await #expect(throws: PostgresError.self) { try await first.write(whole) }
            #expect(try await clinic.count("events") == 0)
            try await second.write(whole)
            await #expect(throws: PostgresError.self) { try await first.finish() }
            try await second.finish()
            #expect(try await clinic.count("events") == whole.events.count)
            await first.close()
            await second.close()
            try await clinic.tool.succeed("rebuild", "--tenant", clinic.name)
        }
    }

    @Test func `status says how far an import that is running has come`() async throws {
        try await ImportingClinic.with { clinic in
            let own = try await LogImport.open(clinic.admin, tenant: clinic.tenant)
            try #require(try await own.begin(at: .start))
            var batch = ImportBatch()
            for line in WrittenLog(commands: 5, patients: 2).lines {
                switch line {
                case .event(let event): batch.append(event)
                case .command(let command): batch.append(command)
                }
            }
            let whole = batch
            try await own.write(whole, percentRead: 40)
            let status = try await clinic.tool.run(["status"])
            #expect(status.status == 1)
            let said =
                "\(whole.events.count) positions are written, 40 % of its file; it is running"
            #expect(status.out.contains(said), "\(status.out)")
            let json = try await clinic.tool.run(["status", "--json"]).out
            let member = #""written":\#(whole.events.count),"percentRead":40,"running":true"#
            #expect(json.contains(member), "\(json)")
            try await own.finish()
            await own.close()
            try await clinic.tool.succeed("rebuild", "--tenant", clinic.name)
        }
    }

    private static func head(of lines: ArraySlice<LogLine>) -> Position {
        for case .event(let event) in lines.reversed() { return event.position }
        return .start
    }

    private static func version(of stream: StreamID, in lines: ArraySlice<LogLine>) -> StreamVersion
    {
        for case .event(let event) in lines.reversed() where event.stream == stream {
            return event.version
        }
        return .none
    }
}

extension Append<NoChanges> {
    /// An event of somebody else's, in a stream of its own.
    fileprivate static func sample() -> Append {
        Append(
            commandID: CommandID(UUID()), fingerprint: [1],
            stream: StreamID(category: "sample", uuid: UUID()), expected: .none,
            events: [
                EventData(
                    type: "sampled", payloadVersion: 1, payload: Array("{}".utf8),
                    effectiveAt: WrittenLog.start)
            ],
            metadata: EventMetadata(
                actor: "somebody", correlationID: UUID(), causation: nil, ruleSet: "none"),
            answer: [], changes: NoChanges())
    }
}
