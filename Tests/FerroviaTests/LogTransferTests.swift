import EventStore
import Foundation
import Postgres
import PostgresEventStore
import TestPostgres
import Testing

@testable import ferrovia

/// What `ferrovia export` and `ferrovia import log` say before, during and after, as processes.
@Suite struct LogTransferTests {
    @Test func `a file that was cut off or changed is refused before anything is written`()
        async throws
    {
        try await ImportingClinic.with { clinic in
            let log = WrittenLog(commands: 40, patients: 4)
            let cut = try clinic.file(
                log.text.split(separator: "\n").prefix(11).joined(separator: "\n"))
            let refused = try await clinic.importing(cut)
            #expect(refused.status == 70)
            #expect(refused.error.contains("its end line is missing"), "\(refused.error)")
            let changed = try await clinic.importing(
                try clinic.file(log.text.replacing("70.5", with: "71.5"), "changed.ndjson"))
            #expect(changed.status == 70)
            #expect(changed.error.contains("sha256"), "\(changed.error)")
            #expect(try await clinic.count("events") == 0)
            #expect(try await clinic.tool.run(["queue", "--tenant", clinic.name]).status == 0)

            // Of the fifth command there are events and no line; so there is nothing of it.
            let partial = try await clinic.tool.run([
                "import", "log", "--tenant", clinic.name, "--partial", cut,
            ])
            #expect(partial.status == 0, "\(partial.error)")
            #expect(
                partial.out.contains("no end line: taken is what it holds, up to position 4 of"),
                "\(partial.out)")
            #expect(try await clinic.exported() == WrittenLog.text(Array(log.lines.prefix(8))))
            try await clinic.verify()

            // The whole file goes on from there.
            #expect(try await clinic.importing(try clinic.file(log.text)).status == 0)
            #expect(try await clinic.exported() == log.text)
        }
    }

    @Test func `a pipe that ends too early leaves the import unfinished, and the file finishes it`()
        async throws
    {
        try await ImportingClinic.with { clinic in
            let log = WrittenLog(commands: 6_000, patients: 50)
            let cut = log.text.split(separator: "\n").dropLast().map { $0 + "\n" }.joined()
            let pipe = try clinic.pipe(of: cut)
            let answer = try await clinic.importing(pipe)
            #expect(answer.status == 70)
            #expect(answer.error.contains("its end line is missing"), "\(answer.error)")
            #expect(answer.error.contains("the import is unfinished"), "\(answer.error)")
            #expect(try await clinic.count("events") > 0)
            #expect(try await clinic.tool.run(["queue", "--tenant", clinic.name]).status == 69)

            let whole = try await clinic.importing(try clinic.file(log.text))
            #expect(whole.status == 0, "\(whole.error)")
            #expect(try await clinic.exported() == log.text)
            try await clinic.verify()
        }
    }

    @Test func `an event that nobody can read is imported as it is, and its patient is named`()
        async throws
    {
        try await ImportingClinic.with { clinic in
            var log = WrittenLog(commands: 40, patients: 4)
            let patient = WrittenLog.id(1_000_002)
            log.dream(of: patient)
            let answer = try await clinic.tool.run([
                "import", "log", "--tenant", clinic.name, try clinic.file(log.text),
            ])
            #expect(answer.status == 1, "\(answer.error)")
            let says =
                "\(patient.uuidString.lowercased()): the event at position \(log.events) cannot be "
                + "read: unknown event type weight-dreamt v1"
            #expect(answer.out.contains(says), "\(answer.out)")
            #expect(try await clinic.exported() == log.text)
            #expect(try await clinic.tool.run(["queue", "--tenant", clinic.name]).status == 0)
            let verified = try await clinic.tool.run(["verify", "--tenant", clinic.name])
            #expect(verified.status == 1)
            #expect(verified.out.contains("position \(log.events): unknown event type"))
            let again = try await clinic.importing(try clinic.file(log.text))
            #expect(again.status == 0, "\(again.out)\(again.error)")

            // Once it can be read, here since it says something else, a rebuild is all it takes.
            try await clinic.asAdmin { connection in
                try await connection.query("SET session_replication_role = replica")
                try await connection.query(
                    """
                    UPDATE event_log.events
                      SET event_type = 'weight-recorded',
                        payload = convert_to('{"weightKilograms":"70.5"}', 'UTF8')
                      WHERE event_type = 'weight-dreamt'
                    """)
            }
            try await clinic.tool.succeed("rebuild", "--tenant", clinic.name)
            try await clinic.verify()
        }
    }

    @Test func `under another id it is said what does not come along`() async throws {
        try await ImportingClinic.with { clinic in
            let log = WrittenLog(commands: 20, patients: 3)
            let other = TenantID(UUID())
            let keys = [try clinic.key(of: WrittenLog.id(1_000_001), tokens: [])]
            let withKeys = try await clinic.importing(
                try clinic.file(WrittenLog.text(log.lines, keys: keys, of: other)))
            #expect(withKeys.status == 70)
            #expect(withKeys.error.contains("export without --keys"), "\(withKeys.error)")
            #expect(try await clinic.count("events") == 0)

            let path = try clinic.file(WrittenLog.text(log.lines, of: other))
            let answer = try await clinic.tool.run([
                "import", "log", "--tenant", clinic.name, path,
            ])
            #expect(answer.status == 0, "\(answer.error)")
            #expect(answer.out.contains("It was the log of tenant \(other)"), "\(answer.out)")
            #expect(answer.out.contains("stay sealed"), "\(answer.out)")
            let again = try await clinic.importing(path)
            #expect(again.out.contains(#""sameTenant":false"#), "\(again.out)")
            #expect(try await clinic.exported() == log.text)
        }
    }

    @Test func `keys that do not open are refused before anything is written`() async throws {
        try await ImportingClinic.with { clinic in
            let log = WrittenLog(commands: 20, patients: 3)
            let (patient, other) = (WrittenLog.id(1_000_001), WrittenLog.id(1_000_002))
            let good = try clinic.key(of: patient, tokens: [])
            for (key, says) in [
                (good.key.map { SubjectKey(wrapped: $0.wrapped, wrappingKeyID: "lost") }, "'lost'"),
                (try clinic.key(of: other, tokens: []).key, "not authentic"),
            ] {
                let bad = SubjectRecord(
                    subject: good.subject, createdAt: good.createdAt, erasedAt: nil, lostAt: nil,
                    key: key, tokens: [])
                let answer = try await clinic.importing(
                    try clinic.file(WrittenLog.text(log.lines, keys: [bad])))
                #expect(answer.status == 78)
                #expect(answer.error.contains(says), "\(answer.error)")
                #expect(answer.error.contains("nothing was written"), "\(answer.error)")
            }
            #expect(try await clinic.count("events") == 0)
            #expect(try await clinic.count("subject_keys") == 0)
            #expect(try await clinic.tool.run(["queue", "--tenant", clinic.name]).status == 0)
        }
    }

    @Test func `whoever may not read the keys gets no export`() async throws {
        try await ImportingClinic.with { clinic in
            let log = WrittenLog(commands: 20, patients: 3)
            #expect(try await clinic.importing(try clinic.file(log.text)).status == 0)
            let service = try await clinic.service()
            let plain = try await service.run(["export", "--tenant", clinic.name])
            #expect(plain.out == log.text, "\(plain.error)")
            let answer = try await service.run(["export", "--tenant", clinic.name, "--keys"])
            #expect(answer.status == 77, "\(answer.error)")
            #expect(answer.out.isEmpty)
        }
    }
}
