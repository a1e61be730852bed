import EventStore
import Foundation
import Postgres
import PostgresEventStore
import Testing

@testable import ferrovia

/// What `ferrovia rebuild` and `ferrovia status` say, as processes, on a database.
@Suite struct RebuildAndStatusTests {
    @Test func `a rebuild that is not finished is shown, and dropped only when that is said`()
        async throws
    {
        try await ImportingClinic.with { clinic in
            let log = WrittenLog(commands: 30, patients: 3)
            #expect(try await clinic.importing(try clinic.file(log.text)).status == 0)
            try await clinic.asAdmin { connection in
                try await connection.query(
                    "SELECT set_config('ferrovia.tenant_id', \(clinic.tenant.description), false)")
                try await connection.query(
                    """
                    SELECT infusion.begin_rebuild(
                      \(clinic.tenant.uuid), ARRAY['recheck_queue'], gen_random_uuid(), 'folds', false)
                    """)
            }
            let shown =
                "a rebuild of recheck_queue is not finished: 0 of \(log.events) events, 0 patients"
            let status = try await clinic.tool.run(["status"])
            #expect(
                status.out.contains("NOT FINISHED (rebuild): old-clinic: \(shown)"), "\(status.out)"
            )
            #expect(status.out.contains("ferrovia rebuild --tenant old-clinic recheck_queue"))
            let json = try await clinic.tool.run(["status", "--json"])
            #expect(
                json.out.contains(#""unfinishedRebuild":{"projections":["recheck_queue"],"#),
                "\(json.out)")

            let refused = try await clinic.tool.run(["rebuild", "--tenant", clinic.name])
            #expect(refused.status == 1)
            #expect(refused.error.contains(shown), "\(refused.error)")
            #expect(refused.error.contains("--from-scratch"), "\(refused.error)")
            try await clinic.tool.succeed("rebuild", "--tenant", clinic.name, "--from-scratch")
            #expect(!(try await clinic.tool.run(["status"]).out.contains("NOT FINISHED")))
        }
    }

    @Test func `a lease that has run out is shown with its owner, one that was given back is not`()
        async throws
    {
        try await ImportingClinic.with(checking: false) { clinic in
            let log = WrittenLog(commands: 30, patients: 3)
            #expect(try await clinic.importing(try clinic.file(log.text)).status == 0)
            // The rebuild of the import has left them to whoever comes.
            let free = try await clinic.tool.run(["status"]).out
            #expect(free.contains("old-clinic"), "\(free)")
            #expect(!free.contains("LAPSED"), "\(free)")
            try await clinic.asAdmin { connection in
                _ = try await connection.query(
                    """
                    UPDATE event_log.checkpoints
                    SET owner_name = CASE WHEN partition = 3 THEN 'west/7' ELSE 'east/42' END,
                      leased_until = CASE WHEN partition = 0 THEN 'infinity'
                        ELSE timestamptz '2026-03-04 05:06:07Z' END
                    WHERE tenant_id = \(clinic.tenant.uuid) AND partition < 4
                    """)
            }
            let status = try await clinic.tool.run(["status"]).out
            let stand = "they stand at position \(log.events)"
            for text in [
                "LAPSED (lease): old-clinic: east/42 had 2 partitions of dose_report until "
                    + "2026-03-04T05:06:07Z and",
                "LAPSED (lease): old-clinic: west/7 had 1 partition of dose_report until "
                    + "2026-03-04T05:06:07Z and", stand, "what west/7 still wrote would be refused",
            ] {
                #expect(status.contains(text), "\(status)")
            }
            let json = try await clinic.tool.run(["status", "--json"]).out
            let member =
                #""lapsedLeases":[{"projection":"dose_report","owner":"east/42","partitions":[1,2],"#
                + #""since":"2026-03-04T05:06:07Z","position":\#(log.events)},"#
            #expect(json.contains(member), "\(json)")
        }
    }

    @Test func `rows that differ are counted, and what was done is said with its positions`()
        async throws
    {
        try await ImportingClinic.with { clinic in
            let log = WrittenLog(commands: 60, patients: 30)
            #expect(try await clinic.importing(try clinic.file(log.text)).status == 0)
            try await clinic.asAdmin { connection in
                _ = try await connection.query(
                    "UPDATE infusion.patient_state SET site = 'elsewhere'")
            }
            let check = try await clinic.tool.run(["rebuild", "--tenant", clinic.name, "--check"])
            #expect(check.status == 1)
            #expect(check.out.contains("patient_state: 30 rows differ"), "\(check.out)")
            #expect(check.out.contains("  and 10 more"), "\(check.out)")
            #expect(check.out.contains("compared with \(log.events) events of 30 patients"))
            let some = try await clinic.tool.succeed(
                "rebuild", "--tenant", clinic.name, "--from", "3")
            #expect(some.contains("patients with events after position 3, each made"), "\(some)")
            let all = try await clinic.tool.succeed("rebuild", "--tenant", clinic.name)
            #expect(all.contains("made again from \(log.events) events of 30 patients"), "\(all)")
        }
    }

    /// The patient's state row is older than the stream, and the checks would say so.
    @Test func `an event that nobody reads is named, parked and after a skip`() async throws {
        try await ImportingClinic.with(checking: false) { clinic in
            let log = WrittenLog(commands: 30, patients: 3)
            #expect(try await clinic.importing(try clinic.file(log.text)).status == 0)
            let patient = WrittenLog.id(1_000_001)
            let position = try await Self.poison(patient, clinic)
            let id = patient.uuidString.lowercased()

            let rebuilt = try await clinic.tool.run(
                ["rebuild", "--tenant", clinic.name, "--patient", id, "recheck_queue"])
            #expect(rebuilt.status == 1)
            #expect(
                rebuilt.out.contains("\(id): the event at position \(position) cannot be read"),
                "\(rebuilt.out)")
            #expect(!rebuilt.out.contains("equal"), "\(rebuilt.out)")

            // As the service parks the patient, and lets go of them once it has met the decision.
            try await clinic.asAdmin { connection in
                _ = try await connection.query(
                    """
                    INSERT INTO infusion.parked_streams
                      (tenant_id, stream_id, position, projection, class, message)
                    VALUES (\(clinic.tenant.uuid), \(patient), \(position.value), 'dose_report',
                      'unknown-type', 'unknown event type dose-dreamt v7')
                    """)
            }
            #expect(!(try await clinic.tool.run(["status"]).out.contains("closed-records")))
            try await clinic.tool.succeed(
                "parked", "skip", "--tenant", clinic.name, "--patient", id, "--actor", "anna",
                "--reason", "damaged")
            try await clinic.asAdmin { connection in
                _ = try await connection.query("DELETE FROM infusion.parked_streams")
            }
            let status = try await clinic.tool.run(["status"])
            #expect(status.status == 1)
            #expect(
                status.out.contains(
                    "BLOCKED (closed-records): old-clinic: 1 patient's record stays"),
                "\(status.out)")
            #expect(status.out.contains("\(id) at position \(position)"), "\(status.out)")
            let json = try await clinic.tool.run(["status", "--json"]).out
            let member = #""closedRecords":[{"patient":"\#(id)","position":\#(position),"#
            #expect(json.contains(member), "\(json)")

            // The decision is an event of the administration, and in no patient's history.
            let check = try await clinic.tool.run(["rebuild", "--tenant", clinic.name, "--check"])
            let compared =
                "compared with \(position) events of 3 patients, up to position "
                + "\(position.advanced(by: 1)) (events of sites and of the administration are not counted)"
            #expect(check.out.contains(compared), "\(check.out)")
        }
    }

    /// One whom this program cannot read, and one who was parked by a program that could not.
    @Test func `who is parked is listed, and read again: who can be read is no longer parked`()
        async throws
    {
        try await ImportingClinic.with(checking: false) { clinic in
            let log = WrittenLog(commands: 30, patients: 3)
            #expect(try await clinic.importing(try clinic.file(log.text)).status == 0)
            let none = try await clinic.tool.succeed("parked", "list", "--tenant", clinic.name)
            #expect(none == "Nobody is parked.\n")
            let unreadable = WrittenLog.id(1_000_001)
            let readable = WrittenLog.id(1_000_002)
            let position = try await Self.poison(unreadable, clinic)
            // The report comes up to there: what it has not met it would not be asked for again.
            let report = try await clinic.tool.run(
                ["rebuild", "--tenant", clinic.name, "dose_report"])
            #expect(report.status == 1, "\(report.out)\(report.error)")
            try await clinic.asAdmin { connection in
                _ = try await connection.query(
                    """
                    INSERT INTO infusion.parked_streams
                      (tenant_id, stream_id, position, projection, class, message)
                    VALUES (\(clinic.tenant.uuid), \(unreadable), \(position.value), 'dose_report',
                        'unknown-type', 'unknown event type dose-dreamt v7'),
                      (\(clinic.tenant.uuid), \(readable), 1, 'dose_report', 'undecodable',
                        'of an older program')
                    """)
            }
            let (first, second) = (
                unreadable.uuidString.lowercased(), readable.uuidString.lowercased()
            )
            let list = try await clinic.tool.succeed("parked", "list", "--tenant", clinic.name)
            let rows = list.split(separator: "\n")
            #expect(rows.first { $0.hasPrefix(first) }?.contains("unknown-type") == true, "\(list)")
            #expect(rows.first { $0.hasPrefix(second) }?.contains("undecodable") == true, "\(list)")
            let json = try await clinic.tool.succeed(
                "parked", "list", "--tenant", clinic.name, "--patient", first, "--json")
            let line =
                #"{"patient":"\#(first)","projection":"dose_report","class":"unknown-type","#
                + #""position":\#(position),"since":"#
            #expect(json.hasPrefix(line), "\(json)")
            #expect(json.split(separator: "\n").count == 1, "\(json)")

            let retry = try await clinic.tool.run(["parked", "retry", "--tenant", clinic.name])
            #expect(retry.status == 1, "\(retry.error)")
            #expect(
                retry.out.contains(
                    "\(first): still parked at position \(position): unknown event type dose-dreamt v7"
                ), "\(retry.out)")
            #expect(retry.out.contains("\(second): no longer parked"), "\(retry.out)")
            let left = try await clinic.tool.succeed("parked", "list", "--tenant", clinic.name)
            #expect(left.contains(first) && !left.contains(second), "\(left)")
            let again = try await clinic.tool.run(
                ["parked", "retry", "--tenant", clinic.name, "--patient", first, "--json"])
            #expect(again.status == 1)
            #expect(
                again.out.contains(
                    #""parked":{"class":"unknown-type","position":\#(position),"#), "\(again.out)")
            let gone = try await clinic.tool.run(
                ["parked", "retry", "--tenant", clinic.name, "--patient", second])
            #expect(gone.status == 2)
            #expect(gone.error.contains("\(second) is not parked"), "\(gone.error)")
        }
    }

    @Test func `a login role that does not exist is named`() async throws {
        try await ImportingClinic.with { clinic in
            let answer = try await clinic.tool.run(["migrate", "--login-role", "nosuch"])
            #expect(answer.status == 64)
            #expect(answer.error.contains(#"CREATE ROLE "nosuch" LOGIN"#), "\(answer.error)")
        }
    }

    @Test func `a server that does not answer is named, its password is not`() async throws {
        let tool = CommandLineTool(environment: [
            "FERROVIA_DATABASE_URL": "postgres://user:secret@127.0.0.1:1/db"
        ])
        for arguments in [["status"], ["tenant", "list"]] {
            let answer = try await tool.run(arguments)
            #expect(answer.status == 69)
            #expect(answer.error.contains("host 127.0.0.1 port 1"), "\(answer.error)")
            #expect(!answer.error.contains("secret"))
        }
    }

    private static func poison(_ patient: UUID, _ clinic: ImportingClinic) async throws -> Position
    {
        let version = try await clinic.asAdmin { connection in
            try await connection.query(
                "SELECT max(version) FROM event_log.events WHERE stream_id = \(patient)")[0]
                .decode(Int64.self, at: 0)
        }
        let append = Append<NoChanges>(
            commandID: CommandID(UUID()), fingerprint: [1],
            stream: StreamID(category: "patient", uuid: patient),
            expected: StreamVersion(version),
            events: [
                EventData(
                    type: "dose-dreamt", payloadVersion: 7, payload: Array("{}".utf8),
                    effectiveAt: WrittenLog.start)
            ],
            metadata: EventMetadata(
                actor: "nurse", correlationID: UUID(), causation: nil, ruleSet: "none"),
            answer: [], changes: NoChanges())
        _ = try await clinic.store.append([append], tenant: clinic.tenant)
        return try await clinic.store.head(tenant: clinic.tenant)
    }
}
