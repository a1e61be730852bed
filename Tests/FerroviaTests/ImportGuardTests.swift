import EventStore
import Foundation
import Postgres
import PostgresEventStore
import TestPostgres
import Testing

@testable import ferrovia

/// What the database refuses by itself, whoever sends it.
@Suite struct ImportGuardTests {
    /// What is wrong with a batch that no file that was checked gives.
    enum Flaw: CaseIterable, Sendable {
        case versionLeftOut, timeRunsBack, future, epochRunsBack, causedByTheFuture, categoryChanges
        case noCommand, twoCommandsForOne, countTooLow, otherStream, otherVersion, noWord
    }

    @Test(arguments: Flaw.allCases)
    func `a batch that does not follow is taken back as a whole`(_ flaw: Flaw) async throws {
        try await ImportingClinic.with { clinic in
            let own = try await LogImport.open(clinic.admin, tenant: clinic.tenant)
            try #require(try await own.begin(at: .start))
            let log = WrittenLog(commands: 20, patients: 3)
            try await own.write(Self.batch(log.lines))
            let events = try await clinic.count("events")
            let commands = try await clinic.count("commands")

            let flawed = Self.next(after: log, with: flaw)
            await #expect(throws: PostgresError.self) { try await own.write(flawed) }
            #expect(try await clinic.count("events") == events)
            #expect(try await clinic.count("commands") == commands)

            try await own.write(Self.next(after: log, with: nil))
            try await own.finish()
            await own.close()
            #expect(try await clinic.count("events") == events + 2)
            try await clinic.tool.succeed("rebuild", "--tenant", clinic.name)
        }
    }

    @Test func `the service imports nothing and reads no keys in bulk`() async throws {
        try await ImportingClinic.with { clinic in
            for call in [
                "event_log.begin_import('\(clinic.tenant)', gen_random_uuid(), 0)",
                "event_log.finish_import('\(clinic.tenant)', gen_random_uuid())",
                "event_log.subjects_of_log('\(clinic.tenant)', gen_random_uuid(), 1)",
            ] {
                for role in ["ferrovia_appender", "ferrovia_projector", "ferrovia_reader"] {
                    let error = await #expect(throws: PostgresError.self) {
                        try await clinic.asAdmin { connection in
                            try await connection.query(Query(unsafeSQL: "SET ROLE \(role)"))
                            try await connection.query(Query(unsafeSQL: "SELECT \(call)"))
                        }
                    }
                    #expect(error?.sqlState == .insufficientPrivilege)
                }
            }
        }
    }

    private static func batch(_ lines: [LogLine]) -> ImportBatch {
        var batch = ImportBatch()
        for line in lines {
            switch line {
            case .event(let event): batch.append(event)
            case .command(let command): batch.append(command)
            }
        }
        return batch
    }

    /// Two more events of one command, for the stream of the last command.
    private static func next(after log: WrittenLog, with flaw: Flaw?) -> ImportBatch {
        guard case .event(let last)? = log.lines.last(where: \.isEvent) else {
            return ImportBatch()
        }
        let (id, other) = (CommandID(UUID()), CommandID(UUID()))
        let back =
            flaw == .timeRunsBack ? -1 : flaw == .future ? 10_000_000_000_000_000 : 1 as Int64
        let recorded = Timestamp(
            microsecondsSinceUnixEpoch: last.recordedAt.microsecondsSinceUnixEpoch + back)
        let stream = StreamID(
            category: flaw == .categoryChanges ? "other" : flaw == .noWord ? "no word" : "patient",
            uuid: last.stream.uuid)
        var batch = ImportBatch()
        for number in 1...2 as ClosedRange<Int64> {
            let gap: Int64 = flaw == .versionLeftOut && number == 2 ? 1 : 0
            batch.append(
                RecordedEvent(
                    tenant: last.tenant, position: last.position.advanced(by: Int(number)),
                    stream: stream, version: StreamVersion(last.version.value + number + gap),
                    commandID: flaw == .twoCommandsForOne && number == 2 ? other : id,
                    data: last.data,
                    metadata: EventMetadata(
                        actor: "nurse", correlationID: id.uuid,
                        causation: flaw == .causedByTheFuture
                            ? Position(last.position.value + 9) : nil,
                        ruleSet: "none"),
                    recordedAt: recorded, logEpoch: flaw == .epochRunsBack ? 0 : 1))
        }
        guard flaw != .noCommand else { return batch }
        let first = last.position.advanced(by: flaw == .countTooLow ? 2 : 1)
        batch.append(
            AcceptedCommand(
                commandID: id, fingerprint: [1],
                stream: flaw == .otherStream ? StreamID(category: "patient", uuid: UUID()) : stream,
                positions: first...last.position.advanced(by: 2),
                version: StreamVersion(last.version.value + (flaw == .otherVersion ? 1 : 2)),
                head: last.position.advanced(by: 2), answer: [2], recordedAt: recorded))
        return batch
    }
}
