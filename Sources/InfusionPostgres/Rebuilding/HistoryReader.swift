import EventStore
import Foundation
import Infusion
import Postgres

/// Reads whole patients in the order of their ids, so that one page of them is all that is in
/// memory.
struct HistoryReader: Sendable {
    let tenant: TenantID
    /// Events of a page; a patient with more than these comes alone.
    var pageEvents: Int

    /// The next patients after `cursor`, complete as of a position, if one is given; `end` is the last of
    /// them, or `nil` on the last page.
    func page(
        after cursor: UUID, upTo last: Position? = nil, _ connection: isolated PostgresConnection
    ) async throws -> (histories: [PatientHistory], end: UUID?) {
        var histories: [PatientHistory] = []
        var position = (stream: cursor, version: Int64.max)
        while true {
            let rows = try await connection.query(
                Statements.historyPage(
                    tenant.uuid, position.stream, position.version, Int64(pageEvents),
                    last?.value ?? .max))
            try append(try events(rows), to: &histories)
            guard rows.count == pageEvents, let last = histories.last?.events.last else {
                return (histories, nil)
            }
            if histories.count > 1 {
                // The last one may go on behind the page; it begins the next.
                histories.removeLast()
                return (histories, histories[histories.count - 1].patient.uuid)
            }
            position = (last.patient.uuid, last.version.value)
        }
    }

    /// Complete histories of these patients up to a position.
    ///
    /// They are read ``RebuildLimits/eventsPerAnswer`` at a time. Appends may wait for whoever asks: an answer
    /// that is too large for the buffers between the server and a process that was stopped would keep the
    /// server from ending its transaction, since no time-out ends one that is sending.
    func histories(
        of patients: [ChangedPatient], upTo position: Position,
        _ connection: isolated PostgresConnection
    ) async throws -> [PatientHistory] {
        let most = RebuildLimits.eventsPerAnswer
        var histories: [PatientHistory] = []
        for some in patients.runs(ofEvents: most) {
            var version = EventVersion.none
            while true {
                let rows = try await connection.query(
                    Statements.historiesOf(
                        tenant.uuid, some.ids, position.value, version.value,
                        some.count == 1 ? Int64(most) : nil))
                try append(try events(rows), to: &histories)
                guard some.count == 1, rows.count == most,
                    let last = histories.last?.events.last?.version
                else { break }
                version = last
            }
        }
        return histories
    }

    /// The same where nobody waits, of patients whose histories may be as long as they are.
    func histories(
        of patients: [UUID], upTo position: Position, _ connection: isolated PostgresConnection
    ) async throws -> [PatientHistory] {
        let rows = try await connection.query(
            Statements.historiesOf(
                tenant.uuid, patients, position.value, EventVersion.none.value, nil as Int64?))
        var histories: [PatientHistory] = []
        try append(try events(rows), to: &histories)
        return histories
    }

    /// Patients with events after one position and up to another, in ascending order.
    func changed(
        after first: Position, upTo last: Position, _ connection: isolated PostgresConnection
    ) async throws -> [ChangedPatient] {
        try await connection.query(
            Statements.changedPatients(tenant.uuid, first.value, last.value)
        ).map {
            ChangedPatient(
                id: try $0.decode(UUID.self, at: 0), events: Int(try $0.decode(Int64.self, at: 1)))
        }
    }

    /// What is folded over a hole would be wrong, and would replace what is right.
    /// - Throws: `.positionMissing`.
    func requireWhole(
        upTo head: Position, _ connection: isolated PostgresConnection
    ) async throws {
        let count: Int64 = try await connection.query(
            Statements.logCount(tenant.uuid, head.value))[0].decode(at: 0)
        guard count == head.value else {
            throw EventLogError(
                .positionMissing,
                "the log has \(count) events up to position \(head): \(head.value - count) are "
                    + "missing, and nothing is folded; ferrovia verify names them")
        }
    }

    func head(_ connection: isolated PostgresConnection) async throws -> Position {
        Position(try await connection.query(Statements.logHead(tenant.uuid))[0].decode(at: 0))
    }

    private func append(
        _ events: [StoredEvent], to histories: inout [PatientHistory]
    ) throws(EventLogError) {
        for event in events {
            if histories.last?.patient != event.patient {
                histories.append(PatientHistory(patient: event.patient))
            }
            let known = histories[histories.count - 1].events.last?.version ?? .none
            guard event.version == known.next else {
                throw EventLogError(
                    .positionMissing,
                    "position \(event.position) is version \(event.version) of its stream, where "
                        + "\(known.next) belongs: nothing is folded")
            }
            histories[histories.count - 1].events.append(event)
        }
    }

    private func events(_ rows: Rows) throws(PostgresError) -> [StoredEvent] {
        var events: [StoredEvent] = []
        events.reserveCapacity(rows.count)
        for row in rows {
            let effectiveAt = try row.decode(PostgresTimestamp.self, at: 4)
            let recordedAt = try row.decode(PostgresTimestamp.self, at: 7)
            events.append(
                StoredEvent(
                    patient: PatientID(try row.decode(UUID.self, at: 0)),
                    version: EventVersion(try row.decode(Int64.self, at: 1)),
                    position: Position(try row.decode(Int64.self, at: 2)),
                    recordedAt: Timestamp(
                        microsecondsSinceUnixEpoch: recordedAt.microsecondsSinceUnixEpoch),
                    data: EventData(
                        type: try row.decode(String.self, at: 5),
                        payloadVersion: try row.decode(Int16.self, at: 3),
                        payload: try row.decode([UInt8].self, at: 6),
                        effectiveAt: Timestamp(
                            microsecondsSinceUnixEpoch: effectiveAt.microsecondsSinceUnixEpoch))))
        }
        return events
    }
}
