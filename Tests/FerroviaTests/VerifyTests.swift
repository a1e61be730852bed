import Foundation
import Postgres
import Testing

@testable import ferrovia

/// `ferrovia verify` on logs that somebody has damaged; each is mended before the test ends.
@Suite struct VerifyTests {
    /// Takes rows away, has a look, puts them back.
    private func damaged(
        _ clinic: ImportingClinic, _ table: String, _ condition: String,
        _ look: (CommandLineTool.Answer) throws -> Void
    ) async throws {
        try await clinic.asAdmin { connection in
            try await connection.query("SET session_replication_role = replica")
            try await connection.query(
                """
                CREATE TABLE public.taken AS SELECT * FROM event_log.\(identifier: table)
                  WHERE \(unsafeSQL: condition)
                """)
            try await connection.query(
                "DELETE FROM event_log.\(identifier: table) WHERE \(unsafeSQL: condition)")
        }
        try look(try await clinic.tool.run(["verify", "--tenant", clinic.name]))
        try await clinic.asAdmin { connection in
            try await connection.query("SET session_replication_role = replica")
            try await connection.query(
                "INSERT INTO event_log.\(identifier: table) SELECT * FROM public.taken")
            try await connection.query("DROP TABLE public.taken")
        }
        try await clinic.verify()
    }

    @Test func `what is missing is named, and nothing that is damaged is called clean`()
        async throws
    {
        try await ImportingClinic.with { clinic in
            let log = WrittenLog(commands: 40, patients: 4)
            #expect(try await clinic.importing(try clinic.file(log.text)).status == 0)
            try await clinic.verify()
            try await damaged(clinic, "events", "position = 7") { answer in
                #expect(answer.status == 1)
                #expect(answer.out.contains("NOT CLEAN"), "\(answer.out)")
                #expect(answer.out.contains("there is no event at 7"), "\(answer.out)")
                #expect(answer.out.contains("\(log.events - 1) events in "), "\(answer.out)")
                #expect(answer.out.contains("the projections were not compared"))
            }
            try await damaged(clinic, "events", "position IN (3, 7, 8)") { answer in
                #expect(answer.out.contains("there is no event at 3"), "\(answer.out)")
                #expect(answer.out.contains("there are no events at 7 to 8"), "\(answer.out)")
                #expect(answer.out.contains("\(log.events - 3) events in "), "\(answer.out)")
            }
            try await damaged(clinic, "commands", "first_position = 5") { answer in
                #expect(answer.status == 1)
                #expect(answer.out.contains("position 5: no accepted command"), "\(answer.out)")
            }
            // The last command's events are gone, and so is nothing that comes before them.
            let last = "position >= (SELECT max(first_position) FROM event_log.commands)"
            try await damaged(clinic, "events", last) { answer in
                #expect(answer.status == 1)
                #expect(answer.out.contains("behind the head"), "\(answer.out)")
            }
        }
    }
}
